package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import java.util.List;

/**
 * An effect by the days since units saw their variant first.
 *
 * @param basis which numbers it rests on
 * @param metric its key
 * @param windows the first days first
 * @param trends one for each treatment
 * @param summary in one sentence
 */
public record NoveltyReport(
    Basis basis, String metric, List<Window> windows, List<Trend> trends, String summary) {

  /** Copies the lists. */
  public NoveltyReport {
    windows = List.copyOf(windows);
    trends = List.copyOf(trends);
  }

  /**
   * Some days; the first is day 0.
   *
   * @param contrasts of units that have been exposed until its end
   */
  public record Window(int firstDay, int lastDay, List<Contrast> contrasts) {
    /** Copies the list. */
    public Window {
      contrasts = List.copyOf(contrasts);
    }

    /** It, in words. */
    String words() {
      return firstDay == lastDay ? "day " + firstDay : "days " + firstDay + " to " + lastDay;
    }
  }

  /** What becomes of an effect. */
  public enum Course {
    /** Nothing can be told yet. */
    UNKNOWN,
    /** No change was found. */
    STEADY,
    /** It comes closer to zero. */
    FADES,
    /** It moves away from zero. */
    GROWS
  }

  /**
   * Whether a treatment's effect changes.
   *
   * @param slope of the relative effect whenever the days, counted from 1, double
   * @param windows it is over
   * @param units that have been exposed until the end of all of these
   */
  public record Trend(
      String arm, Course course, Answer.Outcome slope, int windows, long units, String summary) {}
}
