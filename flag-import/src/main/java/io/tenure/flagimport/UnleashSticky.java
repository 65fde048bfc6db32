package io.tenure.flagimport;

import io.tenure.evaluator.UnitType;
import java.util.List;

/**
 * Whose id Unleash deals by. Its default is the user's, without one the session's, and without that
 * a random number, which nobody can repeat: then it is a premise that there is an id.
 */
final class UnleashSticky {

  private static final String USER = "userId";
  private static final String SESSION = "sessionId";

  private final Units units;
  private final Premises premises;

  /**
   * One of the ids that may be dealt by.
   *
   * @param guard when it is this one
   * @param unit what it is the id of
   */
  record Case(Claim guard, UnitType unit) {}

  UnleashSticky(Units units, Premises premises) {
    this.units = units;
    this.premises = premises;
  }

  /**
   * The ids of a stickiness.
   *
   * @param withoutId what Unleash does without an id: true when it draws lots
   */
  List<Case> cases(String stickiness, boolean withoutId, Json where) {
    return switch (stickiness) {
      case "random" -> throw where.refused("it is dealt at random, to nobody for good");
      case "default" -> usual(where);
      default -> {
        if (withoutId) {
          premises.requireOneOf(List.of(stickiness));
        }
        yield List.of(new Case(Claim.ALWAYS, units.of(stickiness, where)));
      }
    };
  }

  private List<Case> usual(Json where) {
    UnitType user = units.of(USER, where);
    if (!units.isMapped(SESSION)) {
      premises.requireOneOf(List.of(USER));
      return List.of(new Case(Claim.ALWAYS, user));
    }
    premises.requireOneOf(List.of(USER, SESSION));
    Attribute attribute = new Attribute(USER, premises, where).only(Kind.TEXT, Kind.ABSENT);
    return List.of(
        new Case(attribute.isSet(), user),
        new Case(attribute.isNotSet(), units.of(SESSION, where)));
  }
}
