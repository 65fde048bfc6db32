package io.tenure.segment.domain.path;

/** One number of a journey map, behind which there are users. */
public sealed interface PathCell {

  /** Everybody with an anchor. */
  record Anchored() implements PathCell {}

  /** Everybody whose path counts. */
  record Counted() implements PathCell {}

  /** Whoever is at a node. */
  record At(int step, PathNode node) implements PathCell {}

  /** Whoever is at a node and goes no further on any path. */
  record Lost(int step, PathNode node) implements PathCell {}

  /** Whoever goes from a node of a step to a node of the next. */
  record Between(int step, PathNode from, PathNode to) implements PathCell {}
}
