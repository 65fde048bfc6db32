package io.tenure.condition.store;

import io.lettuce.core.ScriptOutputType;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many statements asked for each property of events, by day: what tells which properties
 * deserve columns. Counts are added up in memory and written every few seconds beside the
 * questions, never in their way. They are a hint: what a crash or an outage of Redis loses is not
 * missed.
 */
public final class PropertyUse {

  private static final Logger LOG = LoggerFactory.getLogger(PropertyUse.class);
  private static final RedisScript COUNT =
      RedisScript.beside(PropertyUse.class, "count-property-use");

  /** One place in a cluster of Redis, since the script needs both keys. */
  private static final String KEY = "{property-use}:";

  private static final String BEGINNING = KEY + "since";
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofDays(100);
  private static final int MOST_NAMES = 2_000;
  private static final int LONGEST_NAME = 100;

  private final Redis redis;
  private final Clock clock;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final AtomicLong written;

  /** Counts of all projects together, in the given store. */
  public PropertyUse(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
    this.written = new AtomicLong(clock.millis());
  }

  /**
   * How often a property was asked for.
   *
   * @param statements how many statements read it
   * @param days on how many different days
   */
  public record Use(long statements, int days) {

    private Use and(Use other) {
      return new Use(statements + other.statements, days + other.days);
    }
  }

  /** Counts one statement that reads a property. */
  void asked(String property) {
    if (property.isEmpty() || property.length() > LONGEST_NAME) {
      return;
    }
    if (counts.size() < MOST_NAMES || counts.containsKey(property)) {
      counts.merge(property, 1L, Long::sum);
    }
    long last = written.get();
    long now = clock.millis();
    if (now - last >= PAUSE.toMillis() && written.compareAndSet(last, now)) {
      Thread.startVirtualThread(this::write);
    }
  }

  /** Writes what was counted since the last time. */
  public void write() {
    LocalDate today = today();
    List<String> arguments = new ArrayList<>();
    for (String property : List.copyOf(counts.keySet())) {
      @Nullable Long count = counts.remove(property);
      if (count != null) {
        arguments.add(property);
        arguments.add(count.toString());
      }
    }
    if (arguments.isEmpty()) {
      return;
    }
    arguments.addAll(
        0,
        List.of(today.toString(), Long.toString(KEPT.toSeconds()), Integer.toString(MOST_NAMES)));
    try {
      redis.<Long>script(
          COUNT,
          ScriptOutputType.INTEGER,
          List.of(KEY + today, BEGINNING),
          arguments.toArray(String[]::new));
    } catch (Failure away) {
      LOG.debug("What was asked for was not counted: {}", away.text());
    }
  }

  /** What was asked for during the last days, today among them. */
  public Map<String, Use> last(int days) {
    Map<String, Use> uses = new HashMap<>();
    for (int ago = 0; ago < days; ago++) {
      String key = KEY + today().minusDays(ago);
      redis
          .call("property use", commands -> commands.hgetall(key))
          .forEach(
              (property, count) ->
                  uses.merge(property, new Use(Long.parseLong(count), 1), Use::and));
    }
    return uses;
  }

  /** The first day that was counted; empty when nothing ever was, or the counts were lost. */
  public Optional<LocalDate> beginning() {
    return Optional.ofNullable(
            redis.<@Nullable String>call("property use", commands -> commands.get(BEGINNING)))
        .map(LocalDate::parse);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
