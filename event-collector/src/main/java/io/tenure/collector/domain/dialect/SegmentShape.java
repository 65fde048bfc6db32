package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Fingerprint;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.domain.record.Unacceptable;
import io.tenure.collector.domain.record.ValueText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Understands the records of the SDKs that speak Segment's protocol. */
final class SegmentShape {

  /** Segment's own limit. */
  private static final int LONGEST_MESSAGE_ID = 100;

  /** Repeats a request with its first {@code sentAt} and does not say that it is a repetition. */
  private static final String SILENT_REPEATER = "analytics-java";

  /** What of the context becomes a property, under the name the Sensors SDKs give it. */
  private static final List<ContextProperty> CONTEXT =
      List.of(
          new ContextProperty("", "ip", "$ip"),
          new ContextProperty("", "userAgent", "$user_agent"),
          new ContextProperty("", "locale", "$language"),
          new ContextProperty("", "groupId", "$group_id"),
          new ContextProperty("", "timezone", "$timezone"),
          new ContextProperty("network", "wifi", "$wifi"),
          new ContextProperty("network", "carrier", "$carrier"),
          new ContextProperty("screen", "width", "$screen_width"),
          new ContextProperty("screen", "height", "$screen_height"),
          new ContextProperty("device", "id", "$device_id"),
          new ContextProperty("device", "brand", "$brand"),
          new ContextProperty("app", "namespace", "$app_id"),
          new ContextProperty("os", "name", "$os"),
          new ContextProperty("os", "version", "$os_version"),
          new ContextProperty("device", "model", "$model"),
          new ContextProperty("device", "manufacturer", "$manufacturer"),
          new ContextProperty("app", "name", "$app_name"),
          new ContextProperty("app", "version", "$app_version"),
          new ContextProperty("page", "url", "$url"),
          new ContextProperty("page", "path", "$url_path"),
          new ContextProperty("page", "title", "$title"),
          new ContextProperty("page", "referrer", "$referrer"),
          new ContextProperty("campaign", "source", "$utm_source"),
          new ContextProperty("campaign", "medium", "$utm_medium"),
          new ContextProperty("campaign", "name", "$utm_campaign"),
          new ContextProperty("campaign", "term", "$utm_term"),
          new ContextProperty("campaign", "content", "$utm_content"));

  private record ContextProperty(String group, String field, String property) {}

  LogRecord.Accepted shape(Draft draft) throws Unacceptable {
    Fields fields = new Fields(draft.fields());
    String type = fields.text("type");
    return switch (type) {
      case "track" -> event(draft, fields, fields.text("event"), "");
      case "page" -> event(draft, fields, "$pageview", "$title");
      case "screen" -> event(draft, fields, "$AppViewScreen", "$screen_name");
      case "identify" ->
          new ProfileChange(source(draft, fields, SegmentIds.of(draft, fields)), traits(fields));
      case "group" ->
          new ProfileChange(source(draft, fields, SegmentIds.of(draft, fields)), group(fields));
      case SegmentGroup.TYPE ->
          SegmentGroup.item(source(draft, fields, SegmentIds.of(draft, fields)), fields);
      case "alias" ->
          new ProfileChange(source(draft, fields, SegmentIds.ofAlias(draft, fields)), List.of());
      default -> throw new Unacceptable(QuarantineReason.TYPE_UNKNOWN, "Unknown 'type'");
    };
  }

  /**
   * An event.
   *
   * @param viewName property for the name of what was looked at; empty when nothing was
   */
  private static Event event(Draft draft, Fields fields, String name, String viewName)
      throws Unacceptable {
    Map<String, Object> sent = fields.object("properties").values();
    Map<String, String> properties = LinkedHashMap.newLinkedHashMap(sent.size() + 8);
    for (Map.Entry<String, Object> entry : sent.entrySet()) {
      if (entry.getValue() != JsonNull.NULL) {
        properties.put(entry.getKey(), ValueText.of(entry.getKey(), entry.getValue()));
      }
    }
    if (!viewName.isEmpty()) {
      put(properties, viewName, fields.text("name"));
      put(properties, "category", fields.text("category"));
    }
    Fields own = fields.lenientObject("context");
    Fields shared = new Fields(draft.shared()).lenientObject("context");
    for (ContextProperty mapping : CONTEXT) {
      put(properties, mapping.property(), text(own, mapping));
      put(properties, mapping.property(), text(shared, mapping));
    }
    return new Event(source(draft, fields, SegmentIds.of(draft, fields)), name, properties);
  }

  private static void put(Map<String, String> properties, String name, String value) {
    if (!value.isEmpty()) {
      properties.putIfAbsent(name, value);
    }
  }

