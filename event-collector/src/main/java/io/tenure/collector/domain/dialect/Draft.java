package io.tenure.collector.domain.dialect;

import io.tenure.collector.domain.record.Dialect;
import io.tenure.collector.domain.record.ExactJson;
import io.tenure.collector.domain.record.JsonNull;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One record as it came over the wire, parsed but not yet understood. Values are {@link String},
 * {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link
 * java.util.List}, {@link Map} and {@link JsonNull}.
 *
 * @param arrival how it reached us
 * @param fields the record; empty when it could not be parsed
 * @param shared what the body says about all its records, for example Segment's {@code sentAt} and
 *     {@code context}
 * @param original where its bytes are
 * @param fault why it can't be understood, found while parsing
 */
public record Draft(
    Arrival arrival,
    Dialect dialect,
    Map<String, Object> fields,
    Map<String, Object> shared,
    Original original,
    Verdict.@Nullable Quarantine fault) {

  /** The tenant its credential belongs to. */
  public ProjectId project() {
    return arrival.project();
  }

  /** When it reached us, in milliseconds. */
  public Instant receiveTime() {
    return arrival.time();
  }

  /** The record with other fields, as a repair makes it. */
  public Draft with(Map<String, Object> repaired) {
    return new Draft(arrival, dialect, repaired, shared, original, fault);
  }

  /** The record as it is kept aside, one of several of its request. */
  public LogRecord.Quarantined aside(Verdict.Quarantine verdict, SharedOnce once) {
    return new LogRecord.Quarantined(
        project(),
        receiveTime(),
        dialect,
        verdict.reason(),
        verdict.detail(),
        original.bytes(),
        context(once));
  }

  /**
   * What must be kept beside its bytes to read it again later as if it came now. Of a record that
   * came encrypted, nothing from its inside.
   */
  public QuarantineContext context() {
    return context(new SharedOnce());
  }

  private QuarantineContext context(SharedOnce once) {
    boolean open = original.cover() == null;
    return new QuarantineContext(
        arrival.address(),
        arrival.userAgent(),
        arrival.retry(),
        arrival.otherProjects().stream().map(ProjectId::value).collect(Collectors.toSet()),
        once.of(ExactJson.of(shared)),
        open ? new Fields(fields).lenientText(dialect == Dialect.NATIVE ? "name" : "event") : "",
        open ? library() : "");
  }

  private String library() {
    Fields sensors = new Fields(fields).lenientObject("lib");
    Fields segment = new Fields(fields).lenientObject("context").lenientObject("library");
    if (segment.values().isEmpty()) {
      segment = new Fields(shared).lenientObject("context").lenientObject("library");
    }
    String name = sensors.lenientText("$lib") + segment.lenientText("name");
    String version = sensors.lenientText("$lib_version") + segment.lenientText("version");
    return version.isEmpty() ? name : name + " " + version;
  }

  /** The same draft in another project its credential opens. */
  Draft in(ProjectId other) {
    return new Draft(arrival.in(other), dialect, fields, shared, original, fault);
  }

  /** The same draft with a fault, unless it has one. */
  Draft orFault(Verdict.Quarantine found) {
    return fault == null ? new Draft(arrival, dialect, fields, shared, original, found) : this;
  }

  /** The same draft with one more field of its request. */
  public Draft sharing(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(shared);
    more.put(name, value);
    return new Draft(arrival, dialect, fields, more, original, fault);
  }

  /** Whether the sender vouches for a time that is older than usual. */
  public boolean hasFreeTime() {
    return SensorsTime.isFree(fields);
  }

  /** Encrypts a record again that came encrypted, so that it is never kept in the open. */
  @FunctionalInterface
  public interface Cover {

    /** An envelope that holds only this record. */
    byte[] over(byte[] plain);
  }

  /**
   * A part of a body; copied only when the record must be kept as it came.
   *
   * @param cover of a record that came encrypted
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Original(byte[] body, int from, int to, @Nullable Cover cover) {

    /** A part that came in the open. */
    public Original(byte[] body, int from, int to) {
      this(body, from, to, null);
    }

    /** The whole of it. */
    public static Original of(byte[] body) {
      return new Original(body, 0, body.length);
    }

    /** Length in bytes, in the open. */
    public int size() {
      return to - from;
    }

    /** A copy of the bytes as they may be kept. */
    public byte[] bytes() {
      byte[] plain = Arrays.copyOfRange(body, from, to);
      return cover == null ? plain : cover.over(plain);
    }
  }
}
