package io.tenure.experiment.store;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.experiment.domain.Shelf;
import io.tenure.experiment.domain.ShelfContract;
import io.tenure.experiment.domain.flag.Flag;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ClickHouseProperties;
import io.tenure.platform.clickhouse.Migrations;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.testing.TestStores;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class DefinitionShelfTest extends ShelfContract {

  private static ClickHouse clickHouse;
  private static Redis redis;
  private static DefinitionShelf.Room room;

  @BeforeAll
  static void connect() {
    ClickHouseProperties properties =
        new ClickHouseProperties(
            TestStores.clickHouseUrl(),
            TestStores.clickHouseUser(),
            TestStores.clickHousePassword(),
            TestStores.freshDatabase("flags"),
            Duration.ofSeconds(30),
            4);
    clickHouse = new ClickHouse(properties, ObservationRegistry.NOOP);
    redis =
        new Redis(
            new RedisProperties(TestStores.redisUrl(), Duration.ofSeconds(5)),
            ObservationRegistry.NOOP);
    new Migrations(clickHouse, properties, Clock.systemUTC()).run("platform");
    room = new DefinitionShelf.Room(clickHouse, redis, Clock.systemUTC());
  }

  @AfterAll
  static void disconnect() {
    clickHouse.close();
    redis.close();
  }

  @Override
  protected Shelf<Flag> shelf() {
    return room.flags();
  }
}
