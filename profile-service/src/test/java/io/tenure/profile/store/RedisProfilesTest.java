package io.tenure.profile.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.Property;
import io.tenure.platform.testing.TestStores;
import io.tenure.profile.domain.Absorbed;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.HotProfiles.Replacement;
import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Merging;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class RedisProfilesTest {

  private static final Redis REDIS =
      new Redis(
          new RedisProperties(TestStores.redisUrl(), Duration.ofSeconds(20)),
          ObservationRegistry.NOOP);

  private final RedisProfiles profiles = new RedisProfiles(REDIS);

  @AfterAll
  static void closes() {
    REDIS.close();
  }

  @Test
  void readsWhateverReplacedWhateverWasThere() {
    Property.forAll(
        RedisProfilesTest::versions,
        versions -> {
          UserKey user = versions.getFirst().user();
          Held held = null;
          for (Profile version : versions) {
            String epoch = "epoch" + version.revision() % 2;
            assertThat(profiles.save(List.of(new Replacement(held, version, epoch)))).isEmpty();
            held = new Held(version, epoch);
            assertThat(profiles.load(List.of(user))).containsExactly(Map.entry(user, held));
          }
        });
  }

  @Test
  void leavesAProfileAsItIsThatAnotherRevisionReplaced() {
    SplittableRandom random = new SplittableRandom(1);
    List<Profile> versions = versions(random);
    UserKey user = versions.getFirst().user();
    Profile first = version(random, user, 1);
    Held held = new Held(first, "epoch");
    profiles.save(List.of(new Replacement(null, first, "epoch")));
    Profile second = version(random, user, 2);
    profiles.save(List.of(new Replacement(held, second, "epoch")));

    assertThat(profiles.save(List.of(new Replacement(held, version(random, user, 2), "epoch"))))
        .containsExactly(user);
    assertThat(profiles.save(List.of(new Replacement(null, first, "epoch")))).containsExactly(user);
    assertThat(profiles.load(List.of(user)))
        .containsExactly(Map.entry(user, new Held(second, "epoch")));
  }

  private static List<Profile> versions(RandomGenerator random) {
    UserKey user =
        new UserKey(new ProjectId("hash-" + UUID.randomUUID().toString().substring(0, 8)), 7);
    List<Profile> versions = new ArrayList<>();
    for (int revision = 1; revision <= 4; revision++) {
      versions.add(version(random, user, revision));
    }
    return versions;
  }

  private static Profile version(RandomGenerator random, UserKey user, long revision) {
    Map<String, TraitValue> traits = new HashMap<>();
    some(random, 5, i -> traits.put("trait" + i, new TraitValue('"' + text(random) + '"')));
    Map<String, String> events = new HashMap<>();
    some(random, 4, i -> events.put("事件:" + i, text(random)));
    Map<String, String> numbers = new HashMap<>();
    some(random, 3, i -> numbers.put("trait" + i, text(random)));
    Map<String, Long> watermarks = new HashMap<>();
    some(random, 3, i -> watermarks.put("log-" + i, random.nextLong(1L << 40)));
    List<Release> releases = new ArrayList<>();
    some(random, 3, i -> releases.add(new Release("log-" + i, i, Release.Kind.DEVICE, "d " + i)));
    Map<Long, Absorbed> absorbed = new HashMap<>();
    some(random, 3, i -> absorbed.put((long) i, absorbed(random)));
    return new Profile(
        user,
        random.nextBoolean() ? "" : text(random),
        list(random, i -> text(random)),
        list(random, i -> new KeyedId("key", "value:" + random.nextInt())),
        traits,
        random.nextBoolean() ? null : time(random),
        random.nextBoolean() ? null : time(random),
        random.nextInt(3),
        new Activity(events, random.nextBoolean() ? "" : text(random), numbers),
        time(random),
        watermarks,
        new HashSet<>(releases),
        new Merging(random.nextInt(2), list(random, i -> text(random)), absorbed),
        revision);
  }

  private static Absorbed absorbed(RandomGenerator random) {
    return new Absorbed(
        text(random), "person", text(random), time(random), 1, 2, Set.of(), null, null);
  }

  private static void some(RandomGenerator random, int most, IntConsumer consumer) {
    for (int i = 1; i <= most; i++) {
      if (random.nextBoolean()) {
        consumer.accept(i);
      }
    }
  }

  private static <T> List<T> list(RandomGenerator random, IntFunction<T> element) {
    List<T> list = new ArrayList<>();
    some(random, 3, i -> list.add(element.apply(i)));
    return list;
  }

  private static Instant time(RandomGenerator random) {
    return Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt(3));
  }

  /** Of one to some thousand bytes, in scripts whose letters take one to four. */
  private static String text(RandomGenerator random) {
    String letter = List.of("a", "é", "上", "😀").get(random.nextInt(4));
    return letter.repeat(
        1 + (random.nextInt(20) == 0 ? random.nextInt(2_000) : random.nextInt(12)));
  }
}
