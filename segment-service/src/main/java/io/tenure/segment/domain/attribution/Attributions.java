package io.tenure.segment.domain.attribution;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.TrackQuery;
import io.tenure.segment.domain.track.Tracks;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Answers attributions. */
public final class Attributions implements Model<AttributionQuery, Attribution, AttributionCell> {

  private final Tracks tracks;

  /** Attributions of the given tracks. */
  public Attributions(Tracks tracks) {
    this.tracks = tracks;
  }

  @Override
  public Attribution run(ProjectId project, AttributionQuery query, Instant now) {
    return walk(project, query, (_, _) -> {}).result(query.scope().range().end().isAfter(now));
  }

  @Override
  public long[] users(
      ProjectId project, AttributionQuery query, AttributionCell cell, Instant now) {
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

  private AttributionTally walk(ProjectId project, AttributionQuery query, Tallied tallied) {
    TrackQuery asked = query.tracks();
    List<Dictionary> dictionaries = tracks.dictionaries(project, asked);
    AttributionTally tally = new AttributionTally(query, dictionaries);
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
    void user(AttributionTally tally, long user);
  }
}
