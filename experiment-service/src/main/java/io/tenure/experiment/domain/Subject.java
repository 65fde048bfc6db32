package io.tenure.experiment.domain;

import java.util.Optional;

/** What a condition may ask about the user being evaluated. */
public interface Subject {

  /** A trait, if the user has it. */
  Optional<Value> trait(String name);

  /** Whether the user is a member of a segment. */
  boolean isMemberOf(String segmentId);

  /** Whether a question so far could not be answered from the stores. */
  boolean isDegraded();
}
