package io.tenure.collector.domain;

import io.tenure.collector.domain.log.Submission;
import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.EventId;
import io.tenure.collector.domain.record.Identity;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.LogRecord.Event;
import io.tenure.collector.domain.record.LogRecord.Item;
import io.tenure.collector.domain.record.LogRecord.ProfileChange;
import io.tenure.collector.domain.record.LogRecord.Quarantined;
import io.tenure.collector.domain.record.LogRecord.Source;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records for tests. */
public final class Records {

  public static final ProjectId BANK = new ProjectId("bank");
  public static final ProjectId SHOP = new ProjectId("shop");
  public static final Instant NOON = Instant.parse("2026-06-15T12:00:00.123Z");

  private Records() {}

  /** An event of a project. */
  public static Event event(ProjectId project, String id) {
    return new Event(
        source(project, id, "ann"), "Transfer", Map.of("amount", "12.50", "to", "张三 💰"));
  }

  /** A change of traits. */
  public static ProfileChange change(ProjectId project, String id) {
    return new ProfileChange(
        source(project, id, "ann"),
        List.of(
            new TraitChange(TraitChange.Operation.SET, "city", "\"Brno\""),
            new TraitChange(TraitChange.Operation.DELETE, "", "")));
  }

  /** A fund as it is now, or that it is gone. */
  public static Item item(ProjectId project, String id, boolean deleted) {
    return new Item(
        source(project, id, ""),
        Item.Kind.ITEM,
        "fund",
        "F1",
        deleted,
        deleted ? Map.of() : Map.of("name", "增长"));
  }

  /** A record kept aside. */
  public static Quarantined quarantined(ProjectId project, String original) {
    return new Quarantined(
        project,
        NOON,
        Dialect.SENSORS,
        QuarantineReason.TYPE_UNKNOWN,
        "Unknown 'type'",
        original.getBytes(StandardCharsets.UTF_8));
  }

  /** A request's records. */
  public static Submission submission(ProjectId project, LogRecord... records) {
    return new Submission(project, List.of(records), Map.of());
  }

  private static Source source(ProjectId project, String id, String login) {
    return new Source(
        project,
        new EventId(id),
        new Identity(login, "device-1", false),
        NOON.minusSeconds(60),
        NOON,
        "Java 3.4.0");
  }
}
