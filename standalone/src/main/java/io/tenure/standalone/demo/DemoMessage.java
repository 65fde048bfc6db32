package io.tenure.standalone.demo;

import java.time.Instant;
import java.util.Map;

/**
 * What a customer's phone sends. Each phone speaks one protocol and sends its messages in order.
 */
public sealed interface DemoMessage {

  /** Who sends it. */
  Phone phone();

  /** The client's id of the message, unique in the demonstration; a repeated message keeps it. */
  String id();

  /** When it happened by the phone's clock. */
  Instant time();

  /**
   * A phone.
   *
   * @param customer number of its owner, from 0
   * @param deviceId its own id
   * @param loginId the owner's login, known to the phone only after the registration
   * @param protocol what its app speaks
   */
  record Phone(int customer, String deviceId, String loginId, Protocol protocol) {}

  /** The SDK protocols the apps speak. */
  enum Protocol {
    /** Batches of JSON. */
    SEGMENT,
    /** Forms with compressed lists. */
    SENSORS
  }

  /**
   * Something the customer did.
   *
   * @param registered whether the phone already knows the login
   * @param name event name
   * @param properties texts, numbers and booleans
   */
  record Event(
      Phone phone,
      String id,
      Instant time,
      boolean registered,
      String name,
      Map<String, Object> properties)
      implements DemoMessage {

    /** Copies the map. */
    public Event {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * The device and the login become one user. Only the Sensors protocol has a message for it; in
   * the other one the first {@link Identify} does it.
   */
  record SignUp(Phone phone, String id, Instant time) implements DemoMessage {

    /** The name under which it is stored as an event. */
    public static final String EVENT = "$SignUp";
  }

  /**
   * What the app knows about the customer.
   *
   * @param first whether it is the first, at the registration
   * @param traits texts and numbers
   */
  record Identify(Phone phone, String id, Instant time, boolean first, Map<String, Object> traits)
      implements DemoMessage {

    /** Copies the map. */
    public Identify {
      traits = Map.copyOf(traits);
    }
  }

  /** A record no collector should accept. */
  record Malformed(Phone phone, String id, Instant time, Fault fault) implements DemoMessage {}

  /** What is wrong with a malformed record. */
  enum Fault {
    /** An event without a name. */
    NAME_MISSING,
    /** A time nobody can read. */
    TIME_UNREADABLE,
    /** Neither a login nor a device. */
    IDENTITY_MISSING
  }
}
