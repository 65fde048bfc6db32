package io.tenure.standalone.demo;

import io.tenure.standalone.demo.DemoMessage.Event;
import io.tenure.standalone.demo.DemoMessage.Fault;
import io.tenure.standalone.demo.DemoMessage.Identify;
import io.tenure.standalone.demo.DemoMessage.Malformed;
import io.tenure.standalone.demo.DemoMessage.Phone;
import io.tenure.standalone.demo.DemoMessage.SignUp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages as the two SDKs put them on the wire. */
final class Wire {

  private static final Map<String, Object> SEGMENT_CONTEXT =
      Map.of("library", Map.of("name", "demo-segment", "version", "1.0"));
  private static final Map<String, Object> SENSORS_LIBRARY =
      Map.of("$lib", "demo-sensors", "$lib_version", "1.0", "$lib_method", "code");

  private Wire() {}

  static Map<String, Object> segment(DemoMessage message) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("messageId", message.id());
    record.put("timestamp", message.time().toString());
    record.put("anonymousId", message.phone().deviceId());
    record.put("context", SEGMENT_CONTEXT);
    switch (message) {
      case Event event -> {
        record.put("type", "track");
        record.put("event", event.name());
        record.put("properties", event.properties());
        if (event.registered()) {
          record.put("userId", event.phone().loginId());
        }
      }
      case Identify identify -> {
        record.put("type", "identify");
        record.put("userId", identify.phone().loginId());
        record.put("traits", identify.traits());
      }
      case SignUp signUp -> throw new IllegalArgumentException("Segment has no such message");
      case Malformed malformed -> {
        record.put("type", "track");
        record.put("event", "Login");
        switch (malformed.fault()) {
          case NAME_MISSING -> record.remove("event");
          case TIME_UNREADABLE -> record.put("timestamp", "yesterday");
          case IDENTITY_MISSING -> record.remove("anonymousId");
        }
      }
    }
    return record;
  }

  static Map<String, Object> sensors(DemoMessage message) {
    return switch (message) {
      case Event event -> {
        Map<String, Object> record =
            sensors("track", event.phone(), event.id(), event.time(), event.registered());
        record.put("event", event.name());
        record.put("properties", event.properties());
        yield record;
      }
      case SignUp signUp -> {
        Map<String, Object> record =
            sensors("track_signup", signUp.phone(), signUp.id(), signUp.time(), true);
        record.put("event", SignUp.EVENT);
        record.put("original_id", signUp.phone().deviceId());
        record.put("properties", Map.of());
        yield record;
      }
      case Identify identify -> {
        Map<String, Object> record =
            sensors("profile_set", identify.phone(), identify.id(), identify.time(), true);
        record.put("properties", identify.traits());
        yield record;
      }
      case Malformed malformed -> {
        Map<String, Object> record =
            sensors("track", malformed.phone(), malformed.id(), malformed.time(), false);
        record.put("event", malformed.fault() == Fault.NAME_MISSING ? "" : "Login");
        if (malformed.fault() == Fault.TIME_UNREADABLE) {
          record.put("time", "yesterday");
        }
        record.put("properties", Map.of());
        yield record;
      }
    };
  }

  private static Map<String, Object> sensors(
      String type, Phone phone, String id, Instant time, boolean registered) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("type", type);
    record.put("distinct_id", registered ? phone.loginId() : phone.deviceId());
    record.put("anonymous_id", phone.deviceId());
    if (registered) {
      record.put("login_id", phone.loginId());
    }
    record.put("time", time.toEpochMilli());
    record.put("_track_id", id.hashCode());
    record.put("lib", SENSORS_LIBRARY);
    return record;
  }
}
