package io.tenure.evaluator;

import static io.tenure.evaluator.Flags.NOW;
import static io.tenure.evaluator.Flags.fixed;
import static io.tenure.evaluator.Flags.flag;
import static io.tenure.evaluator.Flags.halves;
import static io.tenure.evaluator.Flags.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitTest {

  private static final int USERS = 20_000;
  private static final KeptKey EXP = new KeptKey(UnitType.USER, "exp");

  @Test
  void dealsByWeight() {
    Serving.Split split =
        Serving.Split.of(
            "exp",
            Dealing.of(UnitType.USER, "exp"),
            List.of(),
            List.of("on", "off", "other"),
            List.of(7_000, 2_900, 100),
            null);
    FlagSet set = set(split);
    Map<String, Integer> counts = new TreeMap<>();
    for (int user = 0; user < USERS; user++) {
      Outcome outcome = decide(set, user(id(user)));
      assertThat(outcome.reason()).isEqualTo(Reason.SPLIT);
      assertThat(outcome.split()).isEqualTo("exp");
      counts.merge(outcome.variant(), 1, Integer::sum);
    }
    assertThat(counts.get("on")).isBetween(13_720, 14_280);
    assertThat(counts.get("off")).isBetween(5_520, 6_080);
    assertThat(counts.get("other")).isBetween(140, 265);
  }

  @Test
  void sharesLeaveNoGap() {
    for (List<Integer> weights :
        List.of(List.of(10_000), List.of(3_333, 3_333, 3_334), List.of(0, 1, 0, 9_999))) {
      for (long buckets : List.of(Hashing.BUCKETS, 100L, 7L)) {
        long at = 0;
        for (Stretch stretch : Shares.cut(weights, buckets)) {
          assertThat(stretch.from()).isEqualTo(at);
          at = stretch.to();
        }
        assertThat(at).isEqualTo(buckets);
      }
    }
    assertThatThrownBy(() -> Shares.cut(List.of(5_000, 4_999), 100)).hasMessageContaining("9999");
  }

  @Test
  void aRampMovesNobody() {
    Dealing enrolment = Dealing.of(UnitType.USER, "enrolment");
    List<Gate.Stage> stages = new ArrayList<>();
    List<Integer> shares = List.of(100, 500, 2_500, 10_000);
    for (int stage = 0; stage < shares.size(); stage++) {
      stages.add(
          new Gate.Stage(
              NOW.plus(Duration.ofDays(stage)), Shares.first(shares.get(stage), Hashing.BUCKETS)));
    }
    FlagSet set = set(halves("exp", new Gate.Enrolment(enrolment, stages)));
    assertThat(enrolled(set, NOW.minusMillis(1))).isEmpty();
    Map<String, String> before = Map.of();
    for (int stage = 0; stage < shares.size(); stage++) {
      Map<String, String> now = enrolled(set, NOW.plus(Duration.ofDays(stage)));
      assertThat(now).containsAllEntriesOf(before);
      assertThat((double) now.size() / USERS)
          .isBetween(
              shares.get(stage) / 10_000.0 * 0.7,
              Math.min(1.0, shares.get(stage) / 10_000.0 * 1.3));
      before = now;
    }
  }

  @Test
  void splitsOfALayerNeverShareAUnit() {
    Dealing layer = Dealing.of(UnitType.USER, "layer");
    List<Stretch> parts = Shares.cut(List.of(4_000, 6_000), Hashing.BUCKETS);
    FlagSet first =
        set(halves("a", new Gate.Layer("home", new Place(layer, List.of(parts.get(0))))));
    FlagSet second =
        set(halves("b", new Gate.Layer("home", new Place(layer, List.of(parts.get(1))))));
    Set<String> inFirst = enrolled(first, NOW).keySet();
    Set<String> inSecond = enrolled(second, NOW).keySet();
    assertThat(inFirst).doesNotContainAnyElementsOf(inSecond);
    assertThat(inFirst.size() + inSecond.size()).isEqualTo(USERS);
  }

  @Test
  void whoeverIsHeldOutTakesPartInNoSplit() {
    Dealing holdout = Dealing.of(UnitType.USER, "2026");
    Place held = new Place(holdout, List.of(Shares.first(500, Hashing.BUCKETS)));
    Set<String> in = enrolled(set(halves("a", new Gate.Holdout("2026", held))), NOW).keySet();
    for (int user = 0; user < USERS; user++) {
      boolean out = holdout.bucket(id(user)) < Hashing.BUCKETS / 20;
      assertThat(in.contains(id(user))).isNotEqualTo(out);
    }
  }

  @Test
  void aUnitWhoseIdIsUnknownIsLeftToTheNextRule() {
    Serving.Split byAccount =
        Serving.Split.of(
            "exp",
            Dealing.of(UnitType.ACCOUNT, "exp"),
            List.of(),
            List.of("on", "other"),
            List.of(5_000, 5_000),
            null);
    FlagSet set = set(byAccount);
    List<Step> steps = new ArrayList<>();
    assertThat(Objects.requireNonNull(set.decide("flag", user("u"), NOW, steps::add)).reason())
        .isEqualTo(Reason.DEFAULT);
    assertThat(steps).contains(new Step.NoUnit("split", UnitType.ACCOUNT));
  }

  @Test
  void everybodyOfAHouseholdGetsTheSame() {
    FlagSet set =
        set(
            Serving.Split.of(
                "exp",
                Dealing.of(UnitType.HOUSEHOLD, "exp"),
                List.of(),
                List.of("on", "off"),
                List.of(5_000, 5_000),
                null));
    for (int home = 0; home < 100; home++) {
      Set<String> variants = new HashSet<>();
      for (int member = 0; member < 4; member++) {
        Map<UnitType, String> ids =
            Map.of(UnitType.USER, home + "-" + member, UnitType.HOUSEHOLD, "home-" + home);
        variants.add(decide(set, new Flags.Person(ids, Map.of(), Set.of(), Map.of())).variant());
      }
      assertThat(variants).hasSize(1);
    }
  }

  @Test
  void whatWasKeptIsServedAgain() {
    FlagSet set = set(sticky(new Stickiness(3, 2)));
    Outcome fresh = decide(set, user("u"));
    assertThat(fresh.keep()).isEqualTo(new Keep(EXP, new Kept(fresh.variant(), 3)));
    String other = fresh.variant().equals("on") ? "off" : "on";
    assertThat(decide(set, keeping(new Kept(other, 2))).variant()).isEqualTo(other);
    assertThat(decide(set, keeping(new Kept(other, 2))).reason()).isEqualTo(Reason.KEPT);
    assertThat(decide(set, keeping(new Kept(other, 2))).split()).isEqualTo("exp");
  }

  @Test
  void aHoldoutWinsOverWhatWasKept() {
    Dealing holdout = Dealing.of(UnitType.USER, "2026");
    Gate everybody =
        new Gate.Holdout("2026", new Place(holdout, List.of(new Stretch(0, Hashing.BUCKETS))));
    Serving.Split split = sticky(new Stickiness(1, 1));
    FlagSet set =
        set(new Serving.Split("exp", List.of(everybody), split.arms(), split.stickiness()));
    assertThat(decide(set, keeping(new Kept("on", 1))).reason()).isEqualTo(Reason.DEFAULT);
  }

  @Test
  void whoWasDealtTooLongAgoTakesNoPart() {
    FlagSet set = set(sticky(new Stickiness(3, 2)));
    assertThat(decide(set, keeping(new Kept("on", 1))).reason()).isEqualTo(Reason.DEFAULT);
    assertThat(decide(set, keeping(new Kept("gone", 3))).reason()).isEqualTo(Reason.DEFAULT);
    assertThat(decide(set, keeping(new Kept("other", 3))).reason())
        .as("another split's variant")
        .isEqualTo(Reason.DEFAULT);
  }

  /** One key, two kinds of units: what one of them was dealt says nothing about the other. */
  @Test
  void whatIsKeptIsKeptForTheUnitThatWasDealt() {
    Serving.Split users = sticky(new Stickiness(1, 1));
    Serving.Split devices =
        Serving.Split.of(
            "exp",
            Dealing.of(UnitType.DEVICE, "exp"),
            List.of(),
            List.of("on", "off"),
            List.of(10_000, 0),
            new Stickiness(1, 1));
    Subject subject =
        new Flags.Person(
            Map.of(UnitType.USER, "u", UnitType.DEVICE, "d"),
            Map.of(),
            Set.of(),
            Map.of(EXP, new Kept("off", 1)));

    assertThat(decide(set(users), subject).reason()).isEqualTo(Reason.KEPT);
    Outcome device = decide(set(devices), subject);
    assertThat(device.variant()).isEqualTo("on");
    assertThat(device.keep())
        .isEqualTo(new Keep(new KeptKey(UnitType.DEVICE, "exp"), new Kept("on", 1)));
  }

  @Test
  void anArmMayWantSeveralPlaces() {
    Dealing traffic = new Dealing(UnitType.USER, Hashing.EPPO, "traffic", 10_000);
    Dealing split = new Dealing(UnitType.USER, Hashing.EPPO, "split", 10_000);
    List<Arm> arms =
        List.of(
            arm("on", traffic, 0, 2_000, split, 0, 5_000),
            arm("off", traffic, 0, 2_000, split, 5_000, 10_000));
    FlagSet set = set(new Serving.Split("exp", List.of(), arms, null));
    Map<String, String> in = enrolled(set, NOW);
    for (int user = 0; user < USERS; user++) {
      String expected =
          traffic.bucket(id(user)) >= 2_000 ? null : split.bucket(id(user)) < 5_000 ? "on" : "off";
      assertThat(in.get(id(user))).isEqualTo(expected);
    }
  }

  @Test
  void splitsAreIndependent() {
    int units = 500_000;
    List<Dealing> dealings =
        IntStream.range(0, 12)
            .mapToObj(index -> Dealing.of(UnitType.USER, "experiment-" + index))
            .toList();
    boolean[][] sides = new boolean[dealings.size()][units];
    for (int unit = 0; unit < units; unit++) {
      for (int index = 0; index < sides.length; index++) {
        sides[index][unit] = dealings.get(index).bucket(id(unit)) < Hashing.BUCKETS / 2;
      }
    }
    int pairs = 0;
    for (int left = 0; left < sides.length; left++) {
      for (int right = left + 1; right < sides.length; right++) {
        assertThat(Math.abs(phi(sides[left], sides[right])))
            .as(left + " and " + right)
            .isLessThan(0.006);
        pairs++;
      }
    }
    assertThat(pairs).isEqualTo(66);
  }

  /** The correlation of two halves. */
  private static double phi(boolean[] left, boolean[] right) {
    long both = 0;
    long lefts = 0;
    long rights = 0;
    for (int unit = 0; unit < left.length; unit++) {
      both += left[unit] && right[unit] ? 1 : 0;
      lefts += left[unit] ? 1 : 0;
      rights += right[unit] ? 1 : 0;
    }
    double n = left.length;
    double covariance = both / n - lefts / n * (rights / n);
    return covariance / Math.sqrt(lefts / n * (1 - lefts / n) * (rights / n) * (1 - rights / n));
  }

  private static Arm arm(
      String variant, Dealing traffic, long from, long to, Dealing split, long low, long high) {
    return new Arm(
        variant,
        List.of(
            new Place(traffic, List.of(new Stretch(from, to))),
            new Place(split, List.of(new Stretch(low, high)))));
  }

  private static Serving.Split sticky(Stickiness stickiness) {
    return Serving.Split.of(
        "exp",
        Dealing.of(UnitType.USER, "exp"),
        List.of(),
        List.of("on", "off"),
        List.of(5_000, 5_000),
        stickiness);
  }

  private static Subject keeping(Kept kept) {
    return new Flags.Person(Map.of(UnitType.USER, "u"), Map.of(), Set.of(), Map.of(EXP, kept));
  }

  /** A flag whose only rule is a split; who takes no part gets "other". */
  private static FlagSet set(Serving.Split split) {
    return FlagSet.of(List.of(flag("flag", fixed("other"), Rule.of("split", null, split))));
  }

  private static Outcome decide(FlagSet set, Subject subject) {
    return Objects.requireNonNull(set.decide("flag", subject, NOW));
  }

  /** The variants of whoever takes part. */
  private static Map<String, String> enrolled(FlagSet set, Instant now) {
    Map<String, String> enrolled = new TreeMap<>();
    for (int user = 0; user < USERS; user++) {
      Outcome outcome = Objects.requireNonNull(set.decide("flag", user(id(user)), now));
      if (outcome.reason() == Reason.SPLIT) {
        enrolled.put(id(user), outcome.variant());
      }
    }
    return enrolled;
  }

  private static String id(int user) {
    return "user-" + user;
  }
}
