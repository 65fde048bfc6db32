package io.tenure.profile.domain.computed;

import io.tenure.platform.failure.FieldViolation;
import io.tenure.profile.domain.activity.ActivityRules;
import io.tenure.profile.domain.computed.Calculation.Property;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The limits of a computed trait; whatever breaks one is named. */
final class ComputedTraitRules {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{1,61}[a-z0-9]");
  private static final int MAX_NAME = 200;
  private static final int MAX_DESCRIPTION = 2_000;
  private static final int MAX_WINDOW = 3_650;
  private static final int MAX_RULES = 20;
  private static final int MAX_HOLIDAYS = 500;
  private static final int MAX_WORKING_WEEKENDS = 100;
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(31);

  private final List<FieldViolation> violations = new ArrayList<>();

  private ComputedTraitRules() {}

  static List<FieldViolation> violations(ComputedTrait trait, ActivityRules kept) {
    ComputedTraitRules rules = new ComputedTraitRules();
    rules.check(trait);
    rules.rules(trait);
    rules.live(trait, kept);
    return rules.violations;
  }

  private void check(ComputedTrait trait) {
    require(
        ID.matcher(trait.id()).matches(),
        "id",
        "has 3 to 63 lower-case letters, digits and inner underscores, a letter first");
    require(trait.displayName().length() <= MAX_NAME, "display_name", "has at most 200 characters");
    require(
        trait.description().length() <= MAX_DESCRIPTION,
        "description",
        "has at most 2000 characters");
    if (trait.calculation() == Calculation.RULE) {
      require(trait.events().name().isEmpty(), "events", "is not taken by rules");
    } else {
      name("events.name", trait.events().name());
    }
    property(trait);
    window(trait);
    require(trait.days().holidays().size() <= MAX_HOLIDAYS, "holidays", "takes at most 500");
    require(
        trait.days().workingWeekends().size() <= MAX_WORKING_WEEKENDS,
        "working_weekends",
        "takes at most 100");
    require(
        trait.interval().compareTo(SHORTEST) >= 0 && trait.interval().compareTo(LONGEST) <= 0,
        "interval",
        "is between 15 minutes and 31 days");
  }

  private void rules(ComputedTrait trait) {
    List<TraitRule> rules = trait.rules();
    if (trait.calculation() != Calculation.RULE) {
      require(rules.isEmpty(), "rules", "are not taken by this calculation");
      return;
    }
    require(!rules.isEmpty() && rules.size() <= MAX_RULES, "rules", "takes 1 to 20");
    for (int i = 0; i < rules.size() && i < MAX_RULES; i++) {
      name("rules[" + i + "].value", rules.get(i).value());
    }
    require(trait.windowDays() == 0, "window_days", "is not taken by rules");
  }

  private void live(ComputedTrait trait, ActivityRules kept) {
    if (!trait.live()) {
      return;
    }
    boolean counts = trait.calculation() == Calculation.COUNT;
    require(
        counts || trait.calculation() == Calculation.DAYS_SINCE,
        "live",
        "goes with COUNT and DAYS_SINCE only");
    require(trait.events().filters().isEmpty(), "events.filters", "are not taken by a live trait");
    // One day less than is kept: an event of tomorrow, elsewhere, must not push the first one out.
    int longest = kept.days() - 1;
    require(
        !counts || (trait.windowDays() >= 1 && trait.windowDays() <= longest),
        "window_days",
        "is between 1 and " + longest + " for a live trait");
    require(
        trait.zone().equals(kept.zone()),
        "time_zone",
        "is " + kept.zone() + " for a live trait, because profiles count by its days");
  }

  private void property(ComputedTrait trait) {
    Property property = trait.calculation().property();
    boolean given = !trait.property().isEmpty();
    require(given || property != Property.REQUIRED, "property", "is required by this calculation");
    require(!given || property != Property.NONE, "property", "is not taken by this calculation");
    require(trait.property().length() <= MAX_NAME, "property", "has at most 200 characters");
  }

  private void window(ComputedTrait trait) {
    boolean trend = trait.calculation() == Calculation.TREND;
    require(
        trait.windowDays() >= 0 && trait.windowDays() <= MAX_WINDOW,
        "window_days",
        "is between 1 and 3650, or 0");
    require(!trend || trait.windowDays() == 0, "window_days", "is not taken by a trend");
    require(
        trend ? trait.trendWindows() >= 3 && trait.trendWindows() <= 24 : trait.trendWindows() == 0,
        "trend_windows",
        "is between 3 and 24 with a trend, else 0");
    require(
        trend
            ? trait.trendWindowDays() >= 1 && trait.trendWindowDays() <= 366
            : trait.trendWindowDays() == 0,
        "trend_window_days",
        "is between 1 and 366 with a trend, else 0");
  }

  private void name(String field, String name) {
    require(
        !name.isEmpty() && name.length() <= MAX_NAME,
        field,
        "has 1 to " + MAX_NAME + " characters");
  }

  private void require(boolean holds, String field, String description) {
    if (!holds) {
      violations.add(new FieldViolation("computed_trait." + field, description));
    }
  }
}
