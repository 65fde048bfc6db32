package io.tenure.experiment.domain.result;

import io.tenure.experiment.domain.analysis.Answer;
import io.tenure.statistics.sample.Sample;

/**
 * A treatment against the control, among some of their units.
 *
 * @param arm name of the treatment
 * @param outcome the effect relative to the control, as if it were the only question
 */
public record Contrast(String arm, Sample treatment, Sample control, Answer.Outcome outcome) {}
