package io.tenure.segment.domain.session;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.TrackQuery;
import io.tenure.segment.domain.track.Tracks;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Answers session queries. */
public final class SessionModel implements Model<SessionQuery, Sessions, SessionCell> {

  private final Tracks tracks;

  /** Sessions of the given tracks. */
  public SessionModel(Tracks tracks) {
    this.tracks = tracks;
  }

  @Override
  public Sessions run(ProjectId project, SessionQuery query, Instant now) {
    return walk(project, query, (_, _) -> {}).result(now);
  }

  @Override
  public long[] users(ProjectId project, SessionQuery query, SessionCell cell, Instant now) {
    LongStream.Builder found = LongStream.builder();
    walk(
        project,
        query,
        (tally, user) -> {
          if (tally.isBehind(cell)) {
            found.add(user);
          }
        });
    return found.build().sorted().toArray();
  }

  private SessionTally walk(ProjectId project, SessionQuery query, Tallied tallied) {
    TrackQuery asked = query.tracks();
    List<Dictionary> dictionaries = tracks.dictionaries(project, asked);
    SessionTally tally = new SessionTally(query, dictionaries);
    tracks.scan(
        project,
        asked,
        dictionaries,
        track -> {
          tally.add(track);
          tallied.user(tally, track.user());
        });
    return tally;
  }

  private interface Tallied {
    void user(SessionTally tally, long user);
  }
}
