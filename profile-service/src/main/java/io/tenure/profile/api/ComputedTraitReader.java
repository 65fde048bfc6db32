package io.tenure.profile.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.domain.EventSelector;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.FieldViolation;
import io.tenure.profile.domain.computed.Calculation;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.TraitRule;
import io.tenure.profile.domain.habit.BusinessDays;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a computed trait of a request; what cannot be read is named, all of it at once. */
final class ComputedTraitReader {

  private static final Duration DAILY = Duration.ofDays(1);

  private final List<FieldViolation> violations = new ArrayList<>();

  private ComputedTraitReader() {}

  static ComputedTrait read(io.tenure.proto.profile.v1.ComputedTrait message) {
    ComputedTraitReader reader = new ComputedTraitReader();
    ComputedTrait trait = reader.trait(message);
    if (!reader.violations.isEmpty()) {
      throw Failure.invalid(reader.violations);
    }
    return trait;
  }

  private ComputedTrait trait(io.tenure.proto.profile.v1.ComputedTrait message) {
    return new ComputedTrait(
        message.getId(),
        message.getDisplayName(),
        message.getDescription(),
        events(message.getEvents()),
        calculation(message.getCalculation()),
        message.getProperty(),
        message.getWindowDays(),
        message.getTrendWindows(),
        message.getTrendWindowDays(),
        zone(message.getTimeZone()),
        new BusinessDays(
            dates("holidays", message.getHolidaysList()),
            dates("working_weekends", message.getWorkingWeekendsList())),
        interval(message),
        message.getPaused(),
        message.getLive(),
        rules(message));
  }

  private Calculation calculation(
      io.tenure.proto.profile.v1.ComputedTrait.Calculation calculation) {
    return switch (calculation) {
      case CALCULATION_COUNT -> Calculation.COUNT;
      case CALCULATION_SUM -> Calculation.SUM;
      case CALCULATION_FIRST -> Calculation.FIRST;
      case CALCULATION_LAST -> Calculation.LAST;
      case CALCULATION_MOST_FREQUENT -> Calculation.MOST_FREQUENT;
      case CALCULATION_DAYS_SINCE -> Calculation.DAYS_SINCE;
      case CALCULATION_TREND -> Calculation.TREND;
      case CALCULATION_LOGIN_RHYTHM -> Calculation.LOGIN_RHYTHM;
      case CALCULATION_USUAL_HOUR -> Calculation.USUAL_HOUR;
      case CALCULATION_PAYDAY -> Calculation.PAYDAY;
      case CALCULATION_REPAYMENT -> Calculation.REPAYMENT;
      case CALCULATION_WEEKEND_SHOPPER -> Calculation.WEEKEND_SHOPPER;
      case CALCULATION_RULE -> Calculation.RULE;
      case CALCULATION_UNSPECIFIED, UNRECOGNIZED -> {
        refuse("calculation", "is required");
        yield Calculation.COUNT;
      }
    };
  }

  private EventSelector events(io.tenure.proto.condition.v1.EventSelector events) {
    try {
      return ConditionReader.selector("computed_trait.events", events);
    } catch (Failure invalid) {
      violations.addAll(invalid.violations());
      return EventSelector.named("");
    }
  }

  private List<TraitRule> rules(io.tenure.proto.profile.v1.ComputedTrait message) {
    List<TraitRule> rules = new ArrayList<>();
    for (int i = 0; i < message.getRulesCount(); i++) {
      io.tenure.proto.profile.v1.TraitRule rule = message.getRules(i);
      try {
        rules.add(
            new TraitRule(
                rule.getValue(),
                JsonFormat.printer().omittingInsignificantWhitespace().print(rule.getCondition())));
      } catch (InvalidProtocolBufferException unprintable) {
        refuse("rules[" + i + "].condition", "has a value that is no JSON");
      }
    }
    return rules;
  }

  private ZoneId zone(String name) {
    try {
      return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException unknown) {
      refuse("time_zone", "is no time zone");
      return ZoneOffset.UTC;
    }
  }

  private Duration interval(io.tenure.proto.profile.v1.ComputedTrait message) {
    if (!message.hasInterval()) {
      return DAILY;
    }
    if (!Durations.isValid(message.getInterval())) {
      refuse("interval", "is no duration");
      return DAILY;
    }
    return Duration.ofSeconds(message.getInterval().getSeconds(), message.getInterval().getNanos());
  }

  private Set<LocalDate> dates(String field, List<String> texts) {
    Set<LocalDate> dates = new LinkedHashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        dates.add(LocalDate.parse(texts.get(i)));
      } catch (DateTimeException malformed) {
        refuse(field + "[" + i + "]", "is no date of the form YYYY-MM-DD");
      }
    }
    return dates;
  }

  private void refuse(String field, String description) {
    violations.add(new FieldViolation("computed_trait." + field, description));
  }
}
