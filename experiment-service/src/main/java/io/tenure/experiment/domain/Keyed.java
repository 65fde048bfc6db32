package io.tenure.experiment.domain;

/** Something people define under a key that stays. */
public interface Keyed {

  /** The key, unique in its project and kind. */
  String key();
}
