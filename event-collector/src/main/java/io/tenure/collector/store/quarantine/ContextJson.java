package io.tenure.collector.store.quarantine;

import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.platform.json.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How a quarantined record reached us, as a column. */
public final class ContextJson {

  private ContextJson() {}

  /** What has no column of its own. */
  public static String of(QuarantineContext context) {
    Map<String, Object> json = LinkedHashMap.newLinkedHashMap(4);
    json.put("address", context.address());
    json.put("user_agent", context.userAgent());
    json.put("retry", context.retry());
    json.put("other_projects", context.otherProjects());
    return Json.write(json);
  }

  static QuarantineContext read(String json, String shared, String eventName, String library) {
    JsonNode node = Json.read(json);
    Set<String> projects = new HashSet<>();
    node.path("other_projects").forEach(project -> projects.add(project.asString()));
    return new QuarantineContext(
        node.path("address").asString(""),
        node.path("user_agent").asString(""),
        node.path("retry").asBoolean(false),
        projects,
        shared,
        eventName,
        library);
  }
}
