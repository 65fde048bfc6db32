package io.tenure.evaluator;

import org.jspecify.annotations.Nullable;

/** A dealing whose part of each hash is made once. */
final class ReadyDealing {

  /** Stands for the bucket of a unit that is not known. */
  static final long NONE = -1;

  private final Dealing dealing;
  private final byte[] prefix;

  ReadyDealing(Dealing dealing) {
    this.dealing = dealing;
    this.prefix = dealing.hashing().prefix(dealing.salt());
  }

  UnitType unit() {
    return dealing.unit();
  }

  long bucketOf(Subject subject) {
    @Nullable String id = subject.id(dealing.unit());
    return id == null
        ? NONE
        : dealing.hashing().bucket(dealing.salt(), prefix, id, dealing.buckets());
  }
}
