package io.tenure.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KillArgs;
import io.lettuce.core.ScriptOutputType;
import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.testing.TestStores;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedisTest {

  private static final RedisScript ADD =
      new RedisScript("test add", "return redis.call('INCRBY', KEYS[1], ARGV[1])");

  @Test
  void runsAScriptTheServerDoesNotKnowYet() {
    try (Redis redis = connect(TestStores.redisUrl())) {
      redis.call("test", commands -> commands.scriptFlush());
      redis.call("test", commands -> commands.del("redis-test"));

      assertThat(redis.<Long>script(ADD, ScriptOutputType.INTEGER, List.of("redis-test"), "40"))
          .isEqualTo(40L);
      assertThat(redis.<Long>script(ADD, ScriptOutputType.INTEGER, List.of("redis-test"), "2"))
          .isEqualTo(42L);
    }
  }

  @Test
  void goesOnAfterTheConnectionIsCut() {
    try (Redis redis = connect(TestStores.redisUrl());
        Redis other = connect(TestStores.redisUrl())) {
      redis.call("test", commands -> commands.set("redis-test-cut", "kept"));
      other.call("test", commands -> commands.clientKill(KillArgs.Builder.typeNormal().skipme()));

      for (int i = 0; i < 20; i++) {
        assertThat(redis.<String>call("test", commands -> commands.get("redis-test-cut")))
            .isEqualTo("kept");
      }
    }
  }

  @Test
  void saysThatAServerDoesNotAnswer() {
    try (Redis redis = connect("redis://127.0.0.1:1")) {
      assertThat(redis.answers()).isFalse();
      assertThatThrownBy(() -> redis.call("test", commands -> commands.get("x")))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
    }
  }

  private static Redis connect(String url) {
    return new Redis(new RedisProperties(url, Duration.ofSeconds(2)), ObservationRegistry.NOOP);
  }
}
