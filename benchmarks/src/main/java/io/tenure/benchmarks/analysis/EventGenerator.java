package io.tenure.benchmarks.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fills the real table with events that depend on nothing but the seed. The engine makes them
 * itself, since it is by far the fastest writer there is: it replays {@link SessionPatterns} for
 * users whose numbers of sessions are lognormal, at times with a daily and a weekly rhythm.
 *
 * <p>One event in a hundred is stored twice, three in a hundred are received up to seven days late,
 * one user in twenty was merged into another, and ten bots have 50,000 events each.
 */
final class EventGenerator {

  /** The project of the customers and bots. */
  static final String PROJECT = "bench";

  /** The project of ten bots alone, who take the first two steps of a funnel in turn. */
  static final String BOTS = "bench-bots";

  /** Midnight of the first day in Shanghai: 1 January 2026. */
  static final long FIRST_MILLIS = 1_767_196_800_000L;

  static final int DAYS = 90;
  static final int BOT_COUNT = 10;

  private static final int SEED = 20_260_101;
  private static final int BOT_EVENTS = 50_000;
  private static final int EVENTS_PER_USER = 50;
  private static final double SIGMA = 1.2;
  private static final double MEAN_SESSIONS = 6.25;
  private static final int MOST_SESSIONS = 2_000;
  private static final long USERS_AT_ONCE = 40_000;
  private static final int LOADERS = 2;

  private static final String COLUMNS =
      "project_id, name, event_time, original_time, receive_time, user_number, event_id, event_key,"
          + " login_id, anonymous_id, library, properties, log_id, log_offset";

  private final Engine engine;
  private final long users;

  EventGenerator(Engine engine, long events) {
    this.engine = engine;
    this.users = events / EVENTS_PER_USER;
  }

  /** Customers; their numbers begin at 1, those of the bots come after. */
  long users() {
    return users;
  }

  /** Loads everything; the stored duplicates come last, as they do in life. */
  void load() throws InterruptedException {
    prepare();
    loadCustomers();
    engine.ask(insert(bots(PROJECT, 15L * DAYS * 86_400_000 / 16 / BOT_EVENTS)));
    engine.ask(insert(bots(BOTS, 25L * 86_400_000 / BOT_EVENTS)));
    settle();
    for (long first = 1; first <= users; first += USERS_AT_ONCE * 25) {
      long last = Math.min(users, first + USERS_AT_ONCE * 25 - 1);
      engine.ask(insert(customers(first, last, "event_key % 100 = 0")));
    }
    engine.ask("SYSTEM STOP MERGES events");
    merge();
  }

