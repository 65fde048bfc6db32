package io.tenure.collector.store;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.tenure.collector.domain.arrivals.Arrivals;
import io.tenure.collector.domain.arrivals.ArrivedRecord;
import io.tenure.collector.domain.arrivals.WatchedId;
import io.tenure.platform.failure.Failure;
import io.tenure.platform.failure.Reason;
import io.tenure.platform.json.Json;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Watching in Redis: one sorted set of all watched ids by the end of their watch, and a capped
 * stream for each id. Everything goes away by itself.
 */
public final class RedisArrivals implements Arrivals {

  private static final String WATCHES = "arrivals:watches";
  private static final int MOST_WATCHED = 500;
  private static final int MOST_KEPT = 200;
  private static final Duration KEPT = Duration.ofMinutes(15);

  private final Redis redis;

  /** Watching in the given Redis. */
  public RedisArrivals(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void watch(WatchedId id, Instant now, Instant until) {
    long watched =
        redis.call(
            "arrivals watch",
            commands -> {
              commands.zremrangebyscore(WATCHES, Range.create(0, (double) now.toEpochMilli()));
              return commands.zcard(WATCHES);
            });
    if (watched >= MOST_WATCHED) {
      throw Failure.of(Reason.RESOURCE_EXHAUSTED, "Too many ids are watched");
    }
    redis.call(
        "arrivals watch",
        commands -> {
          commands.zadd(WATCHES, (double) until.toEpochMilli(), member(id));
          return commands.pexpireat(WATCHES, now.plus(Duration.ofHours(2)).toEpochMilli());
        });
  }

  @Override
  public Map<WatchedId, Instant> watched(Instant now) {
    Map<WatchedId, Instant> watched = new HashMap<>();
    redis
        .call(
            "arrivals watched",
            commands ->
                commands.zrangebyscoreWithScores(
                    WATCHES,
                    Range.from(
                        Range.Boundary.excluding((double) now.toEpochMilli()),
                        Range.Boundary.unbounded()),
                    Limit.from(MOST_WATCHED)))
        .forEach(
            entry ->
                watched.put(id(entry.getValue()), Instant.ofEpochMilli((long) entry.getScore())));
    return watched;
  }

  @Override
  public void add(WatchedId id, ArrivedRecord record) {
    redis.call(
        "arrivals add",
        commands -> {
          commands.xadd(
              key(id),
              XAddArgs.Builder.maxlen(MOST_KEPT).exactTrimming(),
              Map.of("record", Json.write(json(record))));
          return commands.expire(key(id), KEPT);
        });
  }

  @Override
  public List<Arrived> list(WatchedId id, String after) {
    Range<String> range =
        after.isEmpty()
            ? Range.unbounded()
            : Range.from(Range.Boundary.excluding(after), Range.Boundary.unbounded());
    List<StreamMessage<String, String>> messages =
        redis.call(
            "arrivals list", commands -> commands.xrange(key(id), range, Limit.from(MOST_KEPT)));
    return messages.stream()
        .map(
            message ->
                new Arrived(
                    message.getId(),
                    record(Json.read(message.getBody().getOrDefault("record", "{}")))))
        .toList();
  }

  private static String key(WatchedId id) {
    return "arrivals:{" + member(id) + "}";
  }

  /** A project id holds no colon. */
  private static String member(WatchedId id) {
    return id.project() + ":" + id.id();
  }

  private static WatchedId id(String member) {
    int colon = member.indexOf(':');
    return new WatchedId(new ProjectId(member.substring(0, colon)), member.substring(colon + 1));
  }

  private static Map<String, Object> json(ArrivedRecord record) {
    Map<String, Object> json = new HashMap<>();
    json.put("time", record.receiveTime().toEpochMilli());
    json.put("dialect", record.dialect());
    json.put("library", record.library());
    json.put("event", record.eventName());
    json.put("steps", record.steps());
    json.put("outcome", record.outcome());
    json.put("reason", record.reason());
    json.put("detail", record.detail());
    json.put("record", record.record());
    return json;
  }

  private static ArrivedRecord record(JsonNode json) {
    List<ArrivedRecord.Step> steps = new ArrayList<>();
    json.path("steps")
        .forEach(
            step ->
                steps.add(
                    new ArrivedRecord.Step(
                        step.path("step").asString(""),
                        step.path("result").asString(""),
                        step.path("reason").asString(""),
                        step.path("detail").asString(""))));
    return new ArrivedRecord(
        Instant.ofEpochMilli(json.path("time").longValue()),
        json.path("dialect").asString(""),
        json.path("library").asString(""),
        json.path("event").asString(""),
        steps,
        json.path("outcome").asString(""),
        json.path("reason").asString(""),
        json.path("detail").asString(""),
        json.path("record").asString(""));
  }
}
