package io.tenure.segment.domain.form;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.track.Dictionary;
import io.tenure.segment.domain.track.TrackQuery;
import io.tenure.segment.domain.track.Tracks;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Answers form lenses. */
public final class FormModel implements Model<FormQuery, FormLens, FormCell> {

  private final Tracks tracks;

  /** Lenses over the given tracks. */
  public FormModel(Tracks tracks) {
    this.tracks = tracks;
  }

  @Override
  public FormLens run(ProjectId project, FormQuery query, Instant now) {
    return walk(project, query, now, (_, _) -> {}).result();
  }

  @Override
  public long[] users(ProjectId project, FormQuery query, FormCell cell, Instant now) {
    LongStream.Builder found = LongStream.builder();
    walk(
        project,
        query,
        now,
        (tally, user) -> {
          if (tally.isBehind(cell)) {
            found.add(user);
          }
        });
    return found.build().sorted().toArray();
  }

  private FormTally walk(ProjectId project, FormQuery query, Instant now, Tallied tallied) {
    TrackQuery asked = query.tracks();
    List<Dictionary> dictionaries = tracks.dictionaries(project, asked);
    FormTally tally = new FormTally(query, dictionaries, now);
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
    void user(FormTally tally, long user);
  }
}
