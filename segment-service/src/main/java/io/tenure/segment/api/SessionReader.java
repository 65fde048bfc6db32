package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.ConditionReader;
import io.tenure.condition.api.Fields;
import io.tenure.condition.domain.EventSelector;
import io.tenure.proto.analysis.v1.SessionCut;
import io.tenure.segment.domain.analysis.SessionFilter;
import io.tenure.segment.domain.analysis.SessionRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads when a session ends, and which sessions count. */
final class SessionReader {

  private SessionReader() {}

  static SessionRule read(String path, SessionCut cut) {
    Duration idle =
        cut.hasIdle() ? Fields.duration(path + ".idle", cut.getIdle()) : SessionRule.USUAL.idle();
    Duration longest =
        cut.hasLongest()
            ? Fields.duration(path + ".longest", cut.getLongest())
            : SessionRule.USUAL.longest();
    return at(path + ".idle", () -> new SessionRule(idle, longest));
  }

  static SessionFilter read(String path, io.tenure.proto.analysis.v1.SessionFilter filter) {
    SessionRule rule = read(path + ".cut", filter.getCut());
    @Nullable EventSelector entry =
        filter.hasEntry() ? ConditionReader.selector(path + ".entry", filter.getEntry()) : null;
    @Nullable EventSelector with =
        filter.hasWith() ? ConditionReader.selector(path + ".with", filter.getWith()) : null;
    @Nullable EventSelector without =
        filter.hasWithout()
            ? ConditionReader.selector(path + ".without", filter.getWithout())
            : null;
    int least = filter.hasLeastEvents() ? filter.getLeastEvents() : 1;
    int most = filter.hasMostEvents() ? filter.getMostEvents() : Integer.MAX_VALUE;
    Duration shortest =
        filter.hasShortest()
            ? Fields.duration(path + ".shortest", filter.getShortest())
            : Duration.ZERO;
    Duration longest =
        filter.hasLongest()
            ? Fields.duration(path + ".longest", filter.getLongest())
            : rule.longest();
    return at(
        path, () -> new SessionFilter(rule, entry, with, without, least, most, shortest, longest));
  }
}
