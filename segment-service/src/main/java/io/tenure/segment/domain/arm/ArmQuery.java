package io.tenure.segment.domain.arm;

import io.tenure.condition.domain.EventSelector;
import io.tenure.condition.domain.TimeRange;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.JourneyQuery.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what the arms of an experiment did.
 *
 * @param scope units are exposed first in its range
 * @param exposure which events are exposures
 * @param origin where the arm of a unit comes from
 * @param arms names of the arms
 * @param unitProperty property of an exposure with the id of the unit; null when users are the
 *     units
 * @param metric what is measured; null to count units
 * @param looks when it is looked at, ascending
 * @param covariateDays days before the first exposure that come as a covariate; 0 for none
 * @param values tells units apart at the last look; null for not at all
 * @param other tells them apart by what they saw of another experiment; null for not at all
 */
public record ArmQuery(
    Scope scope,
    EventSelector exposure,
    ArmOrigin origin,
    List<String> arms,
    @Nullable Column unitProperty,
    @Nullable ArmMetric metric,
    List<Instant> looks,
    int covariateDays,
    @Nullable StartValues values,
    @Nullable OtherExposure other)
    implements Question {

  /** Bit of exposures; the metric's measures follow, then the other experiment's exposures. */
  static final int EXPOSURE = 1;

  /** Place among the texts of what tells the arm. */
  static final int ARM_TEXT = 0;

  private static final int MOST_ARMS = 20;
  private static final int MOST_LOOKS = 60;
  private static final int MOST_DAYS = 90;

  /** Its arms, and whatever else its exposures name. */
  private static final int MOST_OTHER_ARMS = 100;

  /** Accepts 2 to 20 arms and 1 to 60 looks after the start of the range. */
  public ArmQuery {
    arms = List.copyOf(arms);
    looks = List.copyOf(looks);
    if (origin instanceof ArmOrigin.Dealt dealt && dealt.weights().size() != arms.size()) {
      throw new IllegalArgumentException("Every arm needs a weight");
    }
    if (arms.size() < 2 || arms.size() > MOST_ARMS || new HashSet<>(arms).size() < arms.size()) {
      throw new IllegalArgumentException("There are 2 to " + MOST_ARMS + " different arms");
    }
    if (looks.isEmpty() || looks.size() > MOST_LOOKS) {
      throw new IllegalArgumentException("There are 1 to " + MOST_LOOKS + " looks");
    }
    Instant before = scope.range().start();
    for (Instant look : looks) {
      if (!look.isAfter(before)) {
        throw new IllegalArgumentException("Looks ascend, and come after the start of the range");
      }
      before = look;
    }
    if (covariateDays < 0 || covariateDays > MOST_DAYS) {
      throw new IllegalArgumentException("There are 0 to " + MOST_DAYS + " covariate days");
    }
    if (values != null && other != null) {
      throw new IllegalArgumentException(
          "Units are told apart by a breakdown or by another experiment, not by both");
    }
    if (other != null && origin.isDealt()) {
      throw new IllegalArgumentException(
          "Only exposures that name their arm have another experiment beside them");
    }
    if (other != null && !other.start().isBefore(looks.getLast())) {
      throw new IllegalArgumentException(
          "Another experiment's exposures begin before the last look");
    }
    if (metric != null
        && !metric.windowEnds().isEmpty()
        && (looks.size() > 1 || covariateDays > 0)) {
      throw new IllegalArgumentException(
          "Windows are told at one look, and without covariate days");
    }
  }

  /** A query that tells units apart by their start, or not at all. */
  public ArmQuery(
      Scope scope,
      EventSelector exposure,
      ArmOrigin origin,
      List<String> arms,
      @Nullable Column unitProperty,
      @Nullable ArmMetric metric,
      List<Instant> looks,
      int covariateDays,
      @Nullable StartValues values) {
    this(scope, exposure, origin, arms, unitProperty, metric, looks, covariateDays, values, null);
  }

  /** The same with units told apart by what they saw of another experiment. */
  public ArmQuery by(OtherExposure seen) {
    return new ArmQuery(
        scope, exposure, origin, arms, unitProperty, metric, looks, covariateDays, null, seen);
  }

  /** Most values to show; 0 when units are not told apart. */
  int valueLimit() {
    if (other != null) {
      return MOST_OTHER_ARMS;
    }
    return values == null ? 0 : values.limit();
  }

  /** Bit of the other experiment's exposures. */
  int otherExposure() {
    return EXPOSURE << 1 << measures().size();
  }

  /** Place of the other experiment's arm among the texts. */
  int otherText() {
    return valueText()
        + (values == null ? 0 : 1)
        + (int) measures().stream().filter(measure -> measure.property() != null).count();
  }

  /** Whether what was before the exposure comes along. */
  boolean hasCovariate() {
    return covariateDays > 0
        && metric != null
        && switch (metric.kind()) {
          case ArmMetric.Happened _, ArmMetric.Sum _, ArmMetric.Ratio _ -> true;
          case ArmMetric.Funnel _, ArmMetric.Quantile _ -> false;
        };
  }

  Instant lastLook() {
    return looks.getLast();
  }

  /** Place of the unit's id among the texts. */
  int unitText() {
    return origin.isDealt() ? ARM_TEXT : ARM_TEXT + 1;
  }

  /** Place of the value that tells units apart. */
  int valueText() {
    return ARM_TEXT + (bringsUnit() ? 2 : 1);
  }

  private boolean bringsUnit() {
    return unitProperty != null && !origin.isDealt();
  }

  private List<Measure> measures() {
    return metric == null ? List.of() : metric.kind().measures();
  }

  /**
   * Places of the measures' properties among the texts; -1 for those that count.
   *
   * @return one for each measure
   */
  int[] measureTexts() {
    int next = valueText() + (values == null ? 0 : 1);
    List<Measure> measures = measures();
    int[] places = new int[measures.size()];
    for (int measure = 0; measure < places.length; measure++) {
      places[measure] = measures.get(measure).property() == null ? -1 : next++;
    }
    return places;
  }

  JourneyQuery journeys() {
    List<EventSelector> selectors = new ArrayList<>(List.of(exposure));
    List<Text> texts = new ArrayList<>(List.of(new Text(origin.column(unitProperty), EXPOSURE)));
    if (unitProperty != null && bringsUnit()) {
      texts.add(new Text(unitProperty, other == null ? EXPOSURE : EXPOSURE | otherExposure()));
    }
    if (values != null) {
      texts.add(new Text(values.column(), EXPOSURE));
    }
    for (Measure measure : measures()) {
      if (measure.property() != null) {
        texts.add(new Text(measure.property(), 1 << selectors.size()));
      }
      selectors.add(measure.selector());
    }
    if (other != null) {
      texts.add(new Text(other.armProperty(), otherExposure()));
      selectors.add(other.exposure());
    }
    return JourneyQuery.of(scope.population(), reading(), selectors, false, entry(), true)
        .with(new JourneyQuery.Attributes(List.of(), List.of(), texts));
  }

  /** One user of an account may have seen this experiment, and another one the other. */
  private JourneyQuery.Entry entry() {
    return other == null || unitProperty == null
        ? new JourneyQuery.Entry(EXPOSURE, scope.range())
        : new JourneyQuery.Entry(EXPOSURE | otherExposure(), reading());
  }

  private TimeRange reading() {
    Instant end = lastLook().isAfter(scope.range().end()) ? lastLook() : scope.range().end();
    Duration before = hasCovariate() ? Duration.ofDays(covariateDays) : Duration.ZERO;
    TimeRange range =
        JourneyQuery.reach(new TimeRange(scope.range().start(), end), before, Duration.ZERO);
    return other == null || !other.start().isBefore(range.start())
        ? range
        : JourneyQuery.reach(
            new TimeRange(other.start(), range.end()), Duration.ZERO, Duration.ZERO);
  }
}
