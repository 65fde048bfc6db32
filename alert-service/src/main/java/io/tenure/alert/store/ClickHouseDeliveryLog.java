package io.tenure.alert.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.alert.domain.Alert;
import io.tenure.alert.domain.Page;
import io.tenure.alert.domain.Position;
import io.tenure.alert.domain.delivery.Attempt;
import io.tenure.alert.domain.delivery.Delivery;
import io.tenure.alert.domain.delivery.DeliveryLog;
import io.tenure.alert.domain.delivery.Parcel;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Deliveries: the alerts say what is to be delivered, this table only what was tried. What is due
 * is the difference.
 */
public final class ClickHouseDeliveryLog implements DeliveryLog {

  private static final String DUE =
      """
      SELECT wanted.project_id AS project, wanted.rule_id AS rule, wanted.batch_id AS batch,
        wanted.receiver_id AS receiver, tried.attempts AS attempts
      FROM (
        SELECT project_id, rule_id, batch_id, arrayJoin(receiver_ids) AS receiver_id,
          min(raise_time) AS raised
        FROM alerts WHERE raise_time >= fromUnixTimestamp64Milli({oldest:Int64})
        GROUP BY project_id, rule_id, batch_id, receiver_id
      ) AS wanted
      LEFT JOIN (
        SELECT project_id, batch_id, receiver_id, state, attempts, next_attempt_time
        FROM deliveries FINAL
      ) AS tried
      ON wanted.project_id = tried.project_id AND wanted.batch_id = tried.batch_id
        AND wanted.receiver_id = tried.receiver_id
      WHERE tried.state IN ('', 'PENDING')
        AND toUnixTimestamp64Milli(tried.next_attempt_time) <= {now:Int64}
      ORDER BY wanted.raised, batch, receiver LIMIT {limit:UInt32}
      """;

  private static final String LIST =
      """
      SELECT wanted.id AS alert_id, wanted.receiver_id AS receiver,
        if(withheld.reason != '', 'WITHHELD', tried.state) AS state,
        if(withheld.reason != '', withheld.attempts, tried.attempts) AS made,
        if(withheld.reason != '', withheld.reason, tried.last_result) AS result,
        greatest(toUnixTimestamp64Milli(wanted.raise_time), toUnixTimestamp64Milli(
          if(withheld.reason != '', withheld.withhold_time, tried.update_time))) AS updated,
        concat(alert_id, '/', receiver) AS position
      FROM (
        SELECT id, batch_id, raise_time, arrayJoin(receiver_ids) AS receiver_id FROM alerts FINAL
        WHERE project_id = {project:String} AND ({alert:String} = '' OR id = {alert:String})
      ) AS wanted
      LEFT JOIN (
        SELECT batch_id, receiver_id, state, attempts, last_result, update_time
        FROM deliveries FINAL WHERE project_id = {project:String}
      ) AS tried
      ON wanted.batch_id = tried.batch_id AND wanted.receiver_id = tried.receiver_id
      LEFT JOIN (
        SELECT alert_id AS id, receiver_id, reason, attempts, withhold_time
        FROM withheld_alerts FINAL
        WHERE project_id = {project:String} AND ({alert:String} = '' OR alert_id = {alert:String})
      ) AS withheld
      ON wanted.id = withheld.id AND wanted.receiver_id = withheld.receiver_id
      WHERE (updated, position) < ({time:Int64}, {position:String})
      ORDER BY updated DESC, position DESC LIMIT {limit:UInt32}
      """;

  private final ClickHouse clickHouse;

  /** Deliveries in this ClickHouse. */
  public ClickHouseDeliveryLog(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<Parcel> due(Instant now, Instant oldest, int limit) {
    return clickHouse.query(
        DUE,
        Map.of("now", now.toEpochMilli(), "oldest", oldest.toEpochMilli(), "limit", limit),
        row ->
            new Parcel(
                new ProjectId(row.getString("project")),
                row.getString("rule"),
                row.getString("batch"),
                row.getString("receiver"),
                row.getInteger("attempts")));
  }

  @Override
  public List<Alert> alerts(Parcel parcel) {
    return clickHouse.query(
        "SELECT "
            + ClickHouseAlertLog.COLUMNS
            + """
            FROM alerts FINAL
            WHERE project_id = {project:String} AND rule_id = {rule:String} AND batch_id = {batch:String}
              AND id NOT IN (
                SELECT alert_id FROM withheld_alerts
                WHERE project_id = {project:String} AND receiver_id = {receiver:String}
                  AND alert_id IN (
                    SELECT id FROM alerts
                    WHERE project_id = {project:String} AND rule_id = {rule:String}
                      AND batch_id = {batch:String}))
            ORDER BY id
            """,
        Map.of(
            "project", parcel.project().value(),
            "rule", parcel.ruleId(),
            "batch", parcel.batchId(),
            "receiver", parcel.receiverId()),
        ClickHouseAlertLog::alert);
  }

  @Override
  public void withhold(Parcel parcel, List<Alert> alerts, String reason, Instant time) {
    clickHouse.insert(
        "withheld_alerts",
        alerts.stream()
            .<Map<String, ?>>map(
                alert ->
                    Map.of(
                        "project_id", parcel.project().value(),
                        "alert_id", alert.id(),
                        "receiver_id", parcel.receiverId(),
                        "user_number", alert.userNumber(),
                        "reason", reason,
                        "attempts", parcel.attempts(),
                        "withhold_time", ClickHouseAlertLog.text(time)))
            .toList(),
        null);
  }

  @Override
  public void record(Parcel parcel, Attempt attempt) {
    clickHouse.insert(
        "deliveries",
        List.of(
            Map.of(
                "project_id", parcel.project().value(),
                "batch_id", parcel.batchId(),
                "receiver_id", parcel.receiverId(),
                "state", attempt.state().name(),
                "attempts", attempt.number(),
                "last_result", attempt.result(),
                "update_time", ClickHouseAlertLog.text(attempt.time()),
                "next_attempt_time", ClickHouseAlertLog.text(attempt.nextTime()))),
        null);
  }

  @Override
  public Page<Delivery> list(ProjectId project, String alertId, int size, Position after) {
    List<Delivery> deliveries =
        clickHouse.query(
            LIST,
            Map.of(
                "project", project.value(),
                "alert", alertId,
                "time", after.time().toEpochMilli(),
                "position", after.id(),
                "limit", size + 1),
            ClickHouseDeliveryLog::delivery);
    return Page.of(
        deliveries,
        size,
        last -> new Position(last.updateTime(), last.alertId() + "/" + last.receiverId()));
  }

  private static Delivery delivery(GenericRecord row) {
    String state = row.getString("state");
    return new Delivery(
        row.getString("alert_id"),
        row.getString("receiver"),
        state.isEmpty() ? Delivery.State.PENDING : Delivery.State.valueOf(state),
        row.getInteger("made"),
        row.getString("result"),
        Instant.ofEpochMilli(row.getLong("updated")));
  }
}
