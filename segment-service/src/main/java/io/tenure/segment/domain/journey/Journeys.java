package io.tenure.segment.domain.journey;

import io.tenure.platform.tenancy.ProjectId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Brings the events that matter to a question, user by user. */
public interface Journeys {

  /** One dictionary for each coded attribute of the query. */
  List<Dictionary> dictionaries(ProjectId project, JourneyQuery query);

  /**
   * Hands over every user once, in no order.
   *
   * @param dictionaries as {@link #dictionaries} made them for the same query
   */
  void scan(ProjectId project, JourneyQuery query, List<Dictionary> dictionaries, Visitor visitor);

  /** Takes one user. */
  @FunctionalInterface
  interface Visitor {
    /** Takes one user's events. */
    void visit(Journey journey);
  }

  /**
   * Adds up users, one after the other. It decides who is behind a number in one place, so a number
   * and the list of users behind it cannot differ.
   *
   * @param <C> names a number
   */
  interface Tally<C> extends Visitor {

    /** Whether the user visited last is behind a number. */
    boolean isBehind(C cell);
  }

  /**
   * Adds up all users.
   *
   * @param empty what adds them up, without anybody, which reads coded attributes by these
   *     dictionaries
   */
  default <T extends Visitor> T tally(
      ProjectId project, JourneyQuery query, Function<List<Dictionary>, T> empty) {
    List<Dictionary> dictionaries = dictionaries(project, query);
    T tally = empty.apply(dictionaries);
    scan(project, query, dictionaries, tally);
    return tally;
  }

  /** The users behind a number of such a tally, ascending. */
  default <C> long[] users(
      ProjectId project, JourneyQuery query, Function<List<Dictionary>, Tally<C>> empty, C cell) {
    List<Dictionary> dictionaries = dictionaries(project, query);
    Tally<C> tally = empty.apply(dictionaries);
    LongStream.Builder found = LongStream.builder();
    scan(
        project,
        query,
        dictionaries,
        journey -> {
          tally.visit(journey);
          if (tally.isBehind(cell)) {
            found.add(journey.user());
          }
        });
    return found.build().sorted().toArray();
  }
}
