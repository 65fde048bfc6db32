package io.tenure.segment.domain.form;

import io.tenure.segment.domain.journey.Label;
import org.jspecify.annotations.Nullable;

/**
 * One number of a form lens, behind which there are users.
 *
 * @param question null for fillings as a whole
 */
public record FormCell(Figure figure, @Nullable Label question) {

  /** What is counted. */
  public enum Figure {
    /** Fillings in which the form, or a question, was begun. */
    STARTED,
    /** Fillings that were submitted. */
    SUBMITTED,
    /** Fillings that ended without a submission, of a question those it was the last of. */
    ABANDONED,
    /** Fillings that can still go on. */
    OPEN,
    /** Fillings in which a question was shown or touched. */
    SHOWN,
    /** Fillings in which a question was answered. */
    ANSWERED,
    /** Answers after the first of a filling. */
    EDITED,
    /** Returns to a question after another one. */
    RETURNED
  }
}
