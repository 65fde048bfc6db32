package io.tenure.profile.store;

import io.lettuce.core.SetArgs;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.erasure.ErasureTurns;
import io.tenure.profile.domain.squash.SquashTurns;
import java.time.Duration;
import java.util.UUID;

/** Turns as Redis keys that end by themselves, should their holder die. */
public final class RedisTurns implements ErasureTurns, SquashTurns {

  private final Redis redis;
  private final String work;
  private final Duration length;
  private final String owner = UUID.randomUUID().toString();

  /**
   * Turns in the given server.
   *
   * @param work what is done in turns
   * @param length how long a turn lasts that nobody keeps
   */
  public RedisTurns(Redis redis, String work, Duration length) {
    this.redis = redis;
    this.work = work;
    this.length = length;
  }

  @Override
  public boolean take(ProjectId project) {
    boolean fresh =
        "OK"
            .equals(
                redis.call(
                    work + " turn",
                    commands ->
                        commands.set(key(project), owner, SetArgs.Builder.nx().px(length))));
    return fresh || isOurs(project) && prolonged(project);
  }

  @Override
  public void give(ProjectId project) {
    if (isOurs(project)) {
      redis.<Long>call(work + " turn", commands -> commands.del(key(project)));
    }
  }

  private boolean prolonged(ProjectId project) {
    return redis.<Boolean>call(work + " turn", commands -> commands.pexpire(key(project), length));
  }

  /** Two that lead at once repeat each other's steps, which harms nobody. */
  private boolean isOurs(ProjectId project) {
    return owner.equals(redis.call(work + " turn", commands -> commands.get(key(project))));
  }

  private String key(ProjectId project) {
    return work + ":{" + project + "}:turn";
  }
}
