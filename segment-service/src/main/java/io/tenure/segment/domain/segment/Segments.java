package io.tenure.segment.domain.segment;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.saved.Saved;
import io.tenure.segment.domain.saved.Shelf;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Defines segments and keeps their snapshots up to date. */
public final class Segments {

  private static final String KIND = "segment";

  private final Shelf<SegmentDraft> catalog;
  private final Memberships memberships;
  private final Clock clock;

  /** Segments kept by the given ports. */
  public Segments(Shelf<SegmentDraft> catalog, Memberships memberships, Clock clock) {
    this.catalog = catalog;
    this.memberships = memberships;
    this.clock = clock;
  }

  /**
   * Creates a segment and computes it. When it cannot be computed it is not created either, so that
   * the same request can be repeated.
   */
  public Segment create(Caller author, SegmentDraft draft) {
    references(author.project()).check(draft);
    Saved<SegmentDraft> created = catalog.create(author, draft);
    try {
      return computed(author.project(), created);
    } catch (Failure failure) {
      catalog.delete(author, created.id());
      throw failure;
    }
  }

  /**
   * Creates a segment of users who are members from now on, whatever they do.
   *
   * @param members their numbers
   */
  public Segment create(Caller author, SegmentDraft draft, long[] members) {
    Saved<SegmentDraft> created = catalog.create(author, draft);
    try {
      memberships.fix(author.project(), created, members);
      return computed(author.project(), created);
    } catch (Failure failure) {
      catalog.delete(author, created.id());
      throw failure;
    }
  }

  /** Replaces a segment's definition and computes it anew. Fixed members stay. */
  public Segment update(Caller author, SegmentDraft draft, String etag) {
    ProjectId project = author.project();
    if (draft.fixed() && !require(project, draft.id()).draft().fixed()) {
      throw Failure.invalid("segment.condition", "is required");
    }
    references(project).check(draft);
    return computed(project, catalog.update(author, draft, etag));
  }

  /** Deletes a segment that no other asks for. */
  public void delete(Caller author, String id) {
    Saved<SegmentDraft> segment = require(author.project(), id);
    List<String> users = references(author.project()).usersOf(id);
    if (!users.isEmpty()) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The segment '" + id + "' is used by " + String.join(", ", users));
    }
    catalog.delete(author, id);
    memberships.forget(author.project(), segment);
  }

  /** Computes a segment as of now. */
  public Segment compute(ProjectId project, String id) {
    return computed(project, require(project, id));
  }

  /** One segment. */
  public Segment get(ProjectId project, String id) {
    return new Segment(require(project, id), memberships.latest(project, id).orElse(null));
  }

  /** Up to {@code limit} segments with an id after {@code after}. */
  public List<Segment> list(ProjectId project, String after, int limit) {
    Map<String, Snapshot> snapshots = memberships.latest(project);
    return catalog.list(project).stream()
        .filter(segment -> segment.id().compareTo(after) > 0)
        .limit(limit)
        .map(segment -> new Segment(segment, snapshots.get(segment.id())))
        .toList();
  }

  /** Up to {@code limit} members of the latest snapshot with a number above {@code after}. */
  public List<Member> members(ProjectId project, String id, long after, int limit) {
    return memberships.members(project, id, after, limit);
  }

  /** Ids of the segments a user belongs to. */
  public List<String> segmentsOf(ProjectId project, long userNumber) {
    return memberships.segmentsOf(project, userNumber);
  }

  /** Ids of a project's segments, each after those it asks for: the order to compute them in. */
  public List<String> inOrder(ProjectId project) {
    return references(project).inOrder().stream().map(Saved::id).toList();
  }

  /** Projects that have or had a segment. */
  public List<ProjectId> projects() {
    return catalog.projects();
  }

  private Segment computed(ProjectId project, Saved<SegmentDraft> definition) {
    return new Segment(definition, memberships.compute(project, definition, clock.instant()));
  }

  private Saved<SegmentDraft> require(ProjectId project, String id) {
    return catalog.find(project, id).orElseThrow(() -> Failure.notFound(KIND, id));
  }

  private References references(ProjectId project) {
    return new References(catalog.list(project));
  }
}
