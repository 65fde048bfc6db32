package io.tenure.segment.domain.analysis;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;

/**
 * One model of analysis. It knows its question and its numbers only: limits, progress, memory of
 * answers, exports and lists of users are the same for all models and stand around it.
 *
 * @param <Q> what it is asked
 * @param <A> what it answers
 * @param <C> names one number of an answer
 */
public interface Model<Q extends Question, A extends Answer, C> {

  /**
   * Answers a question.
   *
   * @param now what has not ended yet can still grow and is marked
   */
  A run(ProjectId project, Q question, Instant now);

  /**
   * The users behind one number, ascending; exactly as many as the number says.
   *
   * @param now the same as for the answer
   */
  long[] users(ProjectId project, Q question, C cell, Instant now);
}
