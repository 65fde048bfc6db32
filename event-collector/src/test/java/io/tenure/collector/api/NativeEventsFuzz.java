package io.tenure.collector.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.tenure.collector.domain.Records;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.NativeDecoder;
import io.tenure.collector.domain.dialect.RecordOracle;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.fuzz.ExactJson;
import io.tenure.collector.fuzz.ExactJson.Value;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.proto.event.v1.CollectRequest;
import io.tenure.proto.event.v1.NewEvent;
import io.tenure.proto.event.v1.NewTraitChange;
import io.tenure.proto.event.v1.PropertyValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads any bytes as a call of our own API. What the call says is compared, value by value, with
 * the JSON that is made of it; a mistake fails the call with the place of the mistake.
 */
public final class NativeEventsFuzz {

  private static final NativeDecoder DECODER =
      new NativeDecoder(new Arrival(Records.BANK, Records.NOON));
  private static final Shape SHAPE = new Shape(Limits.DEFAULT);

  private NativeEventsFuzz() {}

  /** One run. */
  public static void fuzzerTestOneInput(byte[] input) {
    CollectRequest request;
    try {
      request = CollectRequest.parseFrom(input);
    } catch (InvalidProtocolBufferException refused) {
      return;
    }
    byte[] json;
    try {
      json = NativeEvents.json(request.getEventsList());
    } catch (Failure failure) {
      RecordOracle.require(
          failure.reason() == Reason.INVALID_ARGUMENT
              && !failure.violations().isEmpty()
              && failure.violations().stream()
                  .allMatch(violation -> violation.field().startsWith("events")),
          "a mistake is named by its place");
      return;
    }
    Optional<Value> written = ExactJson.read(json);
    RecordOracle.require(written.isPresent(), "JSON is written");
    List<Value> events = RecordOracle.recordsOf(written.orElseThrow());
    RecordOracle.require(
        sameList(request.getEventsList(), events, NativeEventsFuzz::same), "nothing is altered");
    List<Draft> drafts = DECODER.decode(json);
    RecordOracle.checkDrafts(events, drafts, Map.of());
    drafts.forEach(SHAPE::judge);
  }

  private static boolean same(NewEvent event, Value written) {
    Map<String, Value> fields = fields(written);
    return text(fields.remove("event_id")).equals(event.getEventId())
        && text(fields.remove("login_id")).equals(event.getLoginId())
        && text(fields.remove("anonymous_id")).equals(event.getAnonymousId())
        && text(fields.remove("name")).equals(event.getName())
        && sameTime(event, text(fields.remove("event_time")))
        && (fields.remove("bind") != null) == event.getBind()
        && sameMap(event.getPropertiesMap(), fields.remove("properties"))
        && sameChanges(event.getChangesList(), fields.remove("changes"))
        && fields.isEmpty();
  }

  private static boolean sameTime(NewEvent event, String written) {
    Timestamp time = event.getEventTime();
    return event.hasEventTime()
        ? Instant.parse(written).equals(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
        : written.isEmpty();
  }

  private static boolean sameChanges(List<NewTraitChange> changes, @Nullable Value written) {
    return written instanceof Value.Elements list
        ? sameList(changes, list.values(), NativeEventsFuzz::same)
        : changes.isEmpty();
  }

  private static boolean same(NewTraitChange change, Value written) {
    Map<String, Value> fields = fields(written);
    @Nullable Value value = fields.remove("value");
    return ("OPERATION_" + text(fields.remove("operation"))).equals(change.getOperation().name())
        && text(fields.remove("name")).equals(change.getName())
        && (value == null ? !change.hasValue() : same(change.getValue(), value))
        && fields.isEmpty();
  }

  private static boolean sameMap(Map<String, PropertyValue> values, @Nullable Value written) {
    if (written == null) {
      return values.isEmpty();
    }
    Map<String, Value> fields = fields(written);
    return fields.keySet().equals(values.keySet())
        && values.entrySet().stream()
            .allMatch(entry -> same(entry.getValue(), fields.get(entry.getKey())));
  }

  private static boolean same(PropertyValue value, @Nullable Value written) {
    return switch (value.getKindCase()) {
      case TEXT -> written instanceof Value.Plain plain && plain.value().equals(value.getText());
      case INTEGER -> number(written).equals(Long.toString(value.getInteger()));
      case DECIMAL -> number(written).equals(value.getDecimal());
      case REAL -> Double.compare(Double.parseDouble(number(written)), value.getReal()) == 0;
      case FLAG -> written instanceof Value.Plain plain && plain.value().equals(value.getFlag());
      case LIST ->
          written instanceof Value.Elements list
              && sameList(value.getList().getValuesList(), list.values(), NativeEventsFuzz::same);
      case MAP -> sameMap(value.getMap().getFieldsMap(), written);
      case KIND_NOT_SET ->
          written instanceof Value.Plain plain && plain.value().equals(JsonNull.NULL);
    };
  }

  private static <T> boolean sameList(
      List<T> said, List<Value> written, BiPredicate<T, Value> same) {
    if (said.size() != written.size()) {
      return false;
    }
    for (int i = 0; i < said.size(); i++) {
      if (!same.test(said.get(i), written.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, Value> fields(Value written) {
    RecordOracle.require(
        written instanceof Value.Members && !ExactJson.hasDuplicates(written), "an object");
    Map<String, Value> fields = new LinkedHashMap<>();
    ((Value.Members) written)
        .fields()
        .forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  private static String text(@Nullable Value written) {
    return written instanceof Value.Plain plain ? (String) plain.value() : "";
  }

  private static String number(@Nullable Value written) {
    return written instanceof Value.Numeral number ? number.text() : "";
  }
}
