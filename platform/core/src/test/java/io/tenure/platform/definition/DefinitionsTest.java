package io.tenure.platform.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DefinitionsTest {

  private static ClickHouse clickHouse;
  private static Redis redis;
  private static Definitions segments;

  private final ProjectId project =
      new ProjectId("p" + UUID.randomUUID().toString().substring(0, 8));

  @BeforeAll
  static void connect() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("definitions"),
            Duration.ofSeconds(30),
            8);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    redis =
        new Redis(
            new RedisProperties(TestStores.redisUrl(), Duration.ofSeconds(5)),
            ObservationRegistry.NOOP);
    new Migrations(clickHouse, properties, Clock.systemUTC()).run("platform");
    segments = new Definitions(clickHouse, redis, Clock.systemUTC(), "segment");
  }

  @AfterAll
  static void disconnect() {
    redis.close();
    clickHouse.close();
  }

  @Test
  void keepsTheLatestRevision() {
    Revision first = segments.create(project, "gold", "{\"v\":1}", "person:ann");
    Revision second = segments.update(project, "gold", "{\"v\":2}", "person:bob", first.etag());

    assertThat(segments.find(project, "gold")).contains(second);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.createTime()).isEqualTo(first.createTime());
    assertThat(segments.list(project)).containsExactly(second);
  }

  @Test
  void refusesATakenIdAndAStaleEtag() {
    Revision first = segments.create(project, "gold", "{}", "person:ann");
    segments.update(project, "gold", "{\"v\":2}", "person:bob", "");

    assertThat(reasonOf(() -> segments.create(project, "gold", "{}", "person:ann")))
        .isEqualTo(Reason.ALREADY_EXISTS);
    assertThat(reasonOf(() -> segments.update(project, "gold", "{}", "person:ann", first.etag())))
        .isEqualTo(Reason.ABORTED);
  }

  @Test
  void forgetsWhatIsDeletedAndLetsItComeBack() {
    segments.create(project, "gold", "{\"v\":1}", "person:ann");
    segments.delete(project, "gold", "person:ann");

    assertThat(segments.find(project, "gold")).isEmpty();
    assertThat(reasonOf(() -> segments.delete(project, "gold", "person:ann")))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(segments.create(project, "gold", "{\"v\":3}", "person:ann").number()).isEqualTo(3);
  }

  @Test
  void comesBackFromTheEventStoreWhenRedisHasLostIt() {
    Revision first = segments.create(project, "gold", "{\"名\":\"金\"}", "person:ann");
    segments.create(project, "gone", "{}", "person:ann");
    segments.delete(project, "gone", "person:ann");

    redis.call("test", commands -> commands.del("definitions:{" + project + "}:segment"));

    assertThat(segments.list(project)).containsExactly(first);
  }

  @Test
  void changesItsVersionWithEveryChange() {
    segments.create(project, "gold", "{}", "person:ann");
    String before = segments.version(project);
    segments.update(project, "gold", "{\"v\":2}", "person:ann", "");

    assertThat(segments.version(project)).isNotEqualTo(before);
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    Revision first = segments.create(project, "gold", "{}", "person:ann");
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String body = "{\"v\":" + i + "}";
      writers.add(
          () -> succeeds(() -> segments.update(project, "gold", body, "person:ann", first.etag())));
    }

    int winners = 0;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> result : executor.invokeAll(writers)) {
        winners += result.get() ? 1 : 0;
      }
    }

    assertThat(winners).isEqualTo(1);
    assertThat(segments.find(project, "gold")).get().extracting(Revision::number).isEqualTo(2L);
  }

  @Test
  void putsTheFirstRevisionAndThoseAfterIt() {
    assertThat(reasonOf(() -> segments.put(project, "gold", "{}", "person:ann", "9-stale")))
        .isEqualTo(Reason.ABORTED);
    Revision first = segments.put(project, "gold", "{}", "person:ann", "");

    assertThat(segments.put(project, "gold", "[]", "person:ann", first.etag()).number())
        .isEqualTo(2);
    assertThat(reasonOf(() -> segments.put(project, "gold", "{}", "person:ben", first.etag())))
        .isEqualTo(Reason.ABORTED);
    assertThat(segments.find(project, "gold")).get().extracting(Revision::body).isEqualTo("[]");
  }

  @Test
  void keepsProjectsApart() {
    segments.create(project, "gold", "{}", "person:ann");

    assertThat(segments.find(new ProjectId("another"), "gold")).isEmpty();
    assertThat(segments.projects()).contains(project);
  }

  private static boolean succeeds(Callable<?> action) throws Exception {
    try {
      action.call();
      return true;
    } catch (Failure failure) {
      return false;
    }
  }

  private static Reason reasonOf(ThrowingCallable action) {
    List<Failure> failures = new ArrayList<>();
    assertThatThrownBy(action).isInstanceOfSatisfying(Failure.class, failures::add);
    return failures.getFirst().reason();
  }
}
