package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.SessionCut;
import io.tenure.segment.domain.journey.SessionRule;
import java.time.Duration;

/** Reads when a session ends. */
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
}
