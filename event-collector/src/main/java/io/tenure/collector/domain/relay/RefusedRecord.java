package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that was accepted and then refused for good by profile-service. The log no longer has
 * the bytes it came in; what is kept is the record as the log had it, in the shape of our own API.
 */
final class RefusedRecord {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RefusedRecord() {}

  static LogRecord.Quarantined of(LogRecord.Accepted record, String reason) {
    return new LogRecord.Quarantined(
        record.project(),
        record.receiveTime(),
        Dialect.NATIVE,
        QuarantineReason.DELIVERY_REFUSED,
        "profile-service refuses it: " + reason,
        json(record).toString().getBytes(StandardCharsets.UTF_8),
        new QuarantineContext(
            "",
            "",
            false,
            Set.of(),
            "{}",
            record instanceof LogRecord.Event event ? event.name() : "",
            record.source().library()));
  }

  private static ObjectNode json(LogRecord.Accepted record) {
    LogRecord.Source source = record.source();
    ObjectNode json = JSON.createObjectNode();
    json.put("event_id", source.eventId().value());
    json.put("login_id", source.identity().loginId());
    json.put("anonymous_id", source.identity().anonymousId());
    json.put("bind", source.identity().bind());
    json.put("event_time", source.eventTime().toString());
    switch (record) {
      case LogRecord.Event event -> {
        json.put("name", event.name());
        ObjectNode properties = json.putObject("properties");
        event.properties().forEach(properties::put);
      }
      case LogRecord.ProfileChange change -> write(change.changes(), json);
      case LogRecord.Item item -> {
        json.put("item_type", item.type()).put("item_id", item.itemId());
        ObjectNode properties = json.putObject("properties");
        item.properties().forEach(properties::put);
      }
    }
    return json;
  }

  private static void write(List<TraitChange> changes, ObjectNode json) {
    ArrayNode list = json.putArray("changes");
    for (TraitChange change : changes) {
      ObjectNode one = list.addObject();
      one.put("operation", change.operation().name()).put("name", change.name());
      if (!change.jsonValue().isEmpty()) {
        one.set("value", JSON.readTree(change.jsonValue()));
      }
    }
  }
}
