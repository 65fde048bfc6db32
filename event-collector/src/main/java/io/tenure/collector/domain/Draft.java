package io.tenure.collector.domain;

import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it came over the wire, parsed but not yet understood. Values are {@link String},
 * {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link
 * java.util.List}, {@link Map} and {@link JsonNull}.
 *
 * @param project the tenant its credential belongs to
 * @param fields the record; empty when it could not be parsed
 * @param envelope what the request says about all its records
 * @param original where its bytes are
 * @param fault why it can't be understood, found while parsing
 */
public record Draft(
    ProjectId project,
    Dialect dialect,
    Instant receiveTime,
    Map<String, Object> fields,
    Envelope envelope,
    Original original,
    Verdict.@Nullable Quarantine fault) {

  /**
   * What a request says about all its records.
   *
   * @param fields fields beside the batch, for example Segment's {@code sentAt} and {@code context}
   * @param retry whether the sender says that it sends the request again
   */
  public record Envelope(Map<String, Object> fields, boolean retry) {

    /** Says nothing. */
    public static final Envelope NONE = new Envelope(Map.of(), false);
  }

  /** A part of a body; copied only when the record must be kept as it came. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Original(byte[] body, int from, int to) {

    /** The whole of it. */
    public static Original of(byte[] body) {
      return new Original(body, 0, body.length);
    }

    /** Length in bytes. */
    public int size() {
      return to - from;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
      return Arrays.copyOfRange(body, from, to);
    }
  }
}
