package io.tenure.profile.domain.erasure;

import java.time.Instant;

/** The files of the durable store. */
public interface Files {

  /** How many are left that were given up before a time, and wait to be removed. */
  long left(Instant givenUpBefore);
}
