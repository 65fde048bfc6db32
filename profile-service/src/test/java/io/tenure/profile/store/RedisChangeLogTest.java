package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.watch.ChangeLog.Changes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisChangeLogTest {

  private static Redis redis;
  private static RedisChangeLog log;

  private final ProjectId project = ProfileStores.project();

  @BeforeAll
  static void open() {
    redis = connect(TestStores.redisUrl());
    log = new RedisChangeLog(redis, 1_000);
  }

  @AfterAll
  static void close() {
    redis.close();
  }

  @Test
  void tellsWhatChangedAfterAPlace() {
    String start = log.end(project);
    assertThat(log.read(project, start)).isEqualTo(new Changes(Set.of(), start));
    append(project, 7, 8);
    append(ProfileStores.project(), 1);
    Changes first = log.read(project, start);
    assertThat(first.userNumbers()).containsExactlyInAnyOrder(7L, 8L);
    assertThat(first.next()).isEqualTo(log.end(project));
    append(project, 7, 4_294_967_295L);
    assertThat(log.read(project, first.next()).userNumbers())
        .containsExactlyInAnyOrder(7L, 4_294_967_295L);
  }

  @Test
  void tellsEverybodyOfABatchOfAnySize() {
    String place = log.end(project);
    log.append(LongStream.rangeClosed(1, 10_000).mapToObj(n -> new UserKey(project, n)).toList());
    Set<Long> all = new HashSet<>();
    for (Changes read = log.read(project, place);
        !read.userNumbers().isEmpty();
        read = log.read(project, read.next())) {
      assertThat(read.userNumbers()).hasSizeLessThanOrEqualTo(4_000);
      all.addAll(read.userNumbers());
    }
    assertThat(all).hasSize(10_000);
  }

  @Test
  void refusesAPlaceWhoseChangesMayBeForgotten() {
    RedisChangeLog small = new RedisChangeLog(redis, 1);
    String start = small.end(project);
    append(project, 1);
    String old = small.end(project);
    // Trimming removes whole nodes of a hundred entries.
    for (int i = 0; i < 300; i++) {
      small.append(List.of(new UserKey(project, 2)));
    }
    assertForgotten(() -> small.read(project, start));
    assertForgotten(() -> small.read(project, old));
    String end = small.end(project);
    small.append(List.of(new UserKey(project, 3)));
    assertThat(small.read(project, end).userNumbers()).containsExactly(3L);
  }

  @Test
  void refusesWhatIsNoPlace() {
    for (String nonsense : List.of("", "x", "a/1", "a/1-1 ", "a/+")) {
      assertThatThrownBy(() -> log.read(project, nonsense))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.INVALID_ARGUMENT));
    }
  }

  @Test
  void noPlaceOutlivesTheServer(@TempDir Path directory) {
    String place;
    EmbeddedRedisOptions options = EmbeddedRedisOptions.at(directory).withCloseOnExit(false);
    try (EmbeddedRedis server = EmbeddedRedis.start(options);
        Redis first = connect(server.url())) {
      RedisChangeLog before = new RedisChangeLog(first, 1_000);
      before.append(List.of(new UserKey(project, 1)));
      place = before.end(project);
      assertThat(before.read(project, place).userNumbers()).isEmpty();
    }
    try (EmbeddedRedis server = EmbeddedRedis.start(options);
        Redis second = connect(server.url())) {
      RedisChangeLog after = new RedisChangeLog(second, 1_000);
      assertForgotten(() -> after.read(project, place));
    }
  }

  private void append(ProjectId owner, long... numbers) {
    log.append(LongStream.of(numbers).mapToObj(number -> new UserKey(owner, number)).toList());
  }

  private static void assertForgotten(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.FAILED_PRECONDITION));
  }

  private static Redis connect(String url) {
    return new Redis(new RedisProperties(url, Duration.ofSeconds(20)), ObservationRegistry.NOOP);
  }
}
