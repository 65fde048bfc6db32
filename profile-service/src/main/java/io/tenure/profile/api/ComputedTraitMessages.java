package io.tenure.profile.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.tenure.condition.api.ConditionWriter;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.computed.Computation;
import io.tenure.profile.domain.computed.ComputedTrait;
import io.tenure.profile.domain.computed.ComputedTraitDefinition;
import io.tenure.profile.domain.computed.TraitRule;
import io.tenure.proto.profile.v1.ComputedTrait.Calculation;
import io.tenure.proto.profile.v1.TraitComputation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes computed traits, their computations and their values. */
final class ComputedTraitMessages {

  private ComputedTraitMessages() {}

  static io.tenure.proto.profile.v1.ComputedTrait write(ComputedTraitDefinition definition) {
    ComputedTrait trait = definition.trait();
    return io.tenure.proto.profile.v1.ComputedTrait.newBuilder()
        .setId(trait.id())
        .setDisplayName(trait.displayName())
        .setDescription(trait.description())
        .setEvents(ConditionWriter.selector(trait.events()))
        .setCalculation(Calculation.valueOf("CALCULATION_" + trait.calculation().name()))
        .setProperty(trait.property())
        .setWindowDays(trait.windowDays())
        .setTrendWindows(trait.trendWindows())
        .setTrendWindowDays(trait.trendWindowDays())
        .setTimeZone(trait.zone().getId())
        .addAllHolidays(write(trait.days().holidays()))
        .addAllWorkingWeekends(write(trait.days().workingWeekends()))
        .setInterval(Durations.fromSeconds(trait.interval().toSeconds()))
        .setPaused(trait.paused())
        .setLive(trait.live())
        .addAllRules(trait.rules().stream().map(ComputedTraitMessages::write).toList())
        .addAllTraits(trait.traits())
        .setCreateTime(time(definition.createTime()))
        .setUpdateTime(time(definition.updateTime()))
        .setEtag(definition.etag())
        .build();
  }

  static TraitComputation write(Computation computation) {
    return TraitComputation.newBuilder()
        .setId(computation.id())
        .setComputedTraitId(computation.definitionId())
        .setState(
            switch (computation.state()) {
              case RUNNING -> TraitComputation.State.STATE_RUNNING;
              case DONE -> TraitComputation.State.STATE_DONE;
              case FAILED -> TraitComputation.State.STATE_FAILED;
            })
        .setAsOfTime(time(computation.asOf()))
        .setExamined(computation.examined())
        .setTotal(computation.total())
        .setUsers(computation.users())
        .setChanges(computation.changes())
        .setError(computation.error())
        .setAuthor(computation.author())
        .setUpdateTime(time(computation.updateTime()))
        .build();
  }

  static Struct write(Map<String, TraitValue> traits) {
    Struct.Builder struct = Struct.newBuilder();
    traits.forEach((name, value) -> struct.putFields(name, ProfileMessages.struct(value)));
    return struct.build();
  }

  private static io.tenure.proto.profile.v1.TraitRule write(TraitRule rule) {
    io.tenure.proto.profile.v1.TraitRule.Builder message =
        io.tenure.proto.profile.v1.TraitRule.newBuilder().setValue(rule.value());
    try {
      JsonFormat.parser().merge(rule.condition(), message.getConditionBuilder());
    } catch (InvalidProtocolBufferException exception) {
      throw new IllegalStateException("A stored condition is not readable", exception);
    }
    return message.build();
  }

  private static List<String> write(Collection<LocalDate> dates) {
    return dates.stream().sorted().map(LocalDate::toString).toList();
  }

  private static Timestamp time(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
