package io.tenure.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.Client;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Test;

final class TestStoresTest {

  @Test
  void clickHouseAnswersAndStaysTheSame() throws Exception {
    String database = TestStores.freshDatabase("stores");
    try (Client client = TestStores.clickHouse()) {
      client
          .execute("CREATE TABLE " + database + ".t (id UInt64) ENGINE = MergeTree ORDER BY id")
          .get();
      client.execute("INSERT INTO " + database + ".t SELECT number FROM numbers(10)").get();
      assertThat(
              client
                  .queryAll("SELECT sum(id) AS s FROM " + database + ".t")
                  .getFirst()
                  .getLong("s"))
          .isEqualTo(45);
    }
    assertThat(TestStores.clickHouseUrl()).isEqualTo(TestStores.clickHouseUrl());
  }

  @Test
  void databasesAreNeverShared() {
    assertThat(TestStores.freshDatabase("same-name"))
        .isNotEqualTo(TestStores.freshDatabase("same-name"));
  }

  @Test
  void redisAnswers() {
    RedisClient client = RedisClient.create(TestStores.redisUrl());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.sync().ping()).isEqualTo("PONG");
    } finally {
      client.shutdown();
    }
  }
}
