package io.tenure.alert.domain.delivery;

import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Receiver;
import java.util.List;

/** Brings alerts to a receiver. */
@FunctionalInterface
public interface Webhook {

  /** Sends a parcel once; never throws for what the receiver or the network does. */
  Answer send(Receiver receiver, Parcel parcel, List<Alert> alerts);

  /** What came of sending. */
  sealed interface Answer {

    /** In words, without anything the receiver wrote. */
    String text();
  }

  /** The receiver took it. */
  record Accepted(int status) implements Answer {
    @Override
    public String text() {
      return "HTTP " + status;
    }
  }

  /** The receiver answered something else than 2xx. */
  record Refused(int status) implements Answer {
    @Override
    public String text() {
      return "HTTP " + status;
    }
  }

  /** There was no answer, or the address may not be used. */
  record Unreachable(String text) implements Answer {}
}
