package io.tenure.alert.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.alert.domain.PersonAlerts;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.json.Json;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Alerts about single users in the table {@code alerts}, each with the receivers that were to be
 * told, because people may ask who got to know about them.
 */
public final class ClickHousePersonAlerts implements PersonAlerts {

  private static final String DELIVERIES =
      """
      SELECT wanted.id AS alert, wanted.receiver_id AS receiver,
        if(withheld.reason != '', 'WITHHELD', tried.state) AS state,
        toUnixTimestamp64Milli(if(withheld.reason != '', withheld.withhold_time, tried.update_time)) AS updated
      FROM (
        SELECT id, batch_id, arrayJoin(receiver_ids) AS receiver_id FROM alerts FINAL
        WHERE project_id = {project:String} AND id IN {alerts:Array(String)}
      ) AS wanted
      LEFT JOIN (
        SELECT batch_id, receiver_id, state, update_time FROM deliveries FINAL
        WHERE project_id = {project:String} AND batch_id IN {batches:Array(String)}
      ) AS tried
      ON wanted.batch_id = tried.batch_id AND wanted.receiver_id = tried.receiver_id
      LEFT JOIN (
        SELECT alert_id AS id, receiver_id, reason, withhold_time FROM withheld_alerts FINAL
        WHERE project_id = {project:String} AND alert_id IN {alerts:Array(String)}
      ) AS withheld
      ON wanted.id = withheld.id AND wanted.receiver_id = withheld.receiver_id
      WHERE state != ''
      ORDER BY alert, receiver
      """;

  private final ClickHouse clickHouse;
  private final int page;

  /**
   * Alerts in the given store.
   *
   * @param page most alerts held at a time
   */
  public ClickHousePersonAlerts(ClickHouse clickHouse, int page) {
    this.clickHouse = clickHouse;
    this.page = page;
  }

  private record Found(String rule, String id, String batch, ObjectNode record) {}

  @Override
  public void read(
      ProjectId project, Collection<Long> userNumbers, Instant askTime, Consumer<String> records) {
    String rule = "";
    String id = "";
    List<Found> found;
    do {
      found = page(project, userNumbers, askTime, rule, id);
      Map<String, ArrayNode> sent = deliveries(project, found);
      for (Found one : found) {
        one.record().set("deliveries", sent.getOrDefault(one.id(), none()));
        records.accept(Json.write(one.record()));
        rule = one.rule();
        id = one.id();
      }
    } while (found.size() == page);
  }

  private List<Found> page(
      ProjectId project, Collection<Long> numbers, Instant askTime, String rule, String id) {
    SqlParameters parameters = new SqlParameters();
    String sql =
        """
        SELECT id, rule_id, user_number, login_id, toUnixTimestamp64Milli(create_time) AS created, explanation,
          batch_id, toJSONString(receiver_ids) AS receivers
        FROM alerts FINAL
        WHERE project_id = %s AND user_number IN %s AND create_time <= %s AND tuple(rule_id, id) > tuple(%s, %s)
        ORDER BY rule_id, id
        LIMIT %s
        """
            .formatted(
                parameters.project(project),
                parameters.userNumbers(numbers),
                parameters.instant(askTime),
                parameters.text(rule),
                parameters.text(id),
                parameters.number(page));
    return clickHouse.query(sql, parameters.values(), ClickHousePersonAlerts::read);
  }

  private static Found read(GenericRecord row) {
    ObjectNode record = Json.MAPPER.createObjectNode();
    record
        .put("rule_id", row.getString("rule_id"))
        .put("create_time", Instant.ofEpochMilli(row.getLong("created")).toString())
        .put("user_number", row.getLong("user_number"))
        .put("login_id", row.getString("login_id"))
        .put("explanation", row.getString("explanation"));
    record.set("receiver_ids", Json.read(row.getString("receivers")));
    return new Found(
        row.getString("rule_id"), row.getString("id"), row.getString("batch_id"), record);
  }

  private Map<String, ArrayNode> deliveries(ProjectId project, List<Found> alerts) {
    Map<String, ArrayNode> deliveries = new HashMap<>();
    if (alerts.isEmpty()) {
      return deliveries;
    }
    clickHouse.scan(
        DELIVERIES,
        Map.of(
            "project",
            project.value(),
            "alerts",
            new ArrayList<>(alerts.stream().map(Found::id).toList()),
            "batches",
            new ArrayList<>(alerts.stream().map(Found::batch).distinct().toList())),
        row ->
            deliveries
                .computeIfAbsent(row.getString("alert"), alert -> none())
                .addObject()
                .put("receiver_id", row.getString("receiver"))
                .put("state", row.getString("state"))
                .put("update_time", Instant.ofEpochMilli(row.getLong("updated")).toString()));
    return deliveries;
  }

  private static ArrayNode none() {
    return Json.MAPPER.createArrayNode();
  }
}
