package io.tenure.segment.domain.analysis;

/**
 * What one model of analysis is asked. Two questions are equal when their answers must be, so a
 * question is the key under which its answer is remembered.
 */
public interface Question {

  /** When, whose days, and which users. */
  Scope scope();
}
