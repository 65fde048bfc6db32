package io.tenure.alert.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.AlertHistory;
import io.tenure.alert.domain.Page;
import io.tenure.alert.domain.Position;
import io.tenure.alert.domain.UserSet;
import io.tenure.alert.domain.sweep.AlertLog;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Alerts as rows that collapse by id. A row carries its receivers, so that alert and delivery order
 * are written in one step and no crash can part them.
 */
public final class ClickHouseAlertLog implements AlertLog, AlertHistory {

  static final String COLUMNS =
      """
      id, rule_id, user_number, login_id, toUnixTimestamp64Milli(create_time) AS created, explanation
      """;

  private final ClickHouse clickHouse;
  private final int batchSize;

  /**
   * Alerts in this ClickHouse.
   *
   * @param batchSize most alerts that travel together to a receiver
   */
  public ClickHouseAlertLog(ClickHouse clickHouse, int batchSize) {
    this.clickHouse = clickHouse;
    this.batchSize = batchSize;
  }

  @Override
  public UserSet alerted(ProjectId project, String ruleId, Instant after, Instant before) {
    LongStream.Builder users = LongStream.builder();
    clickHouse.scan(
        """
        SELECT DISTINCT user_number FROM alerts
        WHERE project_id = {project:String} AND rule_id = {rule:String}
          AND toUnixTimestamp64Milli(create_time) > {after:Int64}
          AND toUnixTimestamp64Milli(create_time) < {before:Int64}
        """,
        Map.of(
            "project", project.value(),
            "rule", ruleId,
            "after", after.toEpochMilli(),
            "before", before.toEpochMilli()),
        row -> users.add(row.getLong("user_number")));
    return UserSet.of(users.build());
  }

  @Override
  public void append(
      ProjectId project, List<Alert> alerts, List<String> receiverIds, Instant raiseTime) {
    List<Map<String, ?>> rows = new ArrayList<>(alerts.size());
    for (int start = 0; start < alerts.size(); start += batchSize) {
      List<Alert> batch = alerts.subList(start, Math.min(alerts.size(), start + batchSize));
      String batchId = Alert.digest("batch\n" + batch.getFirst().id());
      for (Alert alert : batch) {
        rows.add(
            Map.of(
                "project_id", project.value(),
                "rule_id", alert.ruleId(),
                "id", alert.id(),
                "user_number", alert.userNumber(),
                "login_id", alert.loginId(),
                "create_time", text(alert.createTime()),
                "raise_time", text(raiseTime),
                "explanation", alert.explanation(),
                "batch_id", batchId,
                "receiver_ids", receiverIds));
      }
    }
    clickHouse.insert("alerts", rows, null);
  }

  @Override
  public Page<Alert> list(ProjectId project, String ruleId, int size, Position after) {
    List<Alert> alerts =
        clickHouse.query(
            "SELECT "
                + COLUMNS
                + """
                FROM alerts FINAL
                WHERE project_id = {project:String} AND ({rule:String} = '' OR rule_id = {rule:String})
                  AND (toUnixTimestamp64Milli(create_time), id) < ({time:Int64}, {id:String})
                ORDER BY created DESC, id DESC LIMIT {limit:UInt32}
                """,
            Map.of(
                "project", project.value(),
                "rule", ruleId,
                "time", after.time().toEpochMilli(),
                "id", after.id(),
                "limit", size + 1),
            ClickHouseAlertLog::alert);
    return Page.of(alerts, size, last -> new Position(last.createTime(), last.id()));
  }

  static Alert alert(GenericRecord row) {
    return new Alert(
        row.getString("id"),
        row.getString("rule_id"),
        row.getLong("user_number"),
        row.getString("login_id"),
        Instant.ofEpochMilli(row.getLong("created")),
        row.getString("explanation"));
  }

  static String text(Instant time) {
    return Instant.ofEpochMilli(time.toEpochMilli()).toString();
  }
}
