package io.tenure.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.evaluator.Kept;
import io.tenure.evaluator.UnitType;
import io.tenure.experiment.domain.serving.KeptVariants;
import io.tenure.experiment.domain.serving.KeptVariantsContract;
import io.tenure.experiment.domain.serving.Unit;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.testing.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedisKeptVariantsTest extends KeptVariantsContract {

  private static final Duration LIFETIME = Duration.ofDays(10);

  private static Redis redis;
  private static Redis second;

  @BeforeAll
  static void connect() {
    redis = client(TestStores.redisUrl());
    second = client(TestStores.redisUrl());
  }

  @AfterAll
  static void disconnect() {
    redis.close();
    second.close();
  }

  private static Redis client(String url) {
    return new Redis(new RedisProperties(url, Duration.ofSeconds(5)), ObservationRegistry.NOOP);
  }

  @Override
  protected KeptVariants variants() {
    return new RedisKeptVariants(redis, LIFETIME, clock);
  }

  @Test
  void replicasThatRaceServeTheSame() throws Exception {
    KeptVariants other = new RedisKeptVariants(second, LIFETIME, clock);
    CyclicBarrier start = new CyclicBarrier(2);
    Set<String> winners = new HashSet<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < 300; round++) {
        Unit unit = new Unit(UnitType.USER, "racer-" + round);
        List<Future<Kept>> results = new ArrayList<>();
        results.add(threads.submit(racing(start, variants(), unit, "one")));
        results.add(threads.submit(racing(start, other, unit, "two")));
        Kept first = results.getFirst().get();
        assertThat(results.getLast().get()).isEqualTo(first);
        winners.add(first.variant());
      }
    }
    assertThat(winners).containsExactlyInAnyOrder("one", "two");
  }

  private Callable<Kept> racing(
      CyclicBarrier start, KeptVariants replica, Unit unit, String variant) {
    return () -> {
      start.await();
      return only(replica.keep(project, Map.of(unit, Map.of("exp", new Kept(variant, 1)))));
    };
  }

  @Test
  void aUnitNobodyAsksForIsForgotten() {
    keep(ANN, "exp", new Kept("on", 1));
    assertThat(seconds(ANN)).isBetween(LIFETIME.toSeconds() - 60, LIFETIME.toSeconds());

    // Asked for again on the same day, and by somebody who only looks.
    expire(Duration.ofDays(9).plusHours(1));
    variants().find(project, List.of(ANN), true);
    assertThat(seconds(ANN)).isLessThan(Duration.ofDays(9).plusHours(2).toSeconds());
    expire(Duration.ofDays(5));
    variants().find(project, List.of(ANN), false);
    assertThat(seconds(ANN)).isLessThanOrEqualTo(Duration.ofDays(5).toSeconds());

    variants().find(project, List.of(ANN), true);
    assertThat(seconds(ANN)).isGreaterThan(Duration.ofDays(9).toSeconds());

    expire(Duration.ofDays(5));
    keep(ANN, "exp", new Kept("off", 1));
    assertThat(seconds(ANN)).isGreaterThan(Duration.ofDays(9).toSeconds());
  }

  @Test
  void readingMakesNoKeys() {
    variants().find(project, List.of(BOB), true);
    variants().forget(project, List.of(BOB), clock.instant());

    assertThat(keys(BOB)).isZero();
  }

  @Test
  void aForgottenUnitLeavesNoKey() {
    keep(ANN, "exp", new Kept("on", 1));
    clock.advance(Duration.ofSeconds(1));

    variants().forget(project, List.of(ANN), clock.instant());

    assertThat(keys(ANN)).isZero();
  }

  @Test
  void aKeyIsShortHoweverLongTheId() {
    String key = RedisKeptVariants.key(project, new Unit(UnitType.HOUSEHOLD, "秘密".repeat(100_000)));

    assertThat(key).startsWith("kept:{" + project + "/household/").hasSizeLessThan(100);
    assertThat(key)
        .isNotEqualTo(
            RedisKeptVariants.key(project, new Unit(UnitType.HOUSEHOLD, "秘密".repeat(99_999))));
  }

  @Test
  void saysWhenNobodyAnswers() {
    try (Redis closed = client("redis://127.0.0.1:1")) {
      KeptVariants away = new RedisKeptVariants(closed, LIFETIME, clock);

      unavailable(() -> away.find(project, List.of(ANN), true));
      unavailable(() -> away.keep(project, Map.of(ANN, Map.of("exp", new Kept("on", 1)))));
      assertThat(away.find(project, List.of(), true)).isEmpty();
    }
  }

  private static void unavailable(Callable<?> question) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(question::call)
        .extracting(Failure::reason)
        .isEqualTo(Reason.UNAVAILABLE);
  }

  private long seconds(Unit unit) {
    return redis.<Long>call("test", commands -> commands.ttl(RedisKeptVariants.key(project, unit)));
  }

  private long keys(Unit unit) {
    return redis.<Long>call(
        "test", commands -> commands.exists(RedisKeptVariants.key(project, unit)));
  }

  private void expire(Duration left) {
    redis.<Boolean>call(
        "test", commands -> commands.expire(RedisKeptVariants.key(project, ANN), left));
  }
}
