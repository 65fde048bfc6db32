package io.tenure.collector;

import static io.tenure.collector.domain.Records.BANK;
import static io.tenure.collector.domain.Records.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.observation.ObservationRegistry;
import io.tenure.collector.domain.arrivals.ArrivalWatch;
import io.tenure.collector.domain.arrivals.Arrivals;
import io.tenure.collector.domain.arrivals.Arrivals.Arrived;
import io.tenure.collector.domain.arrivals.WatchedId;
import io.tenure.collector.domain.dialect.Arrival;
import io.tenure.collector.domain.dialect.BoundedUnpacker;
import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.dialect.SensorsDecoder;
import io.tenure.collector.domain.dialect.Shape;
import io.tenure.collector.domain.intake.Intake;
import io.tenure.collector.domain.intake.NameRule;
import io.tenure.collector.domain.intake.Screen;
import io.tenure.collector.domain.log.Receipt;
import io.tenure.collector.domain.record.RefuseReason;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.store.RedisArrivals;
import io.tenure.collector.store.log.MemoryEventLog;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisProperties;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.platform.testing.TestStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a developer sees of a device, over a real Redis. */
final class ArrivalWatchTest {

  private final Clock clock = Clock.systemUTC();
  private final MemoryEventLog log = new MemoryEventLog(clock, Duration.ofDays(7));
  private final Redis redis = redis(TestStores.redisUrl());
  private final Arrivals arrivals = new RedisArrivals(redis);
  private final ArrivalWatch watch = new ArrivalWatch(arrivals, clock);

  @BeforeEach
  void forget() {
    redis.call("forget", commands -> commands.flushall());
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void showsEachRecordOfAWatchedIdWithItsSteps() {
    watchFor("u1");
    take(watch, BANK, event("A", "u1"), event("A", "u2"), event("2 bad", "u1"));
    take(watch, BANK, event("A", "u1"));
    take(watch, SHOP, event("A", "u1"));
    watch.exchange();

    List<Arrived> seen = arrivals.list(new WatchedId(BANK, "u1"), "");

    assertThat(seen)
        .extracting(arrived -> arrived.record().outcome())
        .containsExactly("accepted", "quarantined", "duplicate");
    assertThat(seen.getFirst().record().eventName()).isEqualTo("A");
    assertThat(seen.getFirst().record().library()).isEqualTo("Java 3.4.0");
    assertThat(seen.getFirst().record().record()).contains("\"distinct_id\":\"u1\"");
    assertThat(seen.get(1).record().reason()).isEqualTo("EVENT_NAME_INVALID");
    assertThat(seen.get(1).record().steps())
        .extracting(step -> step.step() + "=" + step.result())
        .containsExactly("c3=passed", "shape=passed", "names=quarantined");
    assertThat(arrivals.list(new WatchedId(BANK, "u1"), seen.get(1).cursor())).hasSize(1);
    assertThat(arrivals.list(new WatchedId(BANK, "u2"), "")).isEmpty();
  }

  @Test
  void neverShowsWhatWasRefused() {
    watchFor("u1");
    Screen forbidding =
        new Screen() {
          @Override
          public Look look() {
            return draft -> Optional.of(new Verdict.Refuse(RefuseReason.C3_DATA));
          }

          @Override
          public Draft masked(Draft draft) {
            return draft;
          }
        };

    take(forbidding, watch, BANK, event("s3cr3t", "u1"));
    watch.exchange();

    Arrived seen = arrivals.list(new WatchedId(BANK, "u1"), "").getFirst();
    assertThat(seen.record().outcome()).isEqualTo("refused");
    assertThat(seen.record().reason()).isEqualTo("C3_DATA");
    assertThat(seen.record().toString()).doesNotContain("s3cr3t");
  }

  @Test
  void stopsWhenTheWatchEnds() {
    Instant now = clock.instant();
    arrivals.watch(new WatchedId(BANK, "u1"), now, now.minusSeconds(1));
    watch.exchange();

    assertThat(watch.watches(BANK)).isFalse();
  }

  @Test
  void takesEventsWhileRedisIsAway() {
    try (Redis nowhere = redis("redis://127.0.0.1:1")) {
      Arrivals unreachable = new RedisArrivals(nowhere);
      ArrivalWatch blind = new ArrivalWatch(unreachable, clock);

      assertThatThrownBy(blind::exchange).isInstanceOf(Failure.class);
      assertThat(take(blind, BANK, event("A", "u1")).accepted()).isEqualTo(1);
      assertThatThrownBy(() -> unreachable.list(new WatchedId(BANK, "u1"), ""))
          .isInstanceOf(Failure.class);
    }
  }

  private void watchFor(String id) {
    Instant now = clock.instant();
    arrivals.watch(new WatchedId(BANK, id), now, now.plusSeconds(60));
    watch.exchange();
  }

  private Receipt take(ArrivalWatch over, ProjectId project, String... records) {
    return take(Screen.OPEN, over, project, records);
  }

  private Receipt take(Screen screen, ArrivalWatch over, ProjectId project, String... records) {
    String json = "[" + String.join(",", records) + "]";
    String payload = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    Intake intake =
        new Intake(
            screen,
            new Shape(Limits.DEFAULT),
            List.of(new NameRule(Limits.DEFAULT)),
            log,
            receipt -> {},
            over);
    try {
      Arrival arrival = new Arrival(project, clock.instant());
      return intake.take(
          project,
          new SensorsDecoder(arrival)
              .decode(Map.of("data_list", payload), new BoundedUnpacker(1000)));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String event(String name, String user) {
    return "{\"type\":\"track\",\"event\":\"%s\",\"distinct_id\":\"%s\",\"time\":1781524800000,\"properties\":{},\"lib\":{\"$lib\":\"Java\",\"$lib_version\":\"3.4.0\"}}"
        .formatted(name, user);
  }

  private static Redis redis(String url) {
    return new Redis(new RedisProperties(url, Duration.ofSeconds(2)), ObservationRegistry.NOOP);
  }
}
