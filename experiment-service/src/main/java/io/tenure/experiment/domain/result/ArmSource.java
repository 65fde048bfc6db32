package io.tenure.experiment.domain.result;

import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.metric.Metric;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.statistics.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows what the arms of experiments did. */
public interface ArmSource {

  /**
   * Adds up what the arms did.
   *
   * @throws io.tenure.platform.failure.Failure when it can't be known now
   */
  Arms ask(ProjectId project, Question question);

  /**
   * When the newest event was received that is known of a project.
   *
   * @param question any of it
   * @return null without events
   */
  @Nullable Instant newest(ProjectId project, Question question);

  /**
   * What arms are asked.
   *
   * @param experiment key of the experiment
   * @param phase its run
   * @param arms names of its arms, the control first
   * @param unit what was dealt
   * @param from when units may be exposed first
   * @param until until when they may be, exclusive
   * @param looks when they are looked at, ascending
   * @param metric what is measured; null to count units
   * @param covariateDays days before the first exposure that come as a covariate
   * @param split tells units apart at the last look; null for not at all
   * @param windowEnds ends of windows after the first exposure, of which the metric is told one by
   *     one; empty for the whole time
   * @param asOf only events received before then
   */
  record Question(
      String experiment,
      int phase,
      List<String> arms,
      UnitType unit,
      Instant from,
      Instant until,
      List<Instant> looks,
      @Nullable Metric metric,
      int covariateDays,
      @Nullable Split split,
      List<Duration> windowEnds,
      Instant asOf) {

    /** Copies the lists. */
    public Question {
      arms = List.copyOf(arms);
      looks = List.copyOf(looks);
      windowEnds = List.copyOf(windowEnds);
    }

    /** A question about the whole time since the first exposure. */
    public Question(
        String experiment,
        int phase,
        List<String> arms,
        UnitType unit,
        Instant from,
        Instant until,
        List<Instant> looks,
        @Nullable Metric metric,
        int covariateDays,
        @Nullable Split split,
        Instant asOf) {
      this(
          experiment,
          phase,
          arms,
          unit,
          from,
          until,
          looks,
          metric,
          covariateDays,
          split,
          List.of(),
          asOf);
    }

    /** The same of a metric. */
    Question of(Metric other, int days) {
      return new Question(
          experiment, phase, arms, unit, from, until, looks, other, days, split, windowEnds, asOf);
    }

    /** The same with units told apart. */
    Question by(@Nullable Split other) {
      return new Question(
          experiment,
          phase,
          arms,
          unit,
          from,
          until,
          looks,
          metric,
          covariateDays,
          other,
          windowEnds,
          asOf);
    }

    /** The same by windows. */
    Question in(List<Duration> ends) {
      return new Question(
          experiment,
          phase,
          arms,
          unit,
          from,
          until,
          looks,
          metric,
          covariateDays,
          split,
          ends,
          asOf);
    }

    /** The same at other looks. */
    Question at(List<Instant> others) {
      return new Question(
          experiment,
          phase,
          arms,
          unit,
          from,
          until,
          others,
          metric,
          covariateDays,
          split,
          windowEnds,
          asOf);
    }
  }

  /** What tells units apart. */
  sealed interface Split {}

  /**
   * Tells units apart by what they are.
   *
   * @param name of a trait, or of a property of the first exposure
   * @param trait whether it is a trait
   * @param limit values to show
   */
  record Dimension(String name, boolean trait, int limit) implements Split {}

  /**
   * Tells units apart by the arm of another experiment that they saw first.
   *
   * @param experiment its key
   * @param phase its run
   * @param start of that run
   */
  record OtherRun(String experiment, int phase, Instant start) implements Split {}

  /**
   * What arms did.
   *
   * @param looks the oldest first
   * @param slices at the last look, the one with most units first
   * @param cap above which values were cut down; null where none were
   * @param windows at the last look, the first one first
   */
  record Arms(List<Look> looks, List<Slice> slices, @Nullable Double cap, List<Window> windows) {
    /** Copies the lists. */
    public Arms {
      looks = List.copyOf(looks);
      slices = List.copyOf(slices);
      windows = List.copyOf(windows);
    }

    /** Arms that were not asked about by windows. */
    public Arms(List<Look> looks, List<Slice> slices, @Nullable Double cap) {
      this(looks, slices, cap, List.of());
    }
  }

  /**
   * A window after the first exposure.
   *
   * @param arms of units that have been exposed until its end; covariates of their samples are the
   *     same units' numbers in the windows before, the nearest first
   */
  record Window(Duration from, Duration to, List<Sums> arms) {
    /** Copies the list. */
    public Window {
      arms = List.copyOf(arms);
    }
  }

  /**
   * All arms at a look.
   *
   * @param arms in the order of the question
   * @param mixed units that saw several arms
   * @param strangers units whose first exposure names none of the arms
   */
  record Look(Instant time, List<Sums> arms, long mixed, long strangers) {
    /** Units of all arms. */
    long units() {
      return arms.stream().mapToLong(Sums::units).sum();
    }

    /** Units of each arm. */
    long[] unitsByArm() {
      return arms.stream().mapToLong(Sums::units).toArray();
    }
  }

  /**
   * One arm.
   *
   * @param units exposed
   * @param sample what those did who were exposed long enough; null where nothing can be said
   */
  record Sums(long units, @Nullable Sample sample) {}

  /**
   * Units of one value.
   *
   * @param value null for units without one, and for others
   * @param others whether these are the units of all values that are not shown
   */
  record Slice(@Nullable String value, boolean others, List<Sums> arms) {}
}
