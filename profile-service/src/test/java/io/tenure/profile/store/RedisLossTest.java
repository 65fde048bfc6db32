package io.tenure.profile.store;

import static io.tenure.profile.domain.Updates.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.platform.embedded.redis.EmbeddedRedis;
import io.tenure.platform.embedded.redis.EmbeddedRedisOptions;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.HotProfiles.Held;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.ProfileUpdate;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.Updates;
import io.tenure.profile.domain.UserKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Redis that forgets everything, or only the latest writes, does to numbers and traits. */
final class RedisLossTest {

  private final ProjectId project = ProfileStores.project();
  private final Updates log =
      new Updates(project)
          .event("", "phone", add("balance", "10.1"))
          .bind("李雷", "phone")
          .event("ben", "", add("balance", "1"))
          .event("李雷", "", add("balance", "20.2"))
          .event("carl", "", add("balance", "5"))
          .bind("ben", "tablet")
          .event("李雷", "phone", add("balance", "30.3"))
          .event("carl", "", add("balance", "5"))
          .event("", "phone", add("balance", "0.4"))
          .event("dora", "")
          .event("", "tablet", add("balance", "1"));

  @TempDir Path directory;

  @Test
  void everythingLostComesBackFromTheDurableProfiles() {
    try (EmbeddedRedis server = start("a");
        ProfileStores stores = ProfileStores.open(server.url())) {
      List<Long> numbers = stores.projector.apply("log", log.slice(0, 6)).userNumbers();
      Profile before = stores.get(project, "phone");
      stores.redis.call("forget", commands -> commands.flushall());

      assertThat(stores.get(project, "phone")).isEqualTo(before);
      assertThat(stores.get(project, "李雷")).isEqualTo(before);
      assertThat(stores.get(project, "user_number:1")).isEqualTo(before);
      assertThat(stores.projector.apply("log", log.slice(0, 6)).userNumbers()).isEqualTo(numbers);
      assertThat(stores.projector.apply("log", log.slice(0, 6)).applied()).isZero();
      stores.redis.call("forget", commands -> commands.flushall());
      stores.projector.apply("log", log.slice(6, 11));

      check(stores);
    }
  }

  @Test
  void idsTakenAwayStayAwayThroughALossAndEveryReplay() {
    Updates many =
        new Updates(project)
            .event("", "phone", add("balance", "1"))
            .bind("李雷", "phone")
            .unbind("", "phone")
            .event("", "phone", add("balance", "2"))
            .bind("韩梅梅", "phone")
            .event("李雷", "", add("balance", "4"))
            .unbind("李雷", "")
            .event("李雷", "", add("balance", "8"));
    try (EmbeddedRedis server = start("a");
        ProfileStores stores = ProfileStores.open(server.url())) {
      List<Long> numbers = stores.projector.apply("log", many.slice(0, 5)).userNumbers();
      assertThat(numbers).containsExactly(1L, 1L, 1L, 2L, 2L);
      assertThat(stores.projector.apply("log", many.slice(0, 5)).userNumbers()).isEqualTo(numbers);
      Profile lilei = stores.get(project, "李雷");
      assertThat(lilei.anonymousIds()).isEmpty();
      assertThat(lilei.eventCount()).isEqualTo(3);
      assertThat(stores.get(project, "phone").loginId()).isEqualTo("韩梅梅");

      stores.redis.call("forget", commands -> commands.flushall());
      assertThat(stores.get(project, "phone").user().number()).isEqualTo(2);
      assertThat(stores.projector.apply("log", many.slice(0, 5)).userNumbers()).isEqualTo(numbers);
      assertThat(stores.projector.apply("log", many.slice(0, 5)).applied()).isZero();
      List<Long> rest = stores.projector.apply("log", many.slice(5, 8)).userNumbers();
      assertThat(rest).containsExactly(1L, 1L, 3L);
      stores.redis.call("forget", commands -> commands.flushall());
      assertThat(stores.projector.apply("log", many.all()).userNumbers())
          .containsExactly(1L, 1L, 1L, 2L, 2L, 1L, 1L, 3L);

      Profile first = stores.get(project, "user_number:1");
      assertThat(first.loginId()).isEmpty();
      assertThat(first.anonymousIds()).isEmpty();
      assertThat(first.traits()).isEqualTo(Map.of("balance", new TraitValue("5")));
      assertThat(first.eventCount()).isEqualTo(5);
      assertThat(stores.get(project, "李雷").traits())
          .isEqualTo(Map.of("balance", new TraitValue("8")));
      assertThat(stores.get(project, "phone").traits())
          .isEqualTo(Map.of("balance", new TraitValue("2")));
    }
  }

