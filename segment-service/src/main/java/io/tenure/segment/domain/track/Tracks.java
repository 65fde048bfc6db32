package io.tenure.segment.domain.track;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;

/** Brings every user's events in order. */
public interface Tracks {

  /** One dictionary for each coded attribute of the query. */
  List<Dictionary> dictionaries(ProjectId project, TrackQuery query);

  /**
   * Hands over every user once, in no order.
   *
   * @param dictionaries as {@link #dictionaries} made them for the same query
   */
  void scan(ProjectId project, TrackQuery query, List<Dictionary> dictionaries, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one user's events. */
    void visit(Track track);
  }
}
