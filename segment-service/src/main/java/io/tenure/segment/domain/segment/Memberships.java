package io.tenure.segment.domain.segment;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.saved.Saved;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the latest snapshot of every segment. */
public interface Memberships {

  /** Evaluates a segment and keeps the result, unless a newer revision's result is there. */
  Snapshot compute(ProjectId project, Saved<SegmentDraft> segment, Instant asOf);

  /** Keeps the members of a segment that has no condition; later revisions have them, too. */
  void fix(ProjectId project, Saved<SegmentDraft> segment, long[] members);

  /** The latest snapshot of a segment. */
  Optional<Snapshot> latest(ProjectId project, String id);

  /** The latest snapshots by segment id. */
  Map<String, Snapshot> latest(ProjectId project);

  /** Up to {@code limit} members with a number above {@code after}, by number. */
  List<Member> members(ProjectId project, String id, long after, int limit);

  /** Ids of the segments a user belongs to. */
  List<String> segmentsOf(ProjectId project, long userNumber);

  /** Forgets the snapshot of a deleted segment. */
  void forget(ProjectId project, Saved<SegmentDraft> segment);
}