  @Test
  void aLostProfileComesBackWhenItIsNeeded() {
    try (EmbeddedRedis server = start("a");
        ProfileStores stores = ProfileStores.open(server.url())) {
      stores.projector.apply("log", log.slice(0, 6));
      Profile before = stores.get(project, "phone");
      assertThat(
              stores.redis.<Long>call(
                  "forget", commands -> commands.del("profile:{" + project + "/1}")))
          .isEqualTo(1);
      assertThat(stores.get(project, "phone")).isEqualTo(before);
      stores.projector.apply("log", log.slice(6, 11));
      check(stores);
    }
  }

  @Test
  void manyLostProfilesComeBackTogether() {
    int users = 2_500;
    Updates many = new Updates(project);
    for (int i = 0; i < 2 * users; i++) {
      many.event("user-" + i % users, "", add("balance", "0.1"));
    }
    try (EmbeddedRedis server = start("a");
        ProfileStores stores = ProfileStores.open(server.url())) {
      List<Long> numbers = stores.projector.apply("log", many.slice(0, users)).userNumbers();
      stores.redis.call("forget", commands -> commands.flushall());
      assertThat(stores.projector.apply("log", many.slice(users, 2 * users)).userNumbers())
          .isEqualTo(numbers);
      assertThat(
              stores.directory.find(project, List.of("user-0", "user-1234", "user-" + (users - 1))))
          .allSatisfy(
              found ->
                  assertThat(found.orElseThrow().traits())
                      .isEqualTo(Map.of("balance", new TraitValue("0.2"))));
    }
  }

  @Test
  void aRebuildPutsEverythingBackAndNothingTwice() {
    try (EmbeddedRedis server = start("a");
        ProfileStores stores = ProfileStores.open(server.url())) {
      stores.projector.apply("log", log.slice(0, 9));
      Map<UserKey, Held> before = stores.hot.load(users(4));
      assertThat(stores.rebuilding().run()).isZero();

      stores.redis.call("forget", commands -> commands.flushall());
      assertThat(stores.rebuilding().run()).isEqualTo(3);
      assertThat(stores.hot.load(users(4))).isEqualTo(before);
      assertThat(stores.rebuilding().run()).isZero();

      stores.projector.apply("log", log.slice(9, 11));
      check(stores);
    }
  }

  @Test
  void aRebuildGoesOnWhereItEndedAndOverwritesNothingNewer() {
    try (EmbeddedRedis server = start("a");
        ProfileStores stores = ProfileStores.open(server.url())) {
      stores.projector.apply("log", log.slice(0, 9));
      stores.redis.call("forget", commands -> commands.flushall());
      stores.projector.apply("log", log.slice(9, 11));
      Map<UserKey, Held> touched = stores.hot.load(users(4));
      assertThat(touched).hasSize(2);
      new StoredProgress(new StoredUsers(stores.clickHouse), stores.redis)
          .reach(project, stores.identities.find(project, List.of()).epoch(), 2);

      assertThat(stores.rebuilding().run()).isEqualTo(1);
      Map<UserKey, Held> now = stores.hot.load(users(4));
      assertThat(now).containsAllEntriesOf(touched);
      assertThat(now.keySet()).extracting(UserKey::number).containsExactlyInAnyOrder(2L, 3L, 4L);
      check(stores);
    }
  }

