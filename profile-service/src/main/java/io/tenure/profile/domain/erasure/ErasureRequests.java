package io.tenure.profile.domain.erasure;

import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.tenancy.Caller;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileDirectory;
import io.tenure.profile.domain.merge.MergedUsers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What people ask about erasures. */
public final class ErasureRequests {

  private final ProfileDirectory directory;
  private final MergedUsers merged;
  private final Erasures erasures;
  private final Eraser eraser;
  private final Receipts receipts;
  private final Clock clock;

  /** Requests over the given stores. */
  public ErasureRequests(
      ProfileDirectory directory,
      MergedUsers merged,
      Erasures erasures,
      Eraser eraser,
      Receipts receipts,
      Clock clock) {
    this.directory = directory;
    this.merged = merged;
    this.erasures = erasures;
    this.eraser = eraser;
    this.receipts = receipts;
    this.clock = clock;
  }

  /** What an erasure would find, by store. */
  public Map<String, Long> preview(Caller author, String userId) {
    return eraser.preview(author.project(), planned(author, userId));
  }

  /** Starts an erasure, or returns the one under way. */
  public Erasure create(Caller author, String userId) {
    eraser.requireKeys();
    Erasure planned = planned(author, userId);
    for (Erasure open : erasures.open()) {
      if (open.project().equals(author.project())
          && open.userNumbers().containsAll(planned.userNumbers())) {
        return open;
      }
    }
    erasures.save(planned);
    return planned;
  }

  /** One erasure. */
  public Erasure get(ProjectId project, String id) {
    return erasures.find(project, id).orElseThrow(() -> Failure.notFound("erasure", id));
  }

  /** Erasures, newest first. */
  public List<Erasure> list(ProjectId project, String before, int limit) {
    return erasures.list(project, before, limit);
  }

  /**
   * An erasure with its receipt.
   *
   * @throws Failure FAILED_PRECONDITION while there is none
   */
  public Erasure finished(ProjectId project, String id) {
    Erasure erasure = get(project, id);
    if (erasure.receipt().isEmpty()) {
      throw Failure.of(Reason.FAILED_PRECONDITION, "The erasure is not done yet");
    }
    return erasure;
  }

  /** The key of receipts. */
  public Receipts receipts() {
    return receipts;
  }

  private Erasure planned(Caller author, String userId) {
    Profile profile =
        directory
            .find(author.project(), List.of(userId))
            .getFirst()
            .orElseThrow(() -> Failure.of(Reason.NOT_FOUND, "Nobody in the project has this id"));
    Instant now = Instant.ofEpochMilli(clock.millis());
    // Ids sort by time; the rest makes them unique.
    String id =
        "%013d-%s"
            .formatted(now.toEpochMilli(), java.util.UUID.randomUUID().toString().substring(0, 8));
    return Erasure.of(
        id,
        author.project(),
        merged.numbers(author.project(), profile.user().number()),
        author.subject(),
        now);
  }
}
