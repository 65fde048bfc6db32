package io.tenure.collector.domain.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan every project has: what SDKs send by themselves. A name that begins with a dollar sign
 * is theirs, known or not, since a new version of an SDK must not fill the quarantine; the types of
 * the usual ones are fixed.
 */
final class Presets {

  private static final String EXPOSURE = "experiment_exposure";

  private static final Set<String> EVENTS = Set.of("AppCrashed", "WebABTestTrigger", EXPOSURE);

  /** Planned for exposures alone: an app may mean something else by these names. */
  private static final Set<String> OF_EXPOSURES =
      Set.of("experiment", "phase", "variant", "flag", "unit_type", "unit");

  /** Not from SDKs but from how their calls are mapped. */
  private static final Map<String, PropertyType> PLAIN =
      Map.of(
          "event_duration", PropertyType.NUMBER,
          "app_crashed_reason", PropertyType.TEXT,
          "category", PropertyType.TEXT,
          "groupId", PropertyType.TEXT);

  private static final Map<String, PropertyType> TYPES = types();

  private Presets() {}

  static boolean hasEvent(String name) {
    return name.startsWith("$") || EVENTS.contains(name);
  }

  /** Whether an event has a property without anybody planning it. */
  static boolean hasProperty(String event, String name) {
    return hasProperty(name) || (event.equals(EXPOSURE) && OF_EXPOSURES.contains(name));
  }

  static boolean hasProperty(String name) {
    return name.startsWith("$") || PLAIN.containsKey(name);
  }

  /** The type a name has in every project. */
  static Optional<PropertyType> type(String name) {
    return name.startsWith("$") || PLAIN.containsKey(name)
        ? Optional.ofNullable(TYPES.get(name))
        : Optional.empty();
  }

  /** The type of a property that was not sent but added to an event. */
  static PropertyType added(String event, String name) {
    return event.equals(EXPOSURE) && name.equals("phase")
        ? PropertyType.NUMBER
        : type(name).orElse(PropertyType.TEXT);
  }

  private static Map<String, PropertyType> types() {
    Map<String, PropertyType> types = new HashMap<>(PLAIN);
    put(
        types,
        PropertyType.NUMBER,
        List.of(
            "$screen_width",
            "$screen_height",
            "$viewport_width",
            "$viewport_height",
            "$viewport_position",
            "$timezone_offset",
            "$event_duration"));
    put(
        types,
        PropertyType.BOOLEAN,
        List.of(
            "$is_first_day",
            "$is_first_time",
            "$is_login_id",
            "$wifi",
            "$resume_from_background",
            "$is_bot"));
    put(
        types,
        PropertyType.TEXT,
        List.of(
            "$os",
            "$os_version",
            "$model",
            "$manufacturer",
            "$brand",
            "$network_type",
            "$carrier",
            "$app_id",
            "$app_name",
            "$app_version",
            "$lib",
            "$lib_version",
            "$lib_method",
            "$device_id",
            "$group_id",
            "$anonymization_id",
            "$screen_name",
            "$title",
            "$url",
            "$url_path",
            "$url_host",
            "$referrer",
            "$referrer_host",
            "$ip",
            "$country",
            "$province",
            "$city",
            "$browser",
            "$browser_version",
            "$device_type",
            "$utm_source",
            "$utm_medium",
            "$utm_campaign",
            "$utm_term",
            "$utm_content"));
    return Map.copyOf(types);
  }

  private static void put(Map<String, PropertyType> types, PropertyType type, List<String> names) {
    names.forEach(name -> types.put(name, type));
  }
}
