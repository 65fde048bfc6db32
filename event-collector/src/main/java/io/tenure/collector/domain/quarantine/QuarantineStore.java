package io.tenure.collector.domain.quarantine;

import io.tenure.collector.domain.quarantine.QuarantinedEntry.Decision;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where records kept aside can be found, with what became of them. */
public interface QuarantineStore {

  /** Records of a filter that come after a place in the list, newest first. */
  List<QuarantinedEntry> list(
      ProjectId project, QuarantineFilter filter, QuarantineKey before, int limit);

  /** How many records of a filter there are, by reason. */
  Map<String, Long> countByReason(ProjectId project, QuarantineFilter filter);

  /** The same by hour and reason, newest hour first. */
  List<HourCount> countByHour(ProjectId project, QuarantineFilter filter, int limit);

  /** How many records of a project were replayed. */
  long countReplayed(ProjectId project);

  /** Writes down what became of records; again is harmless. */
  void decide(ProjectId project, Map<QuarantineId, Decision> decisions);

  /** Decides about all records of a filter at once. */
  void decideAll(ProjectId project, QuarantineFilter filter, Decision decision);

  /** Writes down how far a replay got; a later revision replaces an earlier one. */
  void save(Replay replay);

  /** A replay's latest revision. */
  Optional<Replay> find(ProjectId project, String id);

  /** Replays, newest first. */
  List<Replay> replays(ProjectId project, int limit);

  /** How many records of a reason were received in an hour. */
  record HourCount(Instant hour, String reason, long count) {}
}
