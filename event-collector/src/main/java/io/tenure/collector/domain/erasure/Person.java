package io.tenure.collector.domain.erasure;

import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Somebody to be forgotten.
 *
 * @param erasureId names the erasure
 * @param userNumbers all numbers of theirs
 * @param ids all ids of theirs
 * @param time records that reached us later are not meant
 */
public record Person(
    String erasureId, ProjectId project, List<Long> userNumbers, Set<String> ids, Instant time) {

  /** Takes copies. */
  public Person {
    userNumbers = List.copyOf(userNumbers);
    ids = Set.copyOf(ids);
  }

  /**
   * Their ids as they stand in JSON; nothing else in a body we could not read tells whose it is.
   */
  public List<String> quoted() {
    List<String> quoted = new ArrayList<>();
    ids.forEach(id -> quoted.add('"' + id + '"'));
    return quoted;
  }

  /** Whether a record is about them. */
  boolean owns(LogRecord record) {
    if (!record.project().equals(project) || record.receiveTime().isAfter(time)) {
      return false;
    }
    return switch (record) {
      case LogRecord.Accepted accepted -> owns(accepted.source().identity());
      case LogRecord.Quarantined aside -> {
        String text = new String(aside.original(), StandardCharsets.UTF_8);
        yield quoted().stream().anyMatch(text::contains);
      }
    };
  }

  private boolean owns(Identity identity) {
    return identity.loginId().isEmpty()
        ? ids.contains(identity.anonymousId())
            || identity.keyed().stream().anyMatch(id -> ids.contains(id.value()))
        : ids.contains(identity.loginId());
  }
}
