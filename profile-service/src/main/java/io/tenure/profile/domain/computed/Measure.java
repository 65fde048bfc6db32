package io.tenure.profile.domain.computed;

import java.util.List;

/** What the event store says about one user, from which the values of traits are made. */
public sealed interface Measure {

  /** One value as text. */
  record Single(String text) implements Measure {}

  /**
   * Every event.
   *
   * @param times epoch milliseconds
   * @param amounts the property of each, empty where it has none; an empty list when no property is
   *     asked for
   */
  record Series(long[] times, List<String> amounts) implements Measure {}
}
