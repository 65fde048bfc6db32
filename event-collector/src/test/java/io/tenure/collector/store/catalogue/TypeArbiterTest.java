package io.tenure.collector.store.catalogue;

import static io.tenure.collector.domain.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.domain.plan.Catalogue.Lesson;
import io.tenure.collector.domain.plan.Dispute;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several collectors give a name one type, and none waits for the others at the door. */
final class TypeArbiterTest {

  private static final RocksCatalogue.Room ROOM = new RocksCatalogue.Room(100, 100, 100, 100);
  private static final Instant LATER = NOON.plusSeconds(5).truncatedTo(ChronoUnit.MILLIS);

  @TempDir private Path directory;

  private final ProjectId project = new ProjectId("p" + UUID.randomUUID().toString().substring(8));
  private final Redis redis = redis(TestStores.redisUrl());
  private final Redis nowhere = redis("redis://127.0.0.1:1");
  private final Cut cut = new Cut();
  private RocksCatalogue here;
  private RocksCatalogue there;

  /** The way of one collector to the arbiter. */
  private final class Cut implements TypeArbiter {

    private boolean away;

    private TypeArbiter way() {
      return new RedisTypeArbiter(away ? nowhere : redis);
    }

    @Override
    public List<TypedName> decide(ProjectId asked, List<TypedName> proposals, boolean together) {
      return way().decide(asked, proposals, together);
    }

    @Override
    public Optional<Decisions> since(ProjectId asked, String version) {
      return way().since(asked, version);
    }
  }

  @BeforeEach
  void open() {
    here = new RocksCatalogue(directory.resolve("here"), ROOM, new RedisTypeArbiter(redis));
    there = new RocksCatalogue(directory.resolve("there"), ROOM, cut);
    here.exchange(NOON);
    there.exchange(NOON);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    redis.close();
    nowhere.close();
  }

  @Test
  void holdsTheOthersToTheFirstValueOfAny() {
    assertThat(here.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON))
        .isEqualTo(new Lesson.Learned());

    assertThat(there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON))
        .isEqualTo(new Lesson.Conflict(name("p", PropertyType.TEXT), PropertyType.NUMBER));
    assertThat(there.dispute(project, Scope.PROPERTY, "p")).isEmpty();
    assertThat(there.isUndisputed(project)).isTrue();
  }

  @Test
  void tellsTheOthersWhatItLearned() {
    here.learn(project, List.of(event("Buy"), name("p", PropertyType.LIST)), NOON);
    there.learn(project, List.of(name("q", PropertyType.LIST)), NOON);
    there.exchange(NOON);

    assertThat(there.list(project))
        .extracting(LearnedName::name, LearnedName::type)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Buy", null),
            org.assertj.core.groups.Tuple.tuple("p", PropertyType.LIST),
            org.assertj.core.groups.Tuple.tuple("q", PropertyType.LIST));
  }

  @Test
  void decidesNothingForARecordOfWhichOneNameConflicts() {
    here.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON);
    assertThat(
            there.learn(
                project,
                List.of(name("q", PropertyType.NUMBER), name("p", PropertyType.TEXT)),
                NOON))
        .isInstanceOf(Lesson.Conflict.class);

    assertThat(here.learn(project, List.of(name("q", PropertyType.TEXT)), NOON))
        .isEqualTo(new Lesson.Learned());
  }

  @Test
  void learnsAloneWhileTheArbiterIsAwayAndGivesWayLater() {
    cut.away = true;
    assertThat(there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON))
        .isEqualTo(new Lesson.Learned());
    assertThat(there.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON))
        .isInstanceOf(Lesson.Conflict.class);
    assertThatThrownBy(() -> there.exchange(NOON)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> there.dispute(project, Scope.PROPERTY, "p"))
        .isInstanceOf(Failure.class);
    assertThat(here.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON))
        .isEqualTo(new Lesson.Learned());

    cut.away = false;
    there.exchange(LATER);

    assertThat(there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON))
        .isInstanceOf(Lesson.Conflict.class);
    assertThat(there.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON))
        .isEqualTo(new Lesson.Learned());
    Dispute lost = new Dispute(PropertyType.TEXT, PropertyType.NUMBER, LATER);
    assertThat(there.dispute(project, Scope.PROPERTY, "p")).contains(lost);
    there.close();
    there = new RocksCatalogue(directory.resolve("there"), ROOM, cut);
    assertThat(there.dispute(project, Scope.PROPERTY, "p")).contains(lost);
    assertThat(here.isUndisputed(project)).isTrue();
  }

  @Test
  void remembersOverARestartThatNobodyAgreedYet() {
    cut.away = true;
    there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON);
    there.close();
    there = new RocksCatalogue(directory.resolve("there"), ROOM, cut);

    assertThat(there.isUndisputed(project)).isFalse();
    assertThatThrownBy(() -> there.dispute(project, Scope.PROPERTY, "p"))
        .isInstanceOf(Failure.class);
    cut.away = false;
    there.exchange(LATER);
    assertThat(there.isUndisputed(project)).isTrue();
  }

  @Test
  void asksNobodyAboutWhatItKnows() {
    there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON);
    nowhere.close();
    redis.close();

    assertThat(there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON))
        .isEqualTo(new Lesson.Learned());
    assertThat(there.learn(project, List.of(name("p", PropertyType.LIST)), NOON))
        .isInstanceOf(Lesson.Conflict.class);
  }

  @Test
  void tellsAnArbiterThatForgotEverything() {
    here.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON);
    redis.call("test", commands -> commands.del("types:{" + project + "}"));
    here.exchange(NOON);

    assertThat(there.learn(project, List.of(name("p", PropertyType.TEXT)), NOON))
        .isInstanceOf(Lesson.Conflict.class);
    assertThat(here.isUndisputed(project)).isTrue();
  }

  @Test
  void letsAPlanOverruleEverywhere() {
    here.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON);
    there.exchange(NOON);
    there.learn(
        project, List.of(new TypedName(Scope.PROPERTY, "p", PropertyType.TEXT, true)), NOON);
    here.exchange(NOON);

    assertThat(here.learn(project, List.of(name("p", PropertyType.NUMBER)), NOON))
        .isInstanceOf(Lesson.Conflict.class);
    assertThat(here.isUndisputed(project)).isTrue();
  }

  @Test
  void letsTheFirstOfManyWin() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 10; round++) {
        String property = "p" + round;
        List<Callable<Lesson>> writers = new ArrayList<>();
        for (PropertyType type : PropertyType.values()) {
          writers.add(() -> here.learn(project, List.of(name(property, type)), NOON));
          writers.add(() -> there.learn(project, List.of(name(property, type)), NOON));
        }
        int won = 0;
        for (Future<Lesson> lesson : threads.invokeAll(writers)) {
          won += lesson.get() instanceof Lesson.Learned ? 1 : 0;
        }
        assertThat(won).isBetween(1, 2);
        assertThat(here.type(project, Scope.PROPERTY, property))
            .isPresent()
            .isEqualTo(there.type(project, Scope.PROPERTY, property));
      }
    }
  }

  private static TypedName name(String name, PropertyType type) {
    return new TypedName(Scope.PROPERTY, name, type, false);
  }

  private static TypedName event(String name) {
    return new TypedName(Scope.EVENT, name, null, false);
  }

  private static Redis redis(String url) {
    return new Redis(new RedisProperties(url, Duration.ofSeconds(5)), ObservationRegistry.NOOP);
  }
}
