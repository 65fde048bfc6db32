package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.relay.DeliveryRefused.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that was accepted and then refused for good. The log no longer has the bytes it came in;
 * what is kept is the record as the log had it, in the shape of our own API.
 */
final class RefusedRecord {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Numbers must come out as they went in. */
  private static final ObjectReader EXACT =
      JSON.reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private RefusedRecord() {}

  static LogRecord.Quarantined of(LogRecord.Accepted record, Refusal refusal) {
    return new LogRecord.Quarantined(
        record.project(),
        record.receiveTime(),
        Dialect.NATIVE,
        refusal.reason(),
        refusal.detail(),
        json(record, refusal.json()).toString().getBytes(StandardCharsets.UTF_8),
        new QuarantineContext(
            "",
            "",
            false,
            Set.of(),
            "{}",
            record instanceof LogRecord.Event event ? event.name() : "",
            record.source().library()));
  }

  private static ObjectNode json(LogRecord.Accepted record, Set<String> typed) {
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
        write(event.properties(), typed, properties);
      }
      case LogRecord.ProfileChange change -> write(change.changes(), json);
      case LogRecord.Item item -> {
        json.put("item_type", item.type()).put("item_id", item.itemId());
        ObjectNode properties = json.putObject("properties");
        write(item.properties(), typed, properties);
      }
    }
    return json;
  }

  private static void write(Map<String, String> properties, Set<String> typed, ObjectNode json) {
    properties.forEach(
        (name, text) -> {
          if (typed.contains(name)) {
            json.set(name, EXACT.readTree(text));
          } else {
            json.put(name, text);
          }
        });
  }

  private static void write(List<TraitChange> changes, ObjectNode json) {
    ArrayNode list = json.putArray("changes");
    for (TraitChange change : changes) {
      ObjectNode one = list.addObject();
      one.put("operation", change.operation().name()).put("name", change.name());
      if (!change.jsonValue().isEmpty()) {
        one.set("value", EXACT.readTree(change.jsonValue()));
      }
    }
  }
}