  /** Two statements at once, since one alone writes with one thread. */
  private void loadCustomers() throws InterruptedException {
    List<Thread> loaders = new ArrayList<>();
    for (int loader = 0; loader < LOADERS; loader++) {
      long from = 1 + loader * USERS_AT_ONCE;
      loaders.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler(
                  (_, failure) -> {
                    failure.printStackTrace();
                    Runtime.getRuntime().halt(1);
                  })
              .start(() -> loadCustomers(from)));
    }
    for (Thread loader : loaders) {
      loader.join();
    }
  }

  private void loadCustomers(long from) {
    for (long first = from; first <= users; first += LOADERS * USERS_AT_ONCE) {
      long last = Math.min(users, first + USERS_AT_ONCE - 1);
      engine.ask(insert(customers(first, last, "1")));
      System.err.printf("Users up to %,d of %,d%n", last, users);
    }
  }

  private void prepare() {
    SessionPatterns patterns = new SessionPatterns(SEED);
    engine.ask(
        "CREATE TABLE bench_patterns (pattern UInt32, names Array(LowCardinality(String)), times"
            + " Array(UInt32)) ENGINE = Memory");
    engine.insert("bench_patterns", patterns.patterns());
    engine.ask("CREATE TABLE bench_starts (starts Array(UInt32)) ENGINE = Memory");
    engine.insert(
        "bench_starts",
        patterns.starts(DAYS).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",", "[", "]"))
            + "\n");
  }

  /** Waits for merges, at most two minutes: what is stored then stays as it is. */
  private void settle() throws InterruptedException {
    for (int second = 0; second < 120 && merges() > 0; second++) {
      Thread.sleep(1_000);
    }
  }

  private long merges() {
    return engine.number("SELECT count() FROM system.merges WHERE table = 'events'");
  }

  private void merge() {
    engine.ask(
        "INSERT INTO user_overrides (project_id, old_number, new_number, version, deleted) SELECT '"
            + PROJECT
            + "', number, number - 1, 1, 0 FROM numbers(1, "
            + users
            + ") WHERE number % 20 = 7");
    engine.ask("SYSTEM RELOAD DICTIONARY merged_users");
    long merged =
        engine.number(
            "SELECT count() FROM (SELECT stored_user_number, any(user_number) AS now FROM events_v1"
                + " WHERE project_id = '"
                + PROJECT
                + "' AND name = '"
                + EventNames.of(0)
                + "' AND stored_user_number % 20 = 7 GROUP BY stored_user_number HAVING now !="
                + " stored_user_number - 1)");
    if (merged > 0) {
      throw new IllegalStateException(merged + " merged users are not seen as merged");
    }
  }

  private static String insert(String rows) {
    return "INSERT INTO events (" + COLUMNS + ") " + rows;
  }

  private static String customers(long first, long last, String condition) {
    String sessions =
        """
        SELECT number AS user, arrayJoin(range(toUInt32(least(%d, greatest(1, round(exp(%f + %f
            * sqrt(-2 * log((cityHash64(%d, number, 'u') %% 1000003 + 1) / 1000004))
            * cos(2 * pi() * (cityHash64(%d, number, 'v') %% 1000003) / 1000003)))))))) AS session,
          toUInt32(pow((cityHash64(%d, number, 'joined') %% 1000003) / 1000003, 3) * %d) AS joined,
          cityHash64(%d, number, session) AS draw
        FROM numbers(%d, %d)
        """
            .formatted(
                MOST_SESSIONS,
                Math.log(MEAN_SESSIONS) - SIGMA * SIGMA / 2,
                SIGMA,
                SEED,
                SEED,
                SEED,
                SessionPatterns.STARTS * 15 / 16,
                SEED,
                first,
                last - first + 1);
    String events =
        """
        SELECT user, session, place, event_name, cityHash64(draw, place) AS event_key,
          %d + toInt64((SELECT starts FROM bench_starts)[joined + intDiv(draw, 20000) %% (%d - joined) + 1]) * 60000
            + bitShiftRight(draw, 40) %% 60000 + toInt64(after * (0.5 + bitShiftRight(draw, 32) %% 100 / 66)) AS millis
        FROM (%s) AS sessions INNER JOIN bench_patterns AS patterns ON pattern = draw %% %d
        ARRAY JOIN names AS event_name, times AS after, arrayEnumerate(names) AS place
        """
            .formatted(FIRST_MILLIS, SessionPatterns.STARTS, sessions, SessionPatterns.COUNT);
    return rows(PROJECT, events, condition);
  }

  /** Bots take steps of one product again and again, always as far apart. */
  private String bots(String project, long apart) {
    String events =
        """
        SELECT %d + intDiv(number, %d) AS user, number %% %d AS place, 0 AS session,
          ['%s', '%s', '%s', '%s', '%s'][place %% %d + 1] AS event_name, cityHash64(%d, number) AS event_key,
          %d + place * %d AS millis
        FROM numbers(%d)
        """
            .formatted(
                users + 1,
                BOT_EVENTS,
                BOT_EVENTS,
                EventNames.of(4),
                EventNames.of(14),
                EventNames.of(24),
                EventNames.of(34),
                EventNames.of(44),
                project.equals(BOTS) ? 2 : 5,
                SEED + project.length(),
                FIRST_MILLIS + (DAYS - 31L) * 86_400_000 * (project.equals(BOTS) ? 1 : 0),
                apart,
                BOT_COUNT * BOT_EVENTS);
    return rows(project, events, "1");
  }

  /** Twelve properties on every event, and on one in ten another one of three hundred. */
  private static String rows(String project, String events, String condition) {
    return """
    SELECT '%s', event_name, fromUnixTimestamp64Milli(millis, 'UTC'), fromUnixTimestamp64Milli(millis, 'UTC'),
      fromUnixTimestamp64Milli(millis + if(event_key %% 997 < 30, event_key %% 604800000, 300 + event_key %% 4000), 'UTC'),
      toUInt32(user), lower(hex(event_key)), event_key, if(user %% 3 = 0, '', concat('customer-', toString(user))),
      concat('device-', toString(user)), ['android', 'ios', 'js'][user %% 3 + 1],
      mapConcat(map(
        'platform', ['Android', 'iOS', 'Web'][user %% 3 + 1],
        'channel', ['appstore', 'branch', 'wechat', 'search', 'ad', 'friend', 'mail', 'none'][cityHash64(user) %% 8 + 1],
        'city', ['上海', '北京', '深圳', '成都', '杭州', '武汉', '广州', '南京', '西安', '苏州'][cityHash64(user, 1) %% 10 + 1],
        'version', ['6.1.0', '6.1.1', '6.2.0', '6.3.0', '7.0.0'][intDiv(millis, 1555200000) %% 5 + 1],
        'network', ['wifi', '5g', '4g'][event_key %% 3 + 1],
        'page', concat('/page/', toString(event_key %% 50)),
        'product_id', concat('P', toString(intDiv(event_key, 64) %% 500)),
        'amount', concat(toString(intDiv(event_key, 128) %% 50000), '.', toString(10 + event_key %% 90)),
        'currency', 'CNY',
        'campaign', if(event_key %% 4 = 0, concat('c', toString(event_key %% 37)), ''),
        'duration', toString(intDiv(event_key, 512) %% 3000),
        'result', if(event_key %% 11 = 0, 'failed', 'ok')),
        if(intDiv(event_key, 16) %% 10 = 0, map(concat('extra_', toString(intDiv(event_key, 256) %% 300)), toString(event_key %% 100)),
          CAST(map(), 'Map(String, String)'))),
      'bench', toUInt64(user) * 100000 + session * 50 + place
    FROM (%s) WHERE %s
    SETTINGS max_insert_threads = 1, min_insert_block_size_rows = 2097152, min_insert_block_size_bytes = 1073741824
    """
        .formatted(project, events, condition);
  }
}
