package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.analysis.Question;
import io.tenure.segment.domain.analysis.Scope;

/**
 * What the contract says about one model. {@link AnalysisApi} does the rest for all of them.
 *
 * @param <Q> what the model is asked
 * @param <A> what it answers
 * @param <C> names one number of an answer
 */
public interface ModelDoor<Q extends Question, A extends Answer, C> {

  /** Which queries are for the model. */
  ModelCase kind();

  /** The model. */
  Model<Q, A, C> model();

  /** Reads a question; violations have paths that begin with {@code query}. */
  Q question(AnalysisQuery query, Scope scope);

  /** Reads the name of a number; violations have paths that begin with {@code cell}. */
  C cell(AnalysisCell cell, Q question);

  /** Writes an answer. */
  void write(AnalysisQuery query, A answer, AnalysisResult.Builder result);
}
