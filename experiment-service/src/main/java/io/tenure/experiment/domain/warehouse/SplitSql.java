package io.tenure.experiment.domain.warehouse;

import io.tenure.evaluator.Arm;
import io.tenure.evaluator.Dealing;
import io.tenure.evaluator.Gate;
import io.tenure.evaluator.Hashing;
import io.tenure.evaluator.Place;
import io.tenure.evaluator.Serving;
import io.tenure.evaluator.Stretch;
import io.tenure.experiment.domain.serving.AssignmentReason;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a split as expressions over a column of units, in the order in which the evaluator decides
 * it. ClickHouse's {@code murmurHash3_32} is the evaluator's hash: x86, 32 bits, seed 0, unsigned;
 * the cut points are the evaluator's own integers.
 */
final class SplitSql {

  private static final String NOBODY = "''";
  private static final String ALWAYS = "1";
  private static final String NEVER = "0";

  private final Serving.Split split;
  private final String column;
  private final Instant now;

  SplitSql(Serving.Split split, UnitColumn column, Instant now) {
    this.split = split;
    this.column = column.quoted();
    this.now = now;
  }

  private record Branch(String condition, String value) {}

  /** Name of the variant. */
  String variant() {
    List<Branch> branches = new ArrayList<>();
    outside().forEach(branch -> branches.add(new Branch(branch.condition(), NOBODY)));
    for (Arm arm : split.arms()) {
      branches.add(new Branch(taken(arm), text(arm.variant())));
    }
    return choice(branches, NOBODY);
  }

  /** Name of the {@link AssignmentReason}. */
  String reason() {
    return choice(outside(), text(AssignmentReason.ARM.name()));
  }

  /** Who takes no part, and why: no unit, then hold-outs, then the other gates. */
  private List<Branch> outside() {
    List<Branch> branches = new ArrayList<>();
    branches.add(branch("isNull(" + column + ")", AssignmentReason.NO_UNIT));
    Stream.concat(
            split.gates().stream().filter(Gate.Holdout.class::isInstance),
            split.gates().stream().filter(gate -> !(gate instanceof Gate.Holdout)))
        .map(this::outside)
        .forEach(branches::add);
    return branches;
  }

  private Branch outside(Gate gate) {
    return switch (gate) {
      case Gate.Holdout(String _, Place place) -> branch(inside(place), AssignmentReason.HELD_OUT);
      case Gate.Layer(String _, Place place) ->
          branch("NOT (" + inside(place) + ")", AssignmentReason.NOT_IN_LAYER);
      case Gate.Enrolment enrolment ->
          branch("NOT (" + enrolled(enrolment) + ")", AssignmentReason.NOT_ENROLLED);
    };
  }

  private static Branch branch(String condition, AssignmentReason reason) {
    return new Branch(condition, text(reason.name()));
  }

  /** Stages are in order; before the first nobody takes part. */
  private String enrolled(Gate.Enrolment enrolment) {
    return enrolment.stages().stream()
        .filter(stage -> !now.isBefore(stage.from()))
        .reduce((_, later) -> later)
        .map(stage -> inside(new Place(enrolment.dealing(), List.of(stage.enrolled()))))
        .orElse(NEVER);
  }

  private String taken(Arm arm) {
    return arm.places().stream().map(this::inside).collect(Collectors.joining(" AND "));
  }

  private String inside(Place place) {
    String bucket = bucket(place.dealing());
    String stretches =
        place.stretches().stream()
            .map(stretch -> inside(bucket, stretch))
            .collect(Collectors.joining(" OR "));
    return place.stretches().isEmpty()
        ? NEVER
        : place.stretches().size() == 1 ? stretches : "(" + stretches + ")";
  }

  private static String inside(String bucket, Stretch stretch) {
    boolean first = stretch.from() == 0;
    boolean last = stretch.to() == Hashing.BUCKETS;
    if (first && last) {
      return ALWAYS;
    }
    String from = bucket + " >= " + stretch.from();
    String to = bucket + " < " + stretch.to();
    return first ? to : last ? from : "(" + from + " AND " + to + ")";
  }

  private String bucket(Dealing dealing) {
    if (dealing.hashing() != Hashing.MURMUR3) {
      throw Failure.of(
          Reason.FAILED_PRECONDITION,
          "The split '"
              + split.key()
              + "' hashes units as "
              + dealing.hashing()
              + ", which is not written as SQL");
    }
    return "murmurHash3_32(concat(" + text(dealing.salt() + ":") + ", toString(" + column + ")))";
  }

  private static String choice(List<Branch> branches, String otherwise) {
    return branches.stream()
        .map(branch -> branch.condition() + ", " + branch.value())
        .collect(Collectors.joining(",\n  ", "multiIf(\n  ", ",\n  " + otherwise + ")"));
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