  @Test
  void aRebuildAfterARestartBringsTheMissingChanges() throws IOException {
    try (ProfileStores stores = ProfileStores.open()) {
      try (EmbeddedRedis server = start("a");
          ProfileStores first = stores.with(server.url())) {
        first.projector.apply("log", log.slice(0, 3));
        first.rebuilding().run();
      }
      copy(directory.resolve("a"), directory.resolve("b"));
      try (EmbeddedRedis server = start("a");
          ProfileStores second = stores.with(server.url())) {
        second.projector.apply("log", log.all());
      }
      try (EmbeddedRedis server = start("b");
          ProfileStores late = stores.with(server.url())) {
        assertThat(late.rebuilding().run()).isEqualTo(4);
        assertThat(late.hot.load(users(4)).values())
            .extracting(Held::profile)
            .containsExactlyInAnyOrderElementsOf(
                stores.durable.find(project, List.of(1L, 2L, 3L, 4L)).values());
        check(late);
      }
    }
  }

  private List<UserKey> users(int count) {
    return LongStream.rangeClosed(1, count).mapToObj(n -> new UserKey(project, n)).toList();
  }

  /** The state after an append-only file that had not reached the disk, or a late replica. */
  @Test
  void aRestartWithoutTheLatestWritesGivesNoNumberTwiceAndLosesNoChange() throws IOException {
    try (ProfileStores stores = ProfileStores.open()) {
      try (EmbeddedRedis server = start("a");
          ProfileStores first = stores.with(server.url())) {
        first.projector.apply("log", log.slice(0, 3));
      }
      copy(directory.resolve("a"), directory.resolve("b"));
      try (EmbeddedRedis server = start("a");
          ProfileStores second = stores.with(server.url())) {
        second.projector.apply("log", log.slice(3, 9));
      }
      try (EmbeddedRedis server = start("b");
          ProfileStores late = stores.with(server.url())) {
        assertThat(
                late.redis.<String>call("look", c -> c.hget("identity:{" + project + "}", "next")))
            .isEqualTo("2");
        late.projector.apply("log", log.slice(9, 11));
        check(late);
      }
    }
  }

  @Test
  void aProperRestartKeepsEverything() {
    try (ProfileStores stores = ProfileStores.open()) {
      for (ProfileUpdate update : log.all()) {
        try (EmbeddedRedis server = start("a");
            ProfileStores next = stores.with(server.url())) {
          next.projector.apply("log", List.of(update));
          if (update.offset() == 10) {
            check(next);
          }
        }
      }
    }
  }

  private void check(ProfileStores stores) {
    Profile lilei = stores.get(project, "李雷");
    assertThat(lilei.user().number()).isEqualTo(1);
    assertThat(lilei.anonymousIds()).containsExactly("phone");
    assertThat(lilei.traits()).isEqualTo(Map.of("balance", new TraitValue("61")));
    assertThat(lilei.eventCount()).isEqualTo(5);
    Profile ben = stores.get(project, "tablet");
    assertThat(ben.loginId()).isEqualTo("ben");
    assertThat(ben.traits()).isEqualTo(Map.of("balance", new TraitValue("2")));
    Profile carl = stores.get(project, "carl");
    assertThat(carl.traits()).isEqualTo(Map.of("balance", new TraitValue("10")));
    assertThat(Stream.of(lilei, ben, carl, stores.get(project, "dora")).map(p -> p.user().number()))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(stores.durable.find(project, List.of(1L, 2L, 3L, 4L)).values())
        .containsExactlyInAnyOrder(lilei, ben, carl, stores.get(project, "dora"));
  }

  private EmbeddedRedis start(String name) {
    return EmbeddedRedis.start(
        EmbeddedRedisOptions.at(directory.resolve(name)).withCloseOnExit(false));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}
