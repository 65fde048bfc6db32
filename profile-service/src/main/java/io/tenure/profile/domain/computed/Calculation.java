package io.tenure.profile.domain.computed;

import java.util.List;

/** What can be computed from a user's events, and which traits come of it. */
public enum Calculation {
  /** How many. */
  COUNT(Property.NONE),
  /** Sum of a property. */
  SUM(Property.REQUIRED),
  /** The earliest value of a property. */
  FIRST(Property.REQUIRED),
  /** The latest value of a property. */
  LAST(Property.REQUIRED),
  /** The most frequent value of a property. */
  MOST_FREQUENT(Property.REQUIRED),
  /** Calendar days since the latest event. */
  DAYS_SINCE(Property.NONE),
  /** Change from window to window as part of the mean. */
  TREND(Property.OPTIONAL),
  /** How often and how evenly. */
  LOGIN_RHYTHM(Property.NONE, "active_share", "burstiness"),
  /** At which hour of the week. */
  USUAL_HOUR(Property.NONE, "hour", "day", "share"),
  /** On which day of the month income comes. */
  PAYDAY(Property.OPTIONAL, "next", "confidence", "shift", "amount", "second"),
  /** On which day of the month debts are paid. */
  REPAYMENT(Property.OPTIONAL, "next", "confidence", "shift", "amount"),
  /** Whether on weekends. */
  WEEKEND_SHOPPER(Property.NONE, "share"),
  /** The value of the first rule that holds. */
  RULE(Property.NONE);

  /** Whether a calculation takes a property of the events. */
  public enum Property {
    /** It takes none. */
    NONE,
    /** It may. */
    OPTIONAL,
    /** It must. */
    REQUIRED
  }

  private final Property property;
  private final List<String> words;

  Calculation(Property property, String... words) {
    this.property = property;
    this.words = List.of(words);
  }

  /** Whether it takes a property. */
  public Property property() {
    return property;
  }

  /** Whether it needs every single event and not only a sum over them. */
  public boolean needsSeries() {
    return switch (this) {
      case COUNT, SUM, FIRST, LAST, MOST_FREQUENT, DAYS_SINCE, RULE -> false;
      case TREND, LOGIN_RHYTHM, USUAL_HOUR, PAYDAY, REPAYMENT, WEEKEND_SHOPPER -> true;
    };
  }

  /** What is added to the id for each further trait. */
  List<String> words() {
    return words;
  }
}
