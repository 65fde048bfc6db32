package io.tenure.segment.store;

import io.lettuce.core.SetArgs;
import io.tenure.platform.json.Json;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.background.BackgroundRun;
import io.tenure.segment.domain.background.RunBoard;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executions as one text each in Redis, which forgets them after an hour. */
public final class RedisRunBoard implements RunBoard {

  private static final Duration LIFE = Duration.ofHours(1);

  private final Redis redis;

  /** A board in the given store. */
  public RedisRunBoard(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void show(ProjectId project, BackgroundRun run) {
    redis.call(
        "analysis run write",
        commands -> commands.set(key(project, run.id()), Json.write(run), life()));
  }

  @Override
  public Optional<BackgroundRun> find(ProjectId project, String id) {
    @Nullable String text =
        redis.call("analysis run read", commands -> commands.get(key(project, id)));
    return Optional.ofNullable(text)
        .map(written -> Json.MAPPER.readValue(written, BackgroundRun.class));
  }

  @Override
  public void cancel(ProjectId project, String id) {
    redis.call(
        "analysis run cancel",
        commands -> commands.set(key(project, id) + ":cancel", "wanted", life()));
  }

  @Override
  public boolean isCancelled(ProjectId project, String id) {
    return redis.call(
            "analysis run cancelled", commands -> commands.get(key(project, id) + ":cancel"))
        != null;
  }

  private static SetArgs life() {
    return SetArgs.Builder.px(LIFE.toMillis());
  }

  private static String key(ProjectId project, String id) {
    return "analysis:run:" + project.value() + ":" + id;
  }
}
