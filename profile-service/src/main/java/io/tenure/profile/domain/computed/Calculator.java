package io.tenure.profile.domain.computed;

import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.habit.Finding;
import io.tenure.profile.domain.habit.Finding.Known;
import io.tenure.profile.domain.habit.Finding.Unknown;
import io.tenure.profile.domain.habit.Flow;
import io.tenure.profile.domain.habit.LoginRhythms;
import io.tenure.profile.domain.habit.MonthlyPattern;
import io.tenure.profile.domain.habit.Paydays;
import io.tenure.profile.domain.habit.Repayments;
import io.tenure.profile.domain.habit.UsualHours;
import io.tenure.profile.domain.habit.WeekendShoppers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Turns what the event store says about a user into traits. Parts and confidences are rounded to
 * two digits, because every change of a value is kept for good.
 */
final class Calculator {

  private final ComputedTrait trait;
  private final Instant asOf;
  private final LocalDate today;

  Calculator(ComputedTrait trait, Instant asOf) {
    this.trait = trait;
    this.asOf = asOf;
    this.today = LocalDate.ofInstant(asOf, trait.zone());
  }

  Outcome outcome(Measure measure) {
    return switch (measure) {
      case Measure.Single(String text) -> single(text);
      case Measure.Series series -> series(series);
    };
  }

  private Outcome single(String text) {
    return switch (trait.calculation()) {
      case COUNT, SUM -> of(number(text));
      case FIRST, LAST, MOST_FREQUENT, RULE -> of(Optional.of(PropertyText.value(text)));
      case DAYS_SINCE -> of(Optional.of(daysSince(Long.parseLong(text))));
      case TREND, LOGIN_RHYTHM, USUAL_HOUR, PAYDAY, REPAYMENT, WEEKEND_SHOPPER ->
          throw new IllegalArgumentException("A habit takes a series");
    };
  }

  private Outcome series(Measure.Series series) {
    return switch (trait.calculation()) {
      case TREND -> of(Trend.relativeSlope(windows(series)).map(slope -> rounded(slope, 4)));
      case LOGIN_RHYTHM ->
          habit(
              LoginRhythms.find(dates(series), today, trait.days()),
              (rhythm, traits) -> {
                put(traits, text(rhythm.kind()));
                put(traits, "active_share", rounded(rhythm.activeShare(), 2));
                put(traits, "burstiness", rounded(rhythm.burstiness(), 2));
              });
      case USUAL_HOUR ->
          habit(
              UsualHours.find(times(series)),
              (usual, traits) -> {
                int day = usual.day().getValue();
                put(traits, integer((day - 1) * 24L + usual.hour()));
                put(traits, "hour", integer(usual.hour()));
                put(traits, "share", rounded(usual.share(), 2));
                if (usual.daySettled()) {
                  put(traits, "day", integer(day));
                }
              });
      case PAYDAY ->
          habit(
              Paydays.find(flows(series), today, trait.days()),
              (paydays, traits) -> {
                monthly(paydays.getFirst(), traits);
                if (paydays.size() > 1) {
                  put(traits, "second", integer(paydays.get(1).rule().day()));
                }
              });
      case REPAYMENT ->
          habit(
              Repayments.find(flows(series), today, trait.days()),
              (repayments, traits) -> monthly(repayments.getFirst(), traits));
      case WEEKEND_SHOPPER ->
          habit(
              WeekendShoppers.find(dates(series), today, trait.days()),
              (shopping, traits) -> {
                put(traits, new TraitValue(Boolean.toString(shopping.weekendShopper())));
                put(traits, "share", rounded(shopping.share(), 2));
              });
      case COUNT, SUM, FIRST, LAST, MOST_FREQUENT, DAYS_SINCE, RULE ->
          throw new IllegalArgumentException("Takes one value");
    };
  }

  private void monthly(MonthlyPattern pattern, Map<String, TraitValue> traits) {
    put(traits, integer(pattern.rule().day()));
    put(traits, "next", PropertyText.text(pattern.next(today, trait.days()).toString()));
    put(traits, "confidence", rounded(pattern.confidence(), 2));
    put(traits, "shift", text(pattern.rule().shift()));
    if (!trait.property().isEmpty()) {
      TraitValue.of(pattern.amount()).ifPresent(amount -> put(traits, "amount", amount));
    }
  }

  private Outcome of(Optional<TraitValue> value) {
    return new Outcome(value.map(known -> Map.of(trait.id(), known)).orElse(Map.of()), null);
  }

  private static <T> Outcome habit(
      Finding<T> finding, BiConsumer<T, Map<String, TraitValue>> write) {
    return switch (finding) {
      case Known<T>(T value) -> {
        Map<String, TraitValue> traits = new TreeMap<>();
        write.accept(value, traits);
        yield new Outcome(traits, null);
      }
      case Unknown<T>(Finding.Lack lack) -> new Outcome(Map.of(), lack);
    };
  }

  private void put(Map<String, TraitValue> traits, TraitValue value) {
    traits.put(trait.id(), value);
  }

  private void put(Map<String, TraitValue> traits, String word, TraitValue value) {
    traits.put(trait.trait(word), value);
  }

  private TraitValue daysSince(long millis) {
    LocalDate last = LocalDate.ofInstant(Instant.ofEpochMilli(millis), trait.zone());
    return integer(ChronoUnit.DAYS.between(last, today));
  }

  /** Count or sum of each window, the oldest first. */
  private double[] windows(Measure.Series series) {
    double[] windows = new double[trait.trendWindows()];
    long length = ChronoUnit.DAYS.getDuration().toMillis() * trait.trendWindowDays();
    for (int i = 0; i < series.times().length; i++) {
      long age = (asOf.toEpochMilli() - 1 - series.times()[i]) / length;
      if (age >= 0 && age < windows.length) {
        windows[windows.length - 1 - (int) age] +=
            trait.property().isEmpty()
                ? 1
                : PropertyText.number(series.amounts().get(i))
                    .orElse(BigDecimal.ZERO)
                    .doubleValue();
      }
    }
    return windows;
  }

  private List<Flow> flows(Measure.Series series) {
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < series.times().length; i++) {
      LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(series.times()[i]), trait.zone());
      if (trait.property().isEmpty()) {
        flows.add(new Flow(date, BigDecimal.ONE));
      } else {
        PropertyText.number(series.amounts().get(i))
            .map(BigDecimal::abs)
            .filter(amount -> amount.signum() > 0)
            .ifPresent(amount -> flows.add(new Flow(date, amount)));
      }
    }
    return flows;
  }

  private List<LocalDate> dates(Measure.Series series) {
    return times(series).stream().map(LocalDateTime::toLocalDate).toList();
  }

  private List<LocalDateTime> times(Measure.Series series) {
    return Arrays.stream(series.times())
        .mapToObj(millis -> LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), trait.zone()))
        .toList();
  }

  private static Optional<TraitValue> number(String text) {
    return PropertyText.number(text).flatMap(TraitValue::of);
  }

  private static TraitValue integer(long number) {
    return new TraitValue(Long.toString(number));
  }

  private static TraitValue rounded(double number, int digits) {
    return TraitValue.of(BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_EVEN))
        .orElseThrow();
  }

  private static TraitValue text(Enum<?> name) {
    return PropertyText.text(name.name().toLowerCase(Locale.ROOT));
  }
}
