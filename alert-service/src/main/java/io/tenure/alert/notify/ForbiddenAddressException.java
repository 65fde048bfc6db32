package io.tenure.alert.notify;

import java.net.UnknownHostException;

/** A host that exists but may not be reached. */
final class ForbiddenAddressException extends UnknownHostException {

  ForbiddenAddressException(String host) {
    super(host);
  }
}
