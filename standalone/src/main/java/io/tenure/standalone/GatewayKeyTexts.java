package io.tenure.standalone;

import io.tenure.gateway.domain.AccessKey;
import io.tenure.gateway.domain.KeyText;
import io.tenure.standalone.runtime.Secrets;

/** Keys in the form the gateway gives them. */
final class GatewayKeyTexts implements Secrets.KeyTexts {

  @Override
  public String writeKey() {
    return KeyText.generate(AccessKey.Kind.WRITE);
  }

  @Override
  public String secretKey() {
    return KeyText.generate(AccessKey.Kind.SECRET);
  }
}
