package io.tenure.experiment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.condition.api.Fields;
import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stickiness;
import io.tenure.evaluator.Stretch;
import io.tenure.evaluator.UnitType;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.evaluator.v1.Enrolment;
import io.tenure.proto.evaluator.v1.NamedPlace;
import io.tenure.proto.evaluator.v1.Split;
import io.tenure.proto.evaluator.v1.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Splits, from and to their messages. */
final class SplitMessages {

  private static final int MOST_ARMS = 100;
  private static final int MOST_PLACES = 20;
  private static final int MOST_STRETCHES = 1_000;
  private static final int MOST_STAGES = 100;

  private SplitMessages() {}

  /**
   * The split of a message.
   *
   * @throws Failure INVALID_ARGUMENT naming the field
   */
  static Serving.Split read(String path, Split message) {
    requireAtMost(path + ".arms", message.getArmsCount(), MOST_ARMS);
    List<Gate> gates = new ArrayList<>();
    for (int i = 0; i < message.getGatesCount(); i++) {
      gates.add(gate(path + ".gates[" + i + "]", message.getGates(i)));
    }
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < message.getArmsCount(); i++) {
      String arm = path + ".arms[" + i + "]";
      requireAtMost(arm + ".places", message.getArms(i).getPlacesCount(), MOST_PLACES);
      List<Place> places = new ArrayList<>();
      for (int j = 0; j < message.getArms(i).getPlacesCount(); j++) {
        places.add(place(arm + ".places[" + j + "]", message.getArms(i).getPlaces(j)));
      }
      String variant = message.getArms(i).getVariant();
      arms.add(at(arm, () -> new Arm(variant, places)));
    }
    return at(
        path,
        () ->
            new Serving.Split(
                message.getKey(),
                gates,
                arms,
                message.hasStickiness()
                    ? new Stickiness(
                        message.getStickiness().getVersion(),
                        message.getStickiness().getOldestVersion())
                    : null));
  }

  private static Gate gate(String path, io.tenure.proto.evaluator.v1.Gate message) {
    return switch (message.getKindCase()) {
      case LAYER ->
          new Gate.Layer(
              message.getLayer().getName(),
              place(path + ".layer.place", message.getLayer().getPlace()));
      case HOLDOUT ->
          new Gate.Holdout(
              message.getHoldout().getName(),
              place(path + ".holdout.place", message.getHoldout().getPlace()));
      case ENROLMENT -> enrolment(path + ".enrolment", message.getEnrolment());
      case KIND_NOT_SET -> throw Failure.invalid(path, "needs exactly one kind of gate");
    };
  }

  private static Gate enrolment(String path, Enrolment message) {
    requireAtMost(path + ".stages", message.getStagesCount(), MOST_STAGES);
    if (message.getStagesCount() == 0) {
      throw Failure.invalid(path + ".stages", "needs at least one stage");
    }
    Dealing dealing = dealing(path + ".dealing", message.getDealing());
    List<Gate.Stage> stages = new ArrayList<>();
    for (int i = 0; i < message.getStagesCount(); i++) {
      Stage stage = message.getStages(i);
      String field = path + ".stages[" + i + "]";
      Instant start =
          stage.hasStartTime()
              ? Fields.instant(field + ".start_time", stage.getStartTime())
              : Instant.MIN;
      stages.add(new Gate.Stage(start, stretch(field + ".enrolled", stage.getEnrolled())));
    }
    return new Gate.Enrolment(dealing, stages);
  }

  private static Place place(String path, io.tenure.proto.evaluator.v1.Place message) {
    requireAtMost(path + ".stretches", message.getStretchesCount(), MOST_STRETCHES);
    Dealing dealing = dealing(path + ".dealing", message.getDealing());
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < message.getStretchesCount(); i++) {
      stretches.add(stretch(path + ".stretches[" + i + "]", message.getStretches(i)));
    }
    return at(path, () -> new Place(dealing, stretches));
  }

  private static Stretch stretch(String path, io.tenure.proto.evaluator.v1.Stretch message) {
    return at(path, () -> new Stretch(message.getFrom(), message.getTo()));
  }

  private static Dealing dealing(String path, io.tenure.proto.evaluator.v1.Dealing message) {
    Hashing hashing = hashing(path + ".hashing", message.getHashing());
    return at(
        path,
        () ->
            new Dealing(
                unit(path + ".unit_type", message.getUnitType()),
                hashing,
                message.getSalt(),
                message.getBuckets()));
  }

  private static void requireAtMost(String path, int count, int most) {
    if (count > most) {
      throw Failure.invalid(path, "at most " + most);
    }
  }

  /** The type of a unit; a user when none is set. */
  static UnitType unit(String path, io.tenure.proto.evaluator.v1.UnitType message) {
    return switch (message) {
      case UNIT_TYPE_UNSPECIFIED, UNIT_TYPE_USER -> UnitType.USER;
      case UNIT_TYPE_DEVICE -> UnitType.DEVICE;
      case UNIT_TYPE_ACCOUNT -> UnitType.ACCOUNT;
      case UNIT_TYPE_HOUSEHOLD -> UnitType.HOUSEHOLD;
      case UNRECOGNIZED -> throw Failure.invalid(path, "is not known");
    };
  }

  static io.tenure.proto.evaluator.v1.UnitType unit(UnitType unit) {
    return switch (unit) {
      case USER -> io.tenure.proto.evaluator.v1.UnitType.UNIT_TYPE_USER;
      case DEVICE -> io.tenure.proto.evaluator.v1.UnitType.UNIT_TYPE_DEVICE;
      case ACCOUNT -> io.tenure.proto.evaluator.v1.UnitType.UNIT_TYPE_ACCOUNT;
      case HOUSEHOLD -> io.tenure.proto.evaluator.v1.UnitType.UNIT_TYPE_HOUSEHOLD;
    };
  }

  private static Hashing hashing(String path, io.tenure.proto.evaluator.v1.Hashing message) {
    return switch (message) {
      case HASHING_MURMUR3 -> Hashing.MURMUR3;
      case HASHING_GROWTHBOOK_1 -> Hashing.GROWTHBOOK_1;
      case HASHING_GROWTHBOOK_2 -> Hashing.GROWTHBOOK_2;
      case HASHING_UNLEASH -> Hashing.UNLEASH;
      case HASHING_UNLEASH_VARIANT -> Hashing.UNLEASH_VARIANT;
      case HASHING_FLAGD -> Hashing.FLAGD;
      case HASHING_EPPO -> Hashing.EPPO;
      case HASHING_UNSPECIFIED -> throw Failure.invalid(path, "is required");
      case UNRECOGNIZED -> throw Failure.invalid(path, "is not known");
    };
  }

  private static io.tenure.proto.evaluator.v1.Hashing hashing(Hashing hashing) {
    return switch (hashing) {
      case MURMUR3 -> io.tenure.proto.evaluator.v1.Hashing.HASHING_MURMUR3;
      case GROWTHBOOK_1 -> io.tenure.proto.evaluator.v1.Hashing.HASHING_GROWTHBOOK_1;
      case GROWTHBOOK_2 -> io.tenure.proto.evaluator.v1.Hashing.HASHING_GROWTHBOOK_2;
      case UNLEASH -> io.tenure.proto.evaluator.v1.Hashing.HASHING_UNLEASH;
      case UNLEASH_VARIANT -> io.tenure.proto.evaluator.v1.Hashing.HASHING_UNLEASH_VARIANT;
      case FLAGD -> io.tenure.proto.evaluator.v1.Hashing.HASHING_FLAGD;
      case EPPO -> io.tenure.proto.evaluator.v1.Hashing.HASHING_EPPO;
    };
  }

  static Split write(Serving.Split split) {
    Split.Builder message = Split.newBuilder().setKey(split.key());
    split.gates().forEach(gate -> message.addGates(write(gate)));
    for (Arm arm : split.arms()) {
      message
          .addArmsBuilder()
          .setVariant(arm.variant())
          .addAllPlaces(arm.places().stream().map(SplitMessages::write).toList());
    }
    Stickiness stickiness = split.stickiness();
    if (stickiness != null) {
      message
          .getStickinessBuilder()
          .setVersion(stickiness.version())
          .setOldestVersion(stickiness.oldest());
    }
    return message.build();
  }

  private static io.tenure.proto.evaluator.v1.Gate write(Gate gate) {
    io.tenure.proto.evaluator.v1.Gate.Builder message =
        io.tenure.proto.evaluator.v1.Gate.newBuilder();
    switch (gate) {
      case Gate.Layer(String name, Place place) -> message.setLayer(named(name, place));
      case Gate.Holdout(String name, Place place) -> message.setHoldout(named(name, place));
      case Gate.Enrolment(Dealing dealing, List<Gate.Stage> stages) -> {
        Enrolment.Builder enrolment = Enrolment.newBuilder().setDealing(write(dealing));
        for (Gate.Stage stage : stages) {
          Stage.Builder written = enrolment.addStagesBuilder().setEnrolled(write(stage.enrolled()));
          if (stage.from().isAfter(Instant.MIN)) {
            written.setStartTime(Fields.timestamp(stage.from()));
          }
        }
        message.setEnrolment(enrolment);
      }
    }
    return message.build();
  }

  private static NamedPlace named(String name, Place place) {
    return NamedPlace.newBuilder().setName(name).setPlace(write(place)).build();
  }

  private static io.tenure.proto.evaluator.v1.Place write(Place place) {
    return io.tenure.proto.evaluator.v1.Place.newBuilder()
        .setDealing(write(place.dealing()))
        .addAllStretches(place.stretches().stream().map(SplitMessages::write).toList())
        .build();
  }

  private static io.tenure.proto.evaluator.v1.Stretch write(Stretch stretch) {
    return io.tenure.proto.evaluator.v1.Stretch.newBuilder()
        .setFrom(stretch.from())
        .setTo(stretch.to())
        .build();
  }

  private static io.tenure.proto.evaluator.v1.Dealing write(Dealing dealing) {
    return io.tenure.proto.evaluator.v1.Dealing.newBuilder()
        .setUnitType(unit(dealing.unit()))
        .setHashing(hashing(dealing.hashing()))
        .setSalt(dealing.salt())
        .setBuckets(dealing.buckets())
        .build();
  }
}
