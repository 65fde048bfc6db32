package io.tenure.segment.domain.path;

/**
 * What makes events a path.
 *
 * @param cut what belongs to one path
 * @param every whether a path is anchored at every occurrence of its anchor in a session, or of a
 *     user when a window cuts, and not only at the first
 * @param collapse whether an event that repeats the node before it is passed over
 * @param steps nodes of a path at most, 2 to 20
 * @param top nodes of a step that are shown, 1 to 50; the others are one
 */
public record PathRules(PathCut cut, boolean every, boolean collapse, int steps, int top) {

  /** Accepts what a picture can show. */
  public PathRules {
    if (steps < 2 || steps > 20) {
      throw new IllegalArgumentException("A map has 2 to 20 steps");
    }
    if (top < 1 || top > 50) {
      throw new IllegalArgumentException("A step shows 1 to 50 nodes");
    }
  }
}
