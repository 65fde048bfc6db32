package io.tenure.profile.store;

import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.redis.Redis;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.rebuild.Rebuilding.Progress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users as the table {@code profiles} knows them; the progress lies in the store it is about. */
public final class StoredProgress implements Progress {

  private final ClickHouse clickHouse;
  private final Redis redis;

  /** Progress of the given stores. */
  public StoredProgress(ClickHouse clickHouse, Redis redis) {
    this.clickHouse = clickHouse;
    this.redis = redis;
  }

  @Override
  public List<ProjectId> projects() {
    return clickHouse.query(
        "SELECT DISTINCT project_id FROM profiles ORDER BY project_id",
        Map.of(),
        row -> new ProjectId(row.getString("project_id")));
  }

  @Override
  public long highest(ProjectId project) {
    return clickHouse
        .query(
            "SELECT max(user_number) AS highest FROM profiles WHERE project_id = {project:String}",
            Map.of("project", project.value()),
            row -> row.getLong("highest"))
        .getFirst();
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
