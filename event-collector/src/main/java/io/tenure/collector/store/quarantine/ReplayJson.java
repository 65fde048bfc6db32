package io.tenure.collector.store.quarantine;

import io.tenure.collector.domain.dialect.JsonText;
import io.tenure.collector.domain.quarantine.FieldPath;
import io.tenure.collector.domain.quarantine.QuarantineFilter;
import io.tenure.collector.domain.quarantine.QuarantineId;
import io.tenure.collector.domain.quarantine.QuarantineState;
import io.tenure.collector.domain.quarantine.Repair;
import io.tenure.collector.domain.quarantine.Replay;
import io.tenure.collector.domain.record.ExactJson;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A replay as a column. */
final class ReplayJson {

  private ReplayJson() {}

  static String of(Replay replay) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("filter", filter(replay.filter()));
    json.put("repairs", replay.repairs().stream().map(ReplayJson::repair).toList());
    json.put("state", replay.state());
    json.put("counts", replay.counts());
    json.put("author", replay.author());
    json.put("create_time", replay.createTime().toString());
    json.put("update_time", replay.updateTime().toString());
    json.put("error", replay.error());
    return Json.write(json);
  }

  static Replay read(ProjectId project, String id, int revision, String body) {
    JsonNode json = Json.read(body);
    List<Repair> repairs = new ArrayList<>();
    json.path("repairs").forEach(repair -> repairs.add(repair(repair)));
    return new Replay(
        project,
        id,
        revision,
        filter(json.path("filter")),
        repairs,
        Replay.State.valueOf(json.path("state").asString()),
        counts(json.path("counts")),
        json.path("author").asString(),
        Instant.parse(json.path("create_time").asString()),
        Instant.parse(json.path("update_time").asString()),
        json.path("error").asString());
  }

  private static Map<String, Object> filter(QuarantineFilter filter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reasons", filter.reasons());
    json.put("dialect", filter.dialect());
    json.put("event_name", filter.eventName());
    json.put("library", filter.library());
    json.put("state", filter.state().map(QuarantineState::name).orElse(""));
    json.put("from", filter.from().toString());
    json.put("to", filter.to().toString());
    json.put("ids", filter.ids().stream().map(QuarantineId::toString).toList());
    return json;
  }

  private static QuarantineFilter filter(JsonNode json) {
    TreeSet<String> reasons = new TreeSet<>();
    json.path("reasons").forEach(reason -> reasons.add(reason.asString()));
    List<QuarantineId> ids = new ArrayList<>();
    json.path("ids").forEach(id -> ids.add(QuarantineId.parse(id.asString())));
    return new QuarantineFilter(
        reasons,
        json.path("dialect").asString(),
        json.path("event_name").asString(),
        json.path("library").asString(),
        Optional.of(json.path("state").asString())
            .filter(name -> !name.isEmpty())
            .map(QuarantineState::valueOf),
        Instant.parse(json.path("from").asString()),
        Instant.parse(json.path("to").asString()),
        ids);
  }

  private static Map<String, String> repair(Repair repair) {
    return switch (repair) {
      case Repair.RenameEvent(String from, String to) ->
          Map.of("kind", "rename_event", "from", from, "to", to);
      case Repair.RenameProperty(String from, String to) ->
          Map.of("kind", "rename_property", "from", from, "to", to);
      case Repair.SetField(FieldPath path, Object value) ->
          Map.of("kind", "set_field", "path", path.toString(), "value", ExactJson.of(value));
      case Repair.RemoveField(FieldPath path) ->
          Map.of("kind", "remove_field", "path", path.toString());
      case Repair.TextToNumber(FieldPath path) ->
          Map.of("kind", "text_to_number", "path", path.toString());
      case Repair.NumberToText(FieldPath path) ->
          Map.of("kind", "number_to_text", "path", path.toString());
      case Repair.SetTimeToReceiveTime time -> Map.of("kind", "set_time_to_receive_time");
    };
  }

  private static Repair repair(JsonNode json) {
    String kind = json.path("kind").asString();
    String from = json.path("from").asString("");
    String to = json.path("to").asString("");
    return switch (kind) {
      case "rename_event" -> new Repair.RenameEvent(from, to);
      case "rename_property" -> new Repair.RenameProperty(from, to);
      case "set_field" ->
          new Repair.SetField(
              path(json), JsonText.parse(json.path("value").asString()).orElseThrow());
      case "remove_field" -> new Repair.RemoveField(path(json));
      case "text_to_number" -> new Repair.TextToNumber(path(json));
      case "number_to_text" -> new Repair.NumberToText(path(json));
      case "set_time_to_receive_time" -> new Repair.SetTimeToReceiveTime();
      default -> throw new IllegalStateException("Unknown kind of repair: " + kind);
    };
  }

  private static FieldPath path(JsonNode json) {
    return FieldPath.parse(json.path("path").asString());
  }

  private static Replay.Counts counts(JsonNode json) {
    Map<String, Long> remaining = new TreeMap<>();
    json.path("remaining")
        .properties()
        .forEach(entry -> remaining.put(entry.getKey(), entry.getValue().longValue()));
    return new Replay.Counts(
        json.path("matched").longValue(),
        json.path("examined").longValue(),
        json.path("accepted").longValue(),
        json.path("duplicate").longValue(),
        remaining);
  }
}