  private static String text(Fields context, ContextProperty mapping) {
    Fields group = mapping.group().isEmpty() ? context : context.lenientObject(mapping.group());
    return switch (group.values().get(mapping.field())) {
      case Boolean flag -> flag.toString();
      case Long number -> number.toString();
      case null, default -> group.lenientText(mapping.field());
    };
  }

  private static List<TraitChange> traits(Fields fields) throws Unacceptable {
    List<TraitChange> changes = new ArrayList<>();
    for (Map.Entry<String, Object> entry : fields.object("traits").values().entrySet()) {
      String name = entry.getKey();
      changes.add(
          entry.getValue() == JsonNull.NULL
              ? new TraitChange(Operation.UNSET, name, "")
              : new TraitChange(Operation.SET, name, ValueText.json(name, entry.getValue())));
    }
    return changes;
  }

  /** The user's part of the call; what the group is like is {@link SegmentGroup}. */
  private static List<TraitChange> group(Fields fields) throws Unacceptable {
    fields.object("traits");
    String group = ValueText.json("groupId", fields.text("groupId"));
    return List.of(new TraitChange(Operation.SET, "groupId", group));
  }

  private static Source source(Draft draft, Fields fields, Identity identity) throws Unacceptable {
    Fields library = library(draft, fields);
    Instant time = time(draft, fields);
    String name = library.lenientText("name");
    String version = library.lenientText("version");
    return new Source(
        draft.project(),
        id(fields),
        identity,
        corrected(draft, fields, time).truncatedTo(ChronoUnit.MILLIS),
        time.truncatedTo(ChronoUnit.MILLIS),
        draft.receiveTime(),
        version.isEmpty() ? name : name + " " + version);
  }

  private static Fields library(Draft draft, Fields fields) {
    Fields own = fields.lenientObject("context").lenientObject("library");
    return own.values().isEmpty()
        ? new Fields(draft.shared()).lenientObject("context").lenientObject("library")
        : own;
  }

  /**
   * Without a message id and a time nothing tells a repeated event from a second one; it then
   * counts as a second one.
   */
  private static EventId id(Fields fields) throws Unacceptable {
    String message = fields.text("messageId");
    if (message.length() > LONGEST_MESSAGE_ID) {
      throw new Unacceptable(
          QuarantineReason.FIELD_INVALID,
          "'messageId' has more than " + LONGEST_MESSAGE_ID + " characters");
    }
    if (!message.isEmpty()) {
      return new EventId(message);
    }
    if (!fields.has("timestamp") && !fields.has("originalTimestamp")) {
      return new EventId(UUID.randomUUID().toString());
    }
    return new EventId(Fingerprint.of(ValueText.json("record", fields.values())).hex());
  }

  private static Instant time(Draft draft, Fields fields) throws Unacceptable {
    String text = fields.text("originalTimestamp");
    text = text.isEmpty() ? fields.text("timestamp") : text;
    if (text.isEmpty()) {
      return draft.receiveTime();
    }
    return parse("timestamp", text);
  }

  /**
   * {@code timestamp = receivedAt - (sentAt - originalTimestamp)}, when the clock is wrong. Not
   * every SDK says that it repeats a request; then a clock that seems slow is taken for a
   * repetition, since it is a server's clock.
   */
  private static Instant corrected(Draft draft, Fields fields, Instant time) throws Unacceptable {
    boolean hasTime = fields.has("timestamp") || fields.has("originalTimestamp");
    if (fields.has("receivedAt") && fields.has("timestamp")) {
      // Another server of this protocol has corrected it already.
      return parse("timestamp", fields.text("timestamp"));
    }
    String sent = fields.text("sentAt");
    sent = sent.isEmpty() ? new Fields(draft.shared()).text("sentAt") : sent;
    if (sent.isEmpty() || !hasTime) {
      return time;
    }
    Instant sentAt = parse("sentAt", sent);
    boolean mayBeRepetition = library(draft, fields).lenientText("name").equals(SILENT_REPEATER);
    return mayBeRepetition && sentAt.isBefore(draft.receiveTime())
        ? time
        : ClockSkew.corrected(draft.arrival(), time, sentAt);
  }

  private static Instant parse(String field, String text) throws Unacceptable {
    try {
      TemporalAccessor time =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof LocalDateTime local
          ? local.toInstant(ZoneOffset.UTC)
          : Instant.from(time);
    } catch (DateTimeParseException notIso) {
      throw new Unacceptable(
          QuarantineReason.TIME_INVALID, "'" + field + "' must be an ISO 8601 time");
    }
  }
}
