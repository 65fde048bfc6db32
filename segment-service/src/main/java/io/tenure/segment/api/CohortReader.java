package io.tenure.segment.api;

import static io.tenure.condition.api.Fields.at;

import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.StartBreakdown;
import io.tenure.segment.domain.cohort.Cohorting;
import io.tenure.segment.domain.cohort.StartValues;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.ValueChoice;
import org.jspecify.annotations.Nullable;

/** Reads what questions about cohorts have in common. */
final class CohortReader {

  private static final int VALUES = 10;

  private CohortReader() {}

  /**
   * @param otherwise what not set means
   */
  static Cohorting cohorting(
      String path, io.tenure.proto.analysis.v1.Cohorting cohorting, Cohorting otherwise) {
    return switch (cohorting) {
      case COHORTING_UNSPECIFIED -> otherwise;
      case COHORTING_EVERY_PERIOD -> Cohorting.EVERY_PERIOD;
      case COHORTING_FIRST_IN_RANGE -> Cohorting.FIRST_IN_RANGE;
      case COHORTING_FIRST_MATCHING -> Cohorting.FIRST_MATCHING;
      case COHORTING_FIRST_EVER -> Cohorting.FIRST_EVER;
      case UNRECOGNIZED -> throw Failure.invalid(path, "is none this version knows");
    };
  }

  static @Nullable StartValues values(String path, boolean given, StartBreakdown breakdown) {
    if (!given) {
      return null;
    }
    Column column =
        switch (breakdown.getByCase()) {
          case PROPERTY ->
              at(path + ".property", () -> new Column.Property(breakdown.getProperty()));
          case TRAIT -> at(path + ".trait", () -> new Column.Trait(breakdown.getTrait()));
          case BY_NOT_SET -> throw Failure.invalid(path + ".property", "or trait is required");
        };
    int limit = breakdown.getLimit() == 0 ? VALUES : breakdown.getLimit();
    return at(path + ".limit", () -> new StartValues(column, limit));
  }

  /** The name of a property; null for an empty one. */
  static @Nullable String property(String path, String name) {
    return name.isEmpty() ? null : at(path, () -> new Column.Property(name)).name();
  }

  /** A part of the result that can only be chosen where users are told apart. */
  static ValueChoice choice(
      String path, @Nullable StartValues values, boolean chosen, ValueChoice choice) {
    if (values == null || !chosen) {
      throw Failure.invalid(path, "must be true when given, and needs a query with a breakdown");
    }
    return choice;
  }

  /** The users of a value. */
  static ValueChoice value(@Nullable String value) {
    return ValueChoice.one(Journey.written(value));
  }
}
