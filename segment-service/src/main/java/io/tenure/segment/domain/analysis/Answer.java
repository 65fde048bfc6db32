package io.tenure.segment.domain.analysis;

/** What one model of analysis answers. */
public interface Answer {

  /** The answer as one table, for whoever goes on with its numbers elsewhere. */
  Table table();
}
