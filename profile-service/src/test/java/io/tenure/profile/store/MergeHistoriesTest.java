package io.tenure.profile.store;

import io.tenure.platform.testing.Generator;
import io.tenure.platform.testing.MutableClock;
import io.tenure.platform.testing.Property;
import io.tenure.profile.CollectorSchema;
import io.tenure.profile.domain.Identifiers;
import io.tenure.profile.domain.Updates;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Any records, replays, merges and undoings in any order, each merge and undoing cut off at any
 * moment and carried on, also after the hot store lost everything, and old merges squashed, cut off
 * at any moment, while records are stored by whoever knows of it a step later: events and users
 * counted through the views, counters of profiles and owners of ids are those of the plain model.
 */
final class MergeHistoriesTest {

  private static final int HISTORIES = 25;
  private static final int LONGEST = 40;
  private static final int MOMENTS = 40;

  private static final MutableClock CLOCK = new MutableClock(Updates.MONDAY);

  private static ProfileStores stores;

  @BeforeAll
  static void open() {
    stores = ProfileStores.open(CLOCK);
    CollectorSchema.create(stores.clickHouse);
    // The store's own memory of inserts would drop the repetitions that are tested.
    stores.clickHouse.execute(
        "ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 0", Map.of());
  }

  @AfterAll
  static void close() {
    stores.close();
  }

  @Test
  void mergesAgreeWithTheModel() {
    Property.forAll(
        HISTORIES,
        Generator.lists(MergeHistoriesTest::step, LONGEST),
        steps -> {
          MergeHistory history = new MergeHistory(stores, CLOCK);
          steps.forEach(history::run);
          history.finish();
        });
  }

  private static MergeHistory.Step step(RandomGenerator random) {
    String log = random.nextBoolean() ? "log-a" : "log-b";
    return switch (random.nextInt(19)) {
      case 0, 1, 2 -> new MergeHistory.Step.Deliver(log, random.nextBoolean());
      case 3 -> new MergeHistory.Step.Resolve(log);
      case 4 ->
          new MergeHistory.Step.Repeat(
              log, random.nextInt(LONGEST), random.nextInt(9), random.nextBoolean());
      case 5, 6, 7 ->
          new MergeHistory.Step.Join(
              id(random), id(random), random.nextInt(MOMENTS), random.nextInt(4) == 0);
      case 8, 9 ->
          new MergeHistory.Step.Undo(
              random.nextInt(9), random.nextInt(MOMENTS), random.nextInt(4) == 0);
      case 10 -> new MergeHistory.Step.Forget();
      case 11, 12, 13 ->
          new MergeHistory.Step.Squash(
              random.nextInt(MOMENTS), random.nextInt(4) == 0, random.nextBoolean());
      default -> new MergeHistory.Step.Write(log, ids(random));
    };
  }

  private static String id(RandomGenerator random) {
    return (random.nextBoolean() ? "l" : "d") + random.nextInt(3);
  }

  private static Identifiers ids(RandomGenerator random) {
    return random.nextBoolean()
        ? new Identifiers("l" + random.nextInt(3), "", false)
        : new Identifiers("", "d" + random.nextInt(3), false);
  }
}
