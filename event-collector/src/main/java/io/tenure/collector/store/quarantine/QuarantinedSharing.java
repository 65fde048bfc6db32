package io.tenure.collector.store.quarantine;

import io.tenure.collector.domain.quarantine.QuarantinedEntry;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives records back the shared fields that only one of their request tells. */
final class QuarantinedSharing {

  private static final String TOLD =
      """
      SELECT lower(hex(SHA256(shared))) AS hash, any(shared) AS told FROM quarantine
      WHERE project_id = {project:String} AND length(shared) > {longest:UInt32}
        AND lower(hex(SHA256(shared))) IN {hashes:Array(String)}
      GROUP BY hash
      """;

  private final ClickHouse clickHouse;

  QuarantinedSharing(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /** The entries with their shared fields; a reference that leads nowhere stays. */
  List<QuarantinedEntry> resolved(ProjectId project, List<QuarantinedEntry> entries) {
    List<String> hashes =
        entries.stream()
            .flatMap(entry -> entry.record().context().referred().stream())
            .distinct()
            .toList();
    if (hashes.isEmpty()) {
      return entries;
    }
    Map<String, String> told = new HashMap<>();
    clickHouse.scan(
        TOLD,
        Map.of(
            "project",
            project.value(),
            "longest",
            QuarantineContext.MOST_REPEATED,
            "hashes",
            hashes),
        row -> told.put(row.getString("hash"), row.getString("told")));
    return entries.stream().map(entry -> resolved(entry, told)).toList();
  }

  private static QuarantinedEntry resolved(QuarantinedEntry entry, Map<String, String> told) {
    Quarantined record = entry.record();
    Optional<String> hash = record.context().referred();
    @Nullable String shared = hash.isEmpty() ? null : told.get(hash.get());
    if (shared == null) {
      return entry;
    }
    return new QuarantinedEntry(
        entry.id(),
        entry.reason(),
        new Quarantined(
            record.project(),
            record.receiveTime(),
            record.dialect(),
            record.reason(),
            record.detail(),
            record.original(),
            record.context().sharing(shared)),
        entry.decision());
  }
}
