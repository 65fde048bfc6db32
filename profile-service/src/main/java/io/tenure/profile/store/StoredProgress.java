package io.tenure.profile.store;

import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.rebuild.Rebuilding.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Users as the table {@code profiles} knows them; the progress lies in the store it is about. */
public final class StoredProgress implements Progress {

  private final StoredUsers users;
  private final Redis redis;

  /** Progress of the given users in the given store. */
  public StoredProgress(StoredUsers users, Redis redis) {
    this.users = users;
    this.redis = redis;
  }

  @Override
  public List<ProjectId> projects() {
    return users.projects();
  }

  @Override
  public long highest(ProjectId project) {
    return users.highest(project);
  }

  @Override
  public long reached(ProjectId project, String epoch) {
    @Nullable String text = redis.call("rebuild", commands -> commands.get(key(project)));
    String mark = epoch + " ";
    return text != null && text.startsWith(mark)
        ? Long.parseLong(text.substring(mark.length()))
        : 0;
  }

  @Override
  public void reach(ProjectId project, String epoch, long number) {
    redis.call("rebuild", commands -> commands.set(key(project), epoch + " " + number));
  }

  private static String key(ProjectId project) {
    return "rebuilt:{" + project + "}";
  }
}
