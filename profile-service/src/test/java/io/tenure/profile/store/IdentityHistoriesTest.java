package io.tenure.profile.store;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.Property;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Identifiers.Link;
import io.tenure.profile.domain.identity.IdentityPlan;
import io.tenure.profile.domain.identity.IdentityPlan.Kind;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Any records in any order from two logs, any part of them repeated, attempts that ended anywhere,
 * and a hot store that forgets all or its latest writes at any time: every record has the user the
 * plain model gives it, and so have all ids in the end.
 */
final class IdentityHistoriesTest {

  private static final int HISTORIES = 30;
  private static final int LONGEST = 40;

  private static ProfileStores stores;

  @BeforeAll
  static void open() {
    stores = ProfileStores.open();
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void deviceOnlyAgreesWithTheModel() {
    check(Kind.DEVICE_ONLY);
  }

  @Test
  void oneToOneAgreesWithTheModel() {
    check(Kind.ONE_TO_ONE);
  }

  @Test
  void manyToOneAgreesWithTheModel() {
    check(Kind.MANY_TO_ONE);
  }

  @Test
  void idMappingAgreesWithTheModel() {
    check(MappingRecords.PLAN, MappingRecords.WIDER, MappingRecords::random);
  }

  private static void check(Kind plan) {
    IdentityPlan chosen = new IdentityPlan(plan);
    IdentityPlan wider = plan == Kind.ONE_TO_ONE ? new IdentityPlan(Kind.MANY_TO_ONE) : chosen;
    check(chosen, wider, IdentityHistoriesTest::ids);
  }

  private static void check(
      IdentityPlan plan, IdentityPlan wider, Function<RandomGenerator, Identifiers> records) {
    Property.forAll(
        HISTORIES,
        Generator.lists(random -> step(random, records), LONGEST),
        steps -> {
          IdentityHistory history = new IdentityHistory(stores, plan, wider);
          steps.forEach(history::run);
          history.finish();
        });
  }

  private static IdentityHistory.Step step(
      RandomGenerator random, Function<RandomGenerator, Identifiers> records) {
    String log = random.nextBoolean() ? "log-a" : "log-b";
    return switch (random.nextInt(22)) {
      case 0, 1, 2, 3 -> new IdentityHistory.Step.Deliver(log, IdentityHistory.Fate.WHOLE);
      case 4, 20, 21 -> new IdentityHistory.Step.Deliver(log, fate(random));
      case 5, 6 ->
          new IdentityHistory.Step.Repeat(log, random.nextInt(LONGEST), random.nextInt(LONGEST));
      case 7 -> new IdentityHistory.Step.Forget();
      case 8 -> new IdentityHistory.Step.Remember();
      case 9 -> new IdentityHistory.Step.LoseTail();
      case 10 -> new IdentityHistory.Step.Widen();
      default -> new IdentityHistory.Step.Write(log, records.apply(random));
    };
  }

  private static IdentityHistory.Fate fate(RandomGenerator random) {
    IdentityHistory.Fate[] fates = IdentityHistory.Fate.values();
    return fates[random.nextInt(fates.length)];
  }

  private static Identifiers ids(RandomGenerator random) {
    String login = "l" + random.nextInt(3);
    String device = "d" + random.nextInt(3);
    return switch (random.nextInt(9)) {
      case 0, 1 -> new Identifiers("", device, Link.NONE);
      case 2 -> new Identifiers(login, "", Link.NONE);
      case 3, 4 -> new Identifiers(login, device, Link.NONE);
      case 5 -> new Identifiers("", device, Link.UNBIND);
      case 6 -> new Identifiers(login, "", Link.UNBIND);
      default -> new Identifiers(login, device, Link.BIND);
    };
  }
}
