package io.tenure.collector.domain.erasure;

import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The log, as far as it can forget people. */
public interface PersonLog {

  /**
   * How many records there are, by what the function says of them; records it says null of don't
   * count.
   */
  Map<String, Long> count(Function<LogRecord, Optional<String>> owner);

  /**
   * Takes records out and rewrites the files they lie in. Their offsets are never given again.
   *
   * @return how many there were
   */
  long erase(Function<LogRecord, Optional<String>> owner);

  /**
   * Notes that events which were delivered are no longer in the store, so that the books still
   * balance. Only once for each name.
   *
   * @param name of what happened
   */
  void noteErased(String name, ProjectId project, Set<Long> offsets);

  /** What stays beyond its reach; empty when nothing does. */
  String remark();
}
