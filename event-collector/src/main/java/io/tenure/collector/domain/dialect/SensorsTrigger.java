package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * With a trigger the A/B SDKs of Sensors Data say that somebody saw what an experiment dealt: the
 * exposure our analyses read. The gateway made its ids, from which everything follows: {@code
 * KEY#PHASE} or {@code KEY#PHASE@UNIT_TYPE}, the variant, and, from SDKs that send it back, {@code
 * EXPERIMENT/VARIANT/UNIT}. A trigger with other ids is about an experiment of another platform and
 * stays what it is.
 */
final class SensorsTrigger {

  /** The name of every exposure, however it came. */
  private static final String EXPOSURE = "experiment_exposure";

  private static final Set<String> NAMES =
      Set.of("$ABTestTrigger", "$WebABTestTrigger", "WebABTestTrigger");

  private static final Pattern EXPERIMENT =
      Pattern.compile("(.+)#(\\d{1,9})(?:@(device|account|household))?", Pattern.DOTALL);

  private final Event event;
  private final String experiment;
  private final String variant;

  private SensorsTrigger(Event event) {
    this.event = event;
    this.experiment = property("$abtest_experiment_id");
    this.variant = property("$abtest_experiment_group_id");
  }

  /** The exposure a trigger tells of; any other event as it is. */
  static Event read(Event event) {
    return NAMES.contains(event.name())
        ? new SensorsTrigger(event).exposure().orElse(event)
        : event;
  }

  private Optional<Event> exposure() {
    Matcher matcher = EXPERIMENT.matcher(experiment);
    if (!matcher.matches() || variant.isEmpty()) {
      return Optional.empty();
    }
    Identity identity = identity();
    String unitType = Optional.ofNullable(matcher.group(3)).orElse("user");
    String unit = unit(unitType, identity);
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> properties = new LinkedHashMap<>(event.properties());
    properties.put("experiment", matcher.group(1));
    properties.put("phase", Integer.toString(Integer.parseInt(matcher.group(2))));
    properties.put("variant", variant);
    properties.put("unit_type", unitType);
    properties.put("unit", unit);
    return Optional.of(new Event(event.source().with(identity), EXPOSURE, properties));
  }

  /** Who was dealt, when that is not who is signed in by the time the variant is seen. */
  private Identity identity() {
    Identity dealt =
        new Identity(property("$abtest_login_id"), property("$abtest_anonymous_id"), false);
    return dealt.isPresent() ? dealt : event.source().identity();
  }

  /** Older SDKs send no result back; then the trigger's own ids are what the request's were. */
  private String unit(String type, Identity identity) {
    String result = property("$abtest_experiment_result_id");
    String dealt = experiment + "/" + variant + "/";
    if (result.startsWith(dealt)) {
      return result.substring(dealt.length());
    }
    return switch (type) {
      case "user" -> identity.loginId().isEmpty() ? identity.anonymousId() : identity.loginId();
      case "device" ->
          property("anonymous_id").isEmpty() ? identity.anonymousId() : property("anonymous_id");
      default -> property(type + "_id");
    };
  }

  private String property(String name) {
    return event.properties().getOrDefault(name, "");
  }
}
