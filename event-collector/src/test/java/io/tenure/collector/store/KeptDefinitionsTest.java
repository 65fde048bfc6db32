package io.tenure.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.definition.Definitions;
import io.tenure.platform.definition.Revision;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptDefinitionsTest {

  @TempDir Path directory;

  private final ProjectId project =
      new ProjectId("p" + UUID.randomUUID().toString().substring(0, 8));
  private ClickHouse clickHouse;
  private Redis redis;
  private Definitions definitions;

  @BeforeEach
  void connect() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("kept"),
            Duration.ofSeconds(30),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    redis =
        new Redis(
            new RedisProperties(TestStores.redisUrl(), Duration.ofSeconds(5)),
            ObservationRegistry.NOOP);
    new Migrations(clickHouse, properties, Clock.systemUTC()).run("platform");
    definitions = new Definitions(clickHouse, redis, Clock.systemUTC(), "limit");
  }

  @AfterEach
  void disconnect() {
    redis.close();
    clickHouse.close();
  }

  @Test
  void followsChangesAndDeletions() {
    KeptDefinitions<Integer> kept = kept();
    assertThat(kept.of(project)).isEmpty();

    definitions.create(project, "daily", "5", "person:ann");
    kept.refresh();
    assertThat(kept.of(project)).containsOnlyKeys("daily").containsEntry("daily", 5);

    definitions.update(project, "daily", "6", "person:ann", "");
    kept.refresh();
    assertThat(kept.of(project)).containsEntry("daily", 6);

    definitions.delete(project, "daily", "person:ann");
    kept.refresh();
    assertThat(kept.of(project)).isEmpty();
  }

  @Test
  void knowsAllProjectsWithoutBeingAsked() {
    definitions.create(project, "daily", "5", "person:ann");
    kept().refresh();

    assertThat(kept().of(project)).containsEntry("daily", 5);
  }

  @Test
  void answersFromItsFileWhileTheStoresAreAway() {
    definitions.create(project, "daily", "5", "person:ann");
    kept().refresh();
    redis.close();
    clickHouse.close();

    KeptDefinitions<Integer> restarted = kept();
    assertThat(restarted.of(project)).containsEntry("daily", 5);
    restarted.refresh();
    assertThat(restarted.of(project)).containsEntry("daily", 5);
  }

  @Test
  void keepsTheOldSettingWhenTheNewOneCannotBeRead() {
    KeptDefinitions<Integer> kept = kept();
    definitions.create(project, "daily", "5", "person:ann");
    kept.of(project);
    kept.refresh();
    definitions.update(project, "daily", "\"many\"", "person:ann", "");
    kept.refresh();

    assertThat(kept.of(project)).containsEntry("daily", 5);
  }

  private KeptDefinitions<Integer> kept() {
    return new KeptDefinitions<>(
        definitions, directory.resolve("limits.json"), KeptDefinitionsTest::number);
  }

  private static int number(Revision revision) {
    return Integer.parseInt(revision.body());
  }
}
