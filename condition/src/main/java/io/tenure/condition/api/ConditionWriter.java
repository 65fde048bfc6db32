package io.tenure.condition.api;

import com.google.protobuf.Value;
import io.tenure.condition.domain.Comparison;
import io.tenure.condition.domain.Condition;
import io.tenure.condition.domain.TimeRange;
import io.tenure.proto.condition.v1.Conditions;
import io.tenure.proto.condition.v1.EventCondition;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.Interval;
import io.tenure.proto.condition.v1.LatestCondition;
import io.tenure.proto.condition.v1.Operator;
import io.tenure.proto.condition.v1.PropertyFilter;
import io.tenure.proto.condition.v1.SegmentCondition;
import io.tenure.proto.condition.v1.SequenceCondition;
import io.tenure.proto.condition.v1.TraitCondition;
import io.tenure.proto.condition.v1.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Translates conditions of the domain back into the contract's. */
public final class ConditionWriter {

  private ConditionWriter() {}

  /** The message of a condition. */
  public static io.tenure.proto.condition.v1.Condition write(Condition condition) {
    var message = io.tenure.proto.condition.v1.Condition.newBuilder();
    switch (condition) {
      case Condition.All(List<Condition> parts) -> message.setAll(parts(parts));
      case Condition.Any(List<Condition> parts) -> message.setAny(parts(parts));
      case Condition.Not(Condition part) -> message.setNot(write(part));
      case Condition.Trait(String name, Comparison comparison) ->
          message.setTrait(
              TraitCondition.newBuilder()
                  .setName(name)
                  .setOperator(operator(comparison.operator()))
                  .addAllValues(values(comparison)));
      case Condition.EventCount event -> message.setEvent(event(event));
      case Condition.Latest latest ->
          message.setLatest(
              LatestCondition.newBuilder()
                  .setSelector(selector(latest.selector()))
                  .setProperty(latest.property())
                  .setOperator(operator(latest.comparison().operator()))
                  .addAllValues(values(latest.comparison())));
      case Condition.InSegment(String segmentId) ->
          message.setSegment(SegmentCondition.newBuilder().setSegmentId(segmentId));
      case Condition.Sequence sequence -> message.setSequence(sequence(sequence));
    }
    return message.build();
  }

  private static Conditions parts(List<Condition> parts) {
    return Conditions.newBuilder()
        .addAllConditions(parts.stream().map(ConditionWriter::write).toList())
        .build();
  }

  private static EventCondition event(Condition.EventCount event) {
    var message =
        EventCondition.newBuilder()
            .setSelector(selector(event.selector()))
            .setOperator(operator(event.operator()))
            .setCount(event.count());
    window(event.window()).ifPresent(message::setWindow);
    return message.build();
  }

  private static SequenceCondition sequence(Condition.Sequence sequence) {
    var message =
        SequenceCondition.newBuilder()
            .addAllSteps(sequence.steps().stream().map(ConditionWriter::selector).toList())
            .setWithin(Fields.duration(sequence.within()));
    window(sequence.window()).ifPresent(message::setWindow);
    return message.build();
  }

  /** The message of a selector of events. */
  public static EventSelector selector(io.tenure.condition.domain.EventSelector selector) {
    var message = EventSelector.newBuilder().setName(selector.name());
    selector
        .filters()
        .forEach(
            filter ->
                message.addFilters(
                    PropertyFilter.newBuilder()
                        .setName(filter.name())
                        .setOperator(operator(filter.comparison().operator()))
                        .addAllValues(values(filter.comparison()))));
    return message.build();
  }

  private static java.util.Optional<Window> window(io.tenure.condition.domain.Window window) {
    return switch (window) {
      case io.tenure.condition.domain.Window.Always() -> java.util.Optional.empty();
      case io.tenure.condition.domain.Window.Last(Duration length) ->
          java.util.Optional.of(Window.newBuilder().setLast(Fields.duration(length)).build());
      case io.tenure.condition.domain.Window.Between(TimeRange range) ->
          java.util.Optional.of(
              Window.newBuilder()
                  .setInterval(
                      Interval.newBuilder()
                          .setStartTime(Fields.timestamp(range.start()))
                          .setEndTime(Fields.timestamp(range.end())))
                  .build());
    };
  }

  private static List<Value> values(Comparison comparison) {
    return comparison.values().stream().map(ConditionWriter::value).toList();
  }

  private static Value value(io.tenure.condition.domain.Value value) {
    return switch (value) {
      case io.tenure.condition.domain.Value.Text(String text) ->
          Value.newBuilder().setStringValue(text).build();
      case io.tenure.condition.domain.Value.Decimal(BigDecimal number) ->
          Value.newBuilder().setNumberValue(number.doubleValue()).build();
      case io.tenure.condition.domain.Value.Flag(boolean flag) ->
          Value.newBuilder().setBoolValue(flag).build();
    };
  }

  private static Operator operator(io.tenure.condition.domain.Operator operator) {
    return Operator.valueOf("OPERATOR_" + operator.name());
  }
}
