package io.tenure.alert.store;

import io.tenure.alert.domain.ForgottenPeople;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Alerts in the table {@code alerts}; receivers were told already, which nobody can take back. */
public final class ClickHouseForgottenPeople implements ForgottenPeople {

  private final ClickHouse clickHouse;

  /** Alerts in the given store. */
  public ClickHouseForgottenPeople(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Map<Long, Long> count(ProjectId project, Collection<Long> userNumbers) {
    Map<Long, Long> counts = new HashMap<>();
    clickHouse.scan(
        """
        SELECT user_number, count() AS found FROM alerts
        WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
        GROUP BY user_number
        """,
        Map.of("project", project.value(), "numbers", List.copyOf(userNumbers)),
        row -> counts.put(row.getLong("user_number"), row.getLong("found")));
    return counts;
  }

  @Override
  public void erase(ProjectId project, Collection<Long> userNumbers) {
    for (String table : List.of("alerts", "withheld_alerts")) {
      clickHouse.execute(
          """
          ALTER TABLE %s DELETE
          WHERE project_id = {project:String} AND user_number IN {numbers:Array(UInt32)}
          SETTINGS mutations_sync = 2
          """
              .formatted(table),
          Map.of("project", project.value(), "numbers", List.copyOf(userNumbers)));
    }
  }
}
