package io.tenure.collector.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.collector.domain.quarantine.MaskedText;
import io.tenure.collector.domain.quarantine.Preview;
import io.tenure.collector.domain.quarantine.QuarantineFilter;
import io.tenure.collector.domain.quarantine.QuarantineId;
import io.tenure.collector.domain.quarantine.QuarantineKey;
import io.tenure.collector.domain.quarantine.QuarantineStore.HourCount;
import io.tenure.collector.domain.quarantine.QuarantinedEntry;
import io.tenure.collector.domain.quarantine.Replay;
import io.tenure.collector.domain.record.QuarantineContext;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.event.v1.QuarantineCount;
import io.tenure.proto.event.v1.QuarantineReplay;
import io.tenure.proto.event.v1.QuarantineState;
import io.tenure.proto.event.v1.QuarantinedRecord;
import io.tenure.proto.event.v1.ReplayExample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Quarantine in the words of the contract. */
final class QuarantineMessages {

  private static final int MOST_IDS = 1000;

  private QuarantineMessages() {}

  /** A record; its content only for those who may see it. */
  static QuarantinedRecord record(QuarantinedEntry entry, boolean whole) {
    QuarantineContext context = entry.record().context();
    byte[] original = entry.record().original();
    QuarantinedRecord.Builder record =
        QuarantinedRecord.newBuilder()
            .setId(entry.id().toString())
            .setReason(entry.reason())
            .setDetail(entry.record().detail())
            .setReceiveTime(timestamp(entry.record().receiveTime()))
            .setDialect(entry.record().dialect().label())
            .setMasked(MaskedText.of(original))
            .setEventName(context.eventName())
            .setLibrary(context.library())
            .setState(state(entry.decision().state()))
            .setStateAuthor(entry.decision().author())
            .setEventId(entry.decision().eventId())
            .setOperationId(entry.decision().operationId())
            .setRetry(context.retry())
            .setShared(whole ? context.shared() : MaskedText.of(context.shared()));
    if (whole) {
      record
          .setOriginal(ByteString.copyFrom(original))
          .setAddress(context.address())
          .setUserAgent(context.userAgent());
    }
    if (entry.decision().time().isAfter(Instant.EPOCH)) {
      record.setStateTime(timestamp(entry.decision().time()));
    }
    return record.build();
  }

  static QuarantineFilter filter(io.tenure.proto.event.v1.QuarantineFilter filter, String reason) {
    LinkedHashSet<String> reasons = new LinkedHashSet<>(filter.getReasonsList());
    if (!reason.isEmpty()) {
      reasons.add(reason);
    }
    if (filter.getIdsCount() > MOST_IDS) {
      throw Failure.invalid("filter.ids", "must be at most " + MOST_IDS);
    }
    return new QuarantineFilter(
        reasons,
        filter.getDialect(),
        filter.getEventName(),
        filter.getLibrary(),
        state(filter.getState()),
        filter.hasFromTime() ? instant(filter.getFromTime()) : QuarantineFilter.ALL.from(),
        filter.hasToTime() ? instant(filter.getToTime()) : QuarantineFilter.ALL.to(),
        filter.getIdsList().stream().map(QuarantineId::parse).toList());
  }

  static QuarantineCount count(String reason, long count) {
    return QuarantineCount.newBuilder().setReason(reason).setCount(count).build();
  }

  static QuarantineCount count(HourCount count) {
    return QuarantineCount.newBuilder()
        .setReason(count.reason())
        .setHour(timestamp(count.hour()))
        .setCount(count.count())
        .build();
  }

  static QuarantineReplay replay(Replay replay) {
    return QuarantineReplay.newBuilder()
        .setId(replay.id())
        .setFilter(filter(replay.filter()))
        .addAllRepairs(replay.repairs().stream().map(RepairMessages::of).toList())
        .setState(
            switch (replay.state()) {
              case RUNNING -> QuarantineReplay.State.STATE_RUNNING;
              case DONE -> QuarantineReplay.State.STATE_DONE;
              case CANCELLED -> QuarantineReplay.State.STATE_CANCELLED;
              case FAILED -> QuarantineReplay.State.STATE_FAILED;
            })
        .setMatched(replay.counts().matched())
        .setExamined(replay.counts().examined())
        .setAccepted(replay.counts().accepted())
        .setDuplicate(replay.counts().duplicate())
        .putAllRemaining(replay.counts().remaining())
        .setAuthor(replay.author())
        .setCreateTime(timestamp(replay.createTime()))
        .setUpdateTime(timestamp(replay.updateTime()))
        .setError(replay.error())
        .build();
  }

  static ReplayExample example(Preview.Example example, boolean whole) {
    String before = new String(example.before(), StandardCharsets.UTF_8);
    return ReplayExample.newBuilder()
        .setId(example.id().toString())
        .setReasonBefore(example.reasonBefore())
        .setReasonAfter(example.reasonAfter())
        .setDetailAfter(example.detailAfter())
        .setBefore(whole ? before : MaskedText.of(example.before()))
        .setAfter(whole ? example.after() : MaskedText.of(example.after()))
        .build();
  }

  /** A place in the list, for a page token. */
  static List<String> place(QuarantineKey key) {
    return List.of(Long.toString(key.receiveTime().toEpochMilli()), key.id().toString());
  }

  static QuarantineKey key(List<String> place) {
    return new QuarantineKey(
        Instant.ofEpochMilli(Long.parseLong(place.get(0))), QuarantineId.parse(place.get(1)));
  }

  private static io.tenure.proto.event.v1.QuarantineFilter filter(QuarantineFilter filter) {
    return io.tenure.proto.event.v1.QuarantineFilter.newBuilder()
        .addAllReasons(filter.reasons())
        .setDialect(filter.dialect())
        .setEventName(filter.eventName())
        .setLibrary(filter.library())
        .setState(
            filter
                .state()
                .map(QuarantineMessages::state)
                .orElse(QuarantineState.QUARANTINE_STATE_UNSPECIFIED))
        .setFromTime(timestamp(filter.from()))
        .setToTime(timestamp(filter.to()))
        .addAllIds(filter.ids().stream().map(QuarantineId::toString).toList())
        .build();
  }

  private static QuarantineState state(
      io.tenure.collector.domain.quarantine.QuarantineState state) {
    return switch (state) {
      case OPEN -> QuarantineState.QUARANTINE_STATE_OPEN;
      case REPLAYED -> QuarantineState.QUARANTINE_STATE_REPLAYED;
      case DISMISSED -> QuarantineState.QUARANTINE_STATE_DISMISSED;
    };
  }

  private static Optional<io.tenure.collector.domain.quarantine.QuarantineState> state(
      QuarantineState state) {
    return switch (state) {
      case QUARANTINE_STATE_UNSPECIFIED -> Optional.empty();
      case QUARANTINE_STATE_OPEN ->
          Optional.of(io.tenure.collector.domain.quarantine.QuarantineState.OPEN);
      case QUARANTINE_STATE_REPLAYED ->
          Optional.of(io.tenure.collector.domain.quarantine.QuarantineState.REPLAYED);
      case QUARANTINE_STATE_DISMISSED ->
          Optional.of(io.tenure.collector.domain.quarantine.QuarantineState.DISMISSED);
      case UNRECOGNIZED -> throw Failure.invalid("filter.state", "is unknown");
    };
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochMilli(Timestamps.toMillis(time));
  }
}
