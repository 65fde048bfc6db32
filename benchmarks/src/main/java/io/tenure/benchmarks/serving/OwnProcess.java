package io.tenure.benchmarks.serving;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.FlagSet;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.KeptKey;
import io.tenure.evaluator.Outcome;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.Subject;
import io.tenure.evaluator.UnitType;
import io.tenure.evaluator.Value;
import io.tenure.evaluator.Variant;
import io.tenure.proto.evaluator.v1.Flag;
import io.tenure.proto.evaluator.v1.NamedPlace;
import io.tenure.proto.evaluator.v1.Split;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides in this process, as an SDK of a backend would: by the flag as the service streams it. It
 * reads what the compared flag has, one rule with a split by users.
 */
final class OwnProcess {

  private final FlagSet flags;
  private final String key;

  OwnProcess(Flag message) {
    this.key = message.getKey();
    this.flags =
        FlagSet.of(
            List.of(
                new io.tenure.evaluator.Flag(
                    key,
                    message.getEnabled(),
                    message.getVariantsList().stream()
                        .map(
                            variant ->
                                new Variant(
                                    variant.getName(),
                                    new Value.Text(variant.getValue().getStringValue())))
                        .toList(),
                    message.getOffVariant(),
                    List.of(),
                    List.of(),
                    message.getRulesList().stream()
                        .map(
                            rule ->
                                Rule.of(rule.getName(), null, split(rule.getServing().getSplit())))
                        .toList(),
                    new Serving.Fixed(message.getFallthrough().getVariant()))));
  }

  /** The variant the experiment deals; empty when it deals none. */
  String variant(String unit, Instant now) {
    Outcome outcome = Objects.requireNonNull(flags.decide(key, new User(unit), now));
    return outcome.split().isEmpty() ? "" : outcome.variant();
  }

  private static Serving split(Split message) {
    return new Serving.Split(
        message.getKey(),
        message.getGatesList().stream().map(OwnProcess::gate).toList(),
        message.getArmsList().stream()
            .map(
                arm ->
                    new Arm(
                        arm.getVariant(),
                        arm.getPlacesList().stream().map(OwnProcess::place).toList()))
            .toList(),
        null);
  }

  private static Gate gate(io.tenure.proto.evaluator.v1.Gate message) {
    return switch (message.getKindCase()) {
      case LAYER -> {
        NamedPlace layer = message.getLayer();
        yield new Gate.Layer(layer.getName(), place(layer.getPlace()));
      }
      case HOLDOUT -> {
        NamedPlace holdout = message.getHoldout();
        yield new Gate.Holdout(holdout.getName(), place(holdout.getPlace()));
      }
      case ENROLMENT ->
          new Gate.Enrolment(
              dealing(message.getEnrolment().getDealing()),
              message.getEnrolment().getStagesList().stream()
                  .map(
                      stage ->
                          new Gate.Stage(
                              Instant.ofEpochSecond(
                                  stage.getStartTime().getSeconds(),
                                  stage.getStartTime().getNanos()),
                              stretch(stage.getEnrolled())))
                  .toList());
      case KIND_NOT_SET -> throw new IllegalStateException("A gate of no kind");
    };
  }

  private static Place place(io.tenure.proto.evaluator.v1.Place message) {
    return new Place(
        dealing(message.getDealing()),
        message.getStretchesList().stream().map(OwnProcess::stretch).toList());
  }

  private static Dealing dealing(io.tenure.proto.evaluator.v1.Dealing message) {
    return new Dealing(UnitType.USER, Hashing.MURMUR3, message.getSalt(), message.getBuckets());
  }

  private static Stretch stretch(io.tenure.proto.evaluator.v1.Stretch message) {
    return new Stretch(message.getFrom(), message.getTo());
  }

  private record User(String id) implements Subject {
    @Override
    public @Nullable String id(UnitType type) {
      return type == UnitType.USER ? id : null;
    }

    @Override
    public @Nullable Value attribute(String name) {
      return null;
    }

    @Override
    public boolean isMemberOf(String segmentId) {
      return false;
    }

    @Override
    public @Nullable Kept kept(KeptKey key) {
      return null;
    }
  }
}
