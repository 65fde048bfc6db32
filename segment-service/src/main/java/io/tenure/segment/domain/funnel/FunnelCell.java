package io.tenure.segment.domain.funnel;

import io.tenure.segment.domain.journey.Label;
import io.tenure.segment.domain.tally.ValueChoice;

/**
 * One number of a funnel, behind which there are users.
 *
 * @param step step index from 0
 * @param lost the users lost before the step instead of those who did it
 * @param part of which attempts
 */
public record FunnelCell(int step, boolean lost, Part part) {

  /** A step as a whole. */
  public static FunnelCell of(int step, boolean lost) {
    return new FunnelCell(step, lost, new All());
  }

  /** Some of the attempts. */
  public sealed interface Part {}

  /** All. */
  public record All() implements Part {}

  /** Those with a value of the breakdown. */
  public record Value(ValueChoice choice) implements Part {}

  /** Those that entered in a period. */
  public record Period(int number) implements Part {}

  /** Those lost before the step that went on with an event; no text for those with none. */
  public record Next(Label event) implements Part {}

  /**
   * Complete ones that took as long as this bar of the histogram says; the step is of no matter.
   */
  public record Bar(int index) implements Part {}

  /**
   * Those a factor goes with, complete ones or, when the lost are asked for, the others; the step
   * is of no matter.
   *
   * @param attribute index of the factor's attribute; that of event names comes first, if asked for
   */
  public record Factor(int attribute, Label label) implements Part {}
}
