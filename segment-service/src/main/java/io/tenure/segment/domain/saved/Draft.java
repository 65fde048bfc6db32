package io.tenure.segment.domain.saved;

/** What somebody wants to keep. */
public interface Draft {

  /** Under which id and name, and what for. */
  Heading heading();
}
