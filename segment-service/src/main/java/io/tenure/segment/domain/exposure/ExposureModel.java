package io.tenure.segment.domain.exposure;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.TrackQuery;
import io.tenure.segment.domain.track.Tracks;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Answers exposure queries. */
public final class ExposureModel implements Model<ExposureQuery, Exposure, ExposureCell> {

  private final Tracks tracks;

  /** Exposure by the given tracks. */
  public ExposureModel(Tracks tracks) {
    this.tracks = tracks;
  }

  @Override
  public Exposure run(ProjectId project, ExposureQuery query, Instant now) {
    return walk(project, query, (_, _) -> {}).result();
  }

  @Override
  public long[] users(ProjectId project, ExposureQuery query, ExposureCell cell, Instant now) {
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

  private ExposureTally walk(ProjectId project, ExposureQuery query, Tallied tallied) {
    TrackQuery asked = query.tracks();
    List<Dictionary> dictionaries = tracks.dictionaries(project, asked);
    ExposureTally tally = new ExposureTally(query, dictionaries);
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
    void user(ExposureTally tally, long user);
  }
}
