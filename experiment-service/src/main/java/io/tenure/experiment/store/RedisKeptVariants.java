package io.tenure.experiment.store;

import io.lettuce.core.ScriptOutputType;
import io.tenure.evaluator.Kept;
import io.tenure.experiment.domain.serving.KeptRecord;
import io.tenure.experiment.domain.serving.KeptVariants;
import io.tenure.experiment.domain.serving.Unit;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.redis.RedisScript;
import io.tenure.platform.tenancy.ProjectId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A hash for each unit, {@code kept:{PROJECT/KIND/UNIT}}: key of the split to {@code VERSION TIME
 * VARIANT}, the time in milliseconds. The unit is hashed to 128 bits, because callers choose ids
 * and their length.
 */
public final class RedisKeptVariants implements KeptVariants, AutoCloseable {

  private static final RedisScript FIND = script("kept-find");
  private static final RedisScript KEEP = script("kept-keep");
  private static final RedisScript FORGET = script("kept-forget");

  /** Units in one command, which holds up all others for about a millisecond. */
  private static final int MOST_UNITS = 1_000;

  private static final int UNIT_BYTES = 16;
  private static final int PARTS = 3;

  /** Renewing writes, so what is asked for all the time is renewed once a day. */
  private static final Duration RENEWAL = Duration.ofDays(1);

  private final Redis redis;
  private final Duration lifetime;
  private final Clock clock;

  /**
   * What is kept in a server.
   *
   * @param redis closed with it
   * @param lifetime how long a unit that nobody asks for is remembered
   */
  public RedisKeptVariants(Redis redis, Duration lifetime, Clock clock) {
    this.redis = redis;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  private static RedisScript script(String name) {
    return RedisScript.beside(RedisKeptVariants.class, name);
  }

  @Override
  public Map<Unit, Map<String, Kept>> find(
      ProjectId project, Collection<Unit> units, boolean renewing) {
    Map<Unit, Map<String, Kept>> found = new HashMap<>();
    for (KeptRecord one : read(project, units, renewing)) {
      found.computeIfAbsent(one.unit(), _ -> new HashMap<>()).put(one.split(), one.kept());
    }
    return found;
  }

  private List<KeptRecord> read(ProjectId project, Collection<Unit> units, boolean renewing) {
    Duration least =
        renewing ? lifetime.minus(shorter(RENEWAL, lifetime.dividedBy(2))) : Duration.ZERO;
    List<KeptRecord> records = new ArrayList<>();
    for (List<Unit> slice : slices(units)) {
      List<List<String>> hashes =
          redis.<List<List<String>>>script(
              FIND,
              ScriptOutputType.MULTI,
              keys(project, slice),
              seconds(lifetime),
              seconds(least));
      for (int i = 0; i < slice.size(); i++) {
        Iterator<String> fields = hashes.get(i).iterator();
        while (fields.hasNext()) {
          records.add(record(slice.get(i), fields.next(), fields.next()));
        }
      }
    }
    return records;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public Map<Unit, Map<String, Kept>> keep(ProjectId project, Map<Unit, Map<String, Kept>> wanted) {
    Map<Unit, Map<String, Kept>> now = new HashMap<>();
    for (List<Unit> slice : slices(wanted.keySet())) {
      List<String> arguments = new ArrayList<>(List.of(seconds(lifetime)));
      for (int i = 0; i < slice.size(); i++) {
        String hash = Integer.toString(i + 1);
        wanted
            .getOrDefault(slice.get(i), Map.of())
            .forEach((split, kept) -> arguments.addAll(List.of(hash, split, text(kept))));
      }
      List<String> values =
          redis.<List<String>>script(
              KEEP, ScriptOutputType.MULTI, keys(project, slice), arguments.toArray(String[]::new));
      Iterator<String> value = values.iterator();
      for (Unit unit : slice) {
        Map<String, Kept> kept = now.computeIfAbsent(unit, _ -> new HashMap<>());
        wanted
            .getOrDefault(unit, Map.of())
            .keySet()
            .forEach(split -> kept.put(split, record(unit, split, value.next()).kept()));
      }
    }
    return now;
  }

  @Override
  public List<KeptRecord> records(ProjectId project, Collection<Unit> units, Instant before) {
    return read(project, units, false).stream().filter(one -> one.time().isBefore(before)).toList();
  }

  @Override
  public void forget(ProjectId project, Collection<Unit> units, Instant before) {
    for (List<Unit> slice : slices(units)) {
      redis.<Long>script(
          FORGET,
          ScriptOutputType.INTEGER,
          keys(project, slice),
          Long.toString(before.toEpochMilli()));
    }
  }

  private static List<List<Unit>> slices(Collection<Unit> units) {
    List<Unit> all = List.copyOf(units);
    List<List<Unit>> slices = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_UNITS) {
      slices.add(all.subList(from, Math.min(from + MOST_UNITS, all.size())));
    }
    return slices;
  }

  private static List<String> keys(ProjectId project, List<Unit> units) {
    return units.stream().map(unit -> key(project, unit)).toList();
  }

  static String key(ProjectId project, Unit unit) {
    return "kept:{"
        + project
        + "/"
        + unit.type().name().toLowerCase(Locale.ROOT)
        + "/"
        + hash(unit.id())
        + "}";
  }

  private static String hash(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest, UNIT_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  private String text(Kept kept) {
    return kept.version() + " " + clock.millis() + " " + kept.variant();
  }

  private static KeptRecord record(Unit unit, String split, String text) {
    String[] parts = text.split(" ", PARTS);
    return new KeptRecord(
        unit,
        split,
        new Kept(parts[2], Integer.parseInt(parts[0])),
        Instant.ofEpochMilli(Long.parseLong(parts[1])));
  }

  @Override
  public void close() {
    redis.close();
  }
}
