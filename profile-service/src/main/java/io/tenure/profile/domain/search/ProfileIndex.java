package io.tenure.profile.domain.search;

import java.util.List;
import java.util.Optional;

/** Finds the numbers of users by what is durably known about them. */
public interface ProfileIndex {

  /**
   * Finds users in the order of the search.
   *
   * @param after the place of the last hit before; empty to start
   */
  List<Hit> find(Search search, Optional<Position> after, int limit);

  /** How many users there are, counted no further than a limit. */
  long count(Search search, long limit);

  /** A user, and its place in the answer. */
  record Hit(long userNumber, Position position) {}

  /**
   * A place in the answer: the values users are ordered by. The store alone understands them.
   *
   * @param keys values before the user's number, as text
   */
  record Position(List<String> keys, long userNumber) {
    /** Copies the keys. */
    public Position {
      keys = List.copyOf(keys);
    }
  }
}
