package io.tenure.flagimport;

import io.tenure.condition.domain.Value;
import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** For whom one of Unleash's strategies switches a feature on. */
final class UnleashRollout {

  private static final int HUNDRED = 100;
  private static final int ASCII = 0x80;
  private static final String NUMBER = "[0-9]+(\\.[0-9]+)?";

  private final UnleashSticky sticky;
  private final Premises premises;

  /**
   * Some of those it is on for.
   *
   * @param guard whom this is about
   * @param gates what they pass; none when it is on for all of them
   */
  record Share(Claim guard, List<Gate> gates) {

    static final Share ALL = new Share(Claim.ALWAYS, List.of());

    /** The same variant for all it is on for. */
    Serving serves(String variant) {
      return gates.isEmpty()
          ? new Serving.Fixed(variant)
          : new Serving.Split("", List.of(), List.of(arm(variant)), null);
    }

    private Arm arm(String variant) {
      List<Place> places = new ArrayList<>();
      for (Gate gate : gates) {
        if (gate instanceof Gate.Enrolment(Dealing dealing, List<Gate.Stage> stages)) {
          stages.forEach(stage -> places.add(new Place(dealing, List.of(stage.enrolled()))));
        }
      }
      return new Arm(variant, places);
    }
  }

  UnleashRollout(UnleashSticky sticky, Premises premises) {
    this.sticky = sticky;
    this.premises = premises;
  }

  List<Share> shares(Json strategy) {
    Json parameters = strategy.at("parameters");
    String name = strategy.at("name").text();
    return switch (name) {
      case "default" -> List.of(Share.ALL);
      case "userWithId" -> List.of(new Share(listed(parameters), List.of()));
      case "gradualRolloutUserId" ->
          dealt(parameters, "userId", share(parameters.at("percentage")));
      case "gradualRolloutSessionId" ->
          dealt(parameters, "sessionId", share(parameters.at("percentage")));
      case "gradualRolloutRandom" -> random(parameters);
      case "flexibleRollout" -> flexible(parameters);
      default -> throw strategy.refused("only the app knows what the strategy '" + name + "' does");
    };
  }

  private Claim listed(Json parameters) {
    List<Value> ids = new ArrayList<>();
    String text = parameters.at("userIds").textOr("");
    if (text.chars().anyMatch(UnleashConstraint::isOdd)) {
      throw parameters.refused("the space between the ids is not space to everybody");
    }
    if (!text.isEmpty()) {
      for (String id : text.split("[ \\t\\n\\x0B\\f\\r]*,[ \\t\\n\\x0B\\f\\r]*", -1)) {
        ids.add(new Value.Text(id));
      }
    }
    return new Attribute("userId", premises, parameters).is(ids);
  }

  private List<Share> dealt(Json parameters, String stickiness, double percent) {
    return percent <= 0
        ? List.of()
        : gated(parameters.at("groupId").textOr(""), percent, stickiness, parameters);
  }

  private static List<Share> random(Json parameters) {
    double percent = share(parameters.at("percentage"));
    if (percent < 1) {
      return List.of();
    }
    if (percent >= HUNDRED) {
      return List.of(Share.ALL);
    }
    throw parameters.refused("it is dealt at random, to nobody for good");
  }

  private List<Share> flexible(Json parameters) {
    double percent = share(parameters.at("rollout"));
    String stickiness = parameters.at("stickiness").textOr("default");
    if (percent <= 0) {
      return List.of();
    }
    boolean someId = stickiness.equals("default") || stickiness.equals("random");
    if (percent >= HUNDRED && someId) {
      return List.of(Share.ALL);
    }
    String group = parameters.at("groupId").textOr("");
    if (group.isEmpty()) {
      throw parameters.refused("without a group, SDKs deal by different ones");
    }
    return gated(group, percent, stickiness, parameters);
  }

  private List<Share> gated(String group, double percent, String stickiness, Json where) {
    Stretch first = new Stretch(0, (long) Math.min(HUNDRED, Math.floor(percent)));
    List<Share> shares = new ArrayList<>();
    for (UnleashSticky.Case id : sticky.cases(stickiness, false, where)) {
      Dealing dealing = new Dealing(id.unit(), Hashing.UNLEASH, salt(group, where), HUNDRED);
      Gate gate = new Gate.Enrolment(dealing, List.of(new Gate.Stage(Instant.MIN, first)));
      shares.add(new Share(id.guard(), List.of(gate)));
    }
    return shares;
  }

  /** SDKs turn characters into bytes in different ways, all but those of ASCII. */
  static String salt(String group, Json where) {
    if (group.chars().anyMatch(character -> character >= ASCII)) {
      throw where.refused("SDKs hash the group '" + group + "' differently, which is not ASCII");
    }
    return group;
  }

  private static double share(Json percent) {
    if (percent.isNumber()) {
      return percent.number();
    }
    if (!percent.text().matches(NUMBER)) {
      throw percent.refused("a share in percent is expected here");
    }
    return Double.parseDouble(percent.text());
  }

  /** The fields of a strategy that are known here. */
  static Set<String> fields() {
    return Set.of(
        "id", "name", "title", "sortOrder", "parameters", "constraints", "segments", "variants");
  }
}
