package io.tenure.collector.store.catalogue;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.NOON;
import static io.tenure.collector.domain.Records.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenure.collector.domain.plan.Catalogue.Lesson;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.plan.TypedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is learned stays learned. */
final class RocksCatalogueTest {

  private static final RocksCatalogue.Room ROOM = new RocksCatalogue.Room(10, 10, 10, 10);

  @TempDir private Path directory;

  @Test
  void remembersTypesAndCountsAfterARestart() {
    try (RocksCatalogue catalogue = open("a")) {
      catalogue.learn(BANK, List.of(name("p", PropertyType.NUMBER)), NOON);
      catalogue.learn(BANK, List.of(name("p", PropertyType.NUMBER)), NOON.plusSeconds(1));
    }
    try (RocksCatalogue catalogue = open("a")) {
      assertThat(catalogue.list(BANK))
          .containsExactly(
              new LearnedName(
                  Scope.PROPERTY,
                  "p",
                  PropertyType.NUMBER,
                  2,
                  NOON.truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
                  NOON.plusSeconds(1)));
      assertThat(catalogue.learn(BANK, List.of(name("p", PropertyType.TEXT)), NOON))
          .isEqualTo(new Lesson.Conflict(name("p", PropertyType.TEXT), PropertyType.NUMBER));
      assertThat(catalogue.list(SHOP)).isEmpty();
    }
  }

  /** A copy of the files of an open catalogue is what kill -9 leaves. */
  @Test
  void hasWrittenATypeBeforeItTellsAnybody() throws IOException {
    try (RocksCatalogue catalogue = open("a")) {
      catalogue.learn(BANK, List.of(name("p", PropertyType.NUMBER)), NOON);
      catalogue.learn(
          BANK,
          List.of(name("q", PropertyType.LIST), new TypedName(Scope.EVENT, "Buy", null, false)),
          NOON);
      copy(directory.resolve("a"), directory.resolve("b"));
    }
    try (RocksCatalogue copy = open("b")) {
      assertThat(copy.list(BANK))
          .extracting(LearnedName::name, LearnedName::type)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("Buy", null),
              org.assertj.core.groups.Tuple.tuple("p", PropertyType.NUMBER),
              org.assertj.core.groups.Tuple.tuple("q", PropertyType.LIST));
    }
  }

  @Test
  void letsTheFirstOfManyWin() throws Exception {
    try (RocksCatalogue catalogue = open("a");
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 10; round++) {
        String property = "p" + round;
        List<Callable<Lesson>> writers = new ArrayList<>();
        for (PropertyType type : PropertyType.values()) {
          writers.add(() -> catalogue.learn(BANK, List.of(name(property, type)), NOON));
        }
        int won = 0;
        for (Future<Lesson> lesson : threads.invokeAll(writers)) {
          won += lesson.get() instanceof Lesson.Learned ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
      }
    }
  }

  private RocksCatalogue open(String name) {
    return new RocksCatalogue(directory.resolve(name), ROOM, TypeArbiter.ALONE);
  }

  private static TypedName name(String name, PropertyType type) {
    return new TypedName(Scope.PROPERTY, name, type, false);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(path -> !path.endsWith("LOCK")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
