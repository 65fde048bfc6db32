package io.tenure.collector.domain.record;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the log holds. */
public sealed interface LogRecord {

  /** The tenant. */
  ProjectId project();

  /** When the record reached us, in milliseconds. */
  Instant receiveTime();

  /** By what a second sending of the same record is recognised. */
  Fingerprint fingerprint();

  /** A record that passed every step. */
  sealed interface Accepted extends LogRecord {

    /** Where it comes from. */
    Source source();

    @Override
    default ProjectId project() {
      return source().project();
    }

    @Override
    default Instant receiveTime() {
      return source().receiveTime();
    }

    @Override
    default Fingerprint fingerprint() {
      return source().eventId().fingerprint(project());
    }
  }

  /**
   * What all accepted records share.
   *
   * @param eventTime device time, corrected for a wrong clock where the protocol allows
   * @param originalTime device time as sent
   * @param library the SDK, for example {@code "Java 3.4.0"}; empty when unknown
   */
  record Source(
      ProjectId project,
      EventId eventId,
      Identity identity,
      Instant eventTime,
      Instant originalTime,
      Instant receiveTime,
      String library) {

    /** Of a record whose time is not corrected. */
    public Source(
        ProjectId project,
        EventId eventId,
        Identity identity,
        Instant eventTime,
        Instant receiveTime,
        String library) {
      this(project, eventId, identity, eventTime, eventTime, receiveTime, library);
    }

    /** The same about somebody else. */
    public Source with(Identity other) {
      return new Source(project, eventId, other, eventTime, originalTime, receiveTime, library);
    }

    /** The same under another id. */
    public Source with(EventId id) {
      return new Source(project, id, identity, eventTime, originalTime, receiveTime, library);
    }
  }

  /**
   * Something a user did.
   *
   * @param properties values as text: strings as they are, numbers in plain decimal, lists and
   *     objects as JSON
   */
  record Event(Source source, String name, Map<String, String> properties) implements Accepted {}

  /** A change of a profile or of a user's ids; there may be no changes when only ids are joined. */
  record ProfileChange(Source source, List<TraitChange> changes) implements Accepted {}

  /**
   * Something events are about: a product, a branch, a detail of an account. It belongs to nobody,
   * or carries the ids of the user it is a detail of.
   *
   * @param kind item or detail; each has ids of its own
   * @param type what sort of thing, for example {@code "fund"}
   * @param itemId its id among the things of its type
   * @param deleted whether it is gone; then there are no properties
   * @param properties all its properties, as those of an event
   */
  record Item(
      Source source,
      Kind kind,
      String type,
      String itemId,
      boolean deleted,
      Map<String, String> properties)
      implements Accepted {

    /** The two sorts of things the Sensors protocol knows. */
    public enum Kind {
      /** Stands for itself. */
      ITEM("item"),
      /** A part of a user or of an item. */
      DETAIL("detail");

      private final String label;

      Kind(String label) {
        this.label = label;
      }

      /** The name in tables. */
      public String label() {
        return label;
      }
    }
  }

  /**
   * A record kept aside.
   *
   * @param context what a replay needs beside the bytes
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Quarantined(
      ProjectId project,
      Instant receiveTime,
      Dialect dialect,
      QuarantineReason reason,
      String detail,
      byte[] original,
      QuarantineContext context)
      implements LogRecord {

    /** Kept aside before there was a context. */
    public Quarantined(
        ProjectId project,
        Instant receiveTime,
        Dialect dialect,
        QuarantineReason reason,
        String detail,
        byte[] original) {
      this(project, receiveTime, dialect, reason, detail, original, QuarantineContext.UNKNOWN);
    }

    /** What others refer to must not be missing because the bytes beside it are known. */
    @Override
    public Fingerprint fingerprint() {
      String told = context.tells() ? ":" + context.shared() : "";
      return Fingerprint.of("quarantine:" + project + told, original);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Quarantined that
          && project.equals(that.project)
          && receiveTime.equals(that.receiveTime)
          && dialect == that.dialect
          && reason == that.reason
          && detail.equals(that.detail)
          && context.equals(that.context)
          && java.util.Arrays.equals(original, that.original);
    }

    @Override
    public int hashCode() {
      return java.util.Arrays.hashCode(original);
    }
  }
}
