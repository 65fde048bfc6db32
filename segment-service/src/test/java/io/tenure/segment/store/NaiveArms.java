package io.tenure.segment.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What arms mean, written down without any thought of speed. Times are milliseconds. */
final class NaiveArms {

  private static final Comparator<Deed> ORDER =
      Comparator.comparingLong(Deed::time).thenComparing(Deed::arm);

  private NaiveArms() {}

  /** Something a user did. */
  record Deed(long user, String name, long time, String arm, String unit, double amount) {}

  /**
   * A unit.
   *
   * @param complete when the last of its users was exposed
   * @param since when each of its users was exposed
   * @param deeds of its users
   */
  record Subject(
      String arm, long complete, String otherArm, Map<Long, Long> since, List<Deed> deeds) {

    /** What its users paid some time after their own exposures, before a look. */
    List<Double> amounts(Duration from, Duration to, long look) {
      return deeds.stream()
          .filter(deed -> deed.name().equals("pay") && deed.time() < look)
          .filter(
              deed -> {
                long age = deed.time() - Objects.requireNonNull(since.get(deed.user()));
                return age >= from.toMillis() && age < to.toMillis();
              })
          .map(Deed::amount)
          .toList();
    }
  }

  /**
   * Units by their id.
   *
   * @param byUnit whether the exposure tells the unit; otherwise users are units
   * @param start of the run
   * @param end of the run
   * @param otherStart since when the other experiment's exposures count
   * @param look until when everything else does
   */
  static Map<String, Subject> subjects(
      List<Deed> deeds, boolean byUnit, long start, long end, long otherStart, long look) {
    Map<String, List<Deed>> firsts = new TreeMap<>();
    for (long user : deeds.stream().map(Deed::user).distinct().toList()) {
      first(deeds.stream().filter(deed -> deed.user() == user), "exposed", start, end)
          .ifPresent(
              first ->
                  firsts
                      .computeIfAbsent(byUnit ? first.unit() : "" + user, _ -> new ArrayList<>())
                      .add(first));
    }
    Map<String, Subject> subjects = new TreeMap<>();
    firsts.forEach(
        (id, exposures) -> {
          Deed first = exposures.stream().min(ORDER).orElseThrow();
          Map<Long, Long> since =
              exposures.stream().collect(Collectors.toMap(Deed::user, Deed::time));
          Stream<Deed> seen =
              deeds.stream()
                  .filter(deed -> byUnit ? deed.unit().equals(id) : since.containsKey(deed.user()));
          String other = first(seen, "met", otherStart, look).map(Deed::arm).orElse("none");
          subjects.put(
              id,
              new Subject(
                  first.arm(),
                  exposures.stream().mapToLong(Deed::time).max().orElseThrow(),
                  other,
                  since,
                  deeds.stream().filter(deed -> since.containsKey(deed.user())).toList()));
        });
    return subjects;
  }

  private static Optional<Deed> first(Stream<Deed> deeds, String name, long start, long end) {
    return deeds
        .filter(deed -> deed.name().equals(name))
        .filter(deed -> deed.time() >= start && deed.time() < end)
        .min(ORDER);
  }
}
