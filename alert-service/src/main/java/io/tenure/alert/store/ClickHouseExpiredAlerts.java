package io.tenure.alert.store;

import io.tenure.alert.domain.ExpiredAlerts;
import io.tenure.platform.clickhouse.ClickHouse;
import io.tenure.platform.clickhouse.ExpiredRows;
import io.tenure.platform.tenancy.ProjectId;
import java.time.Instant;
import java.util.Map;

/** Old alerts in the table {@code alerts}, and who of them was withheld from whom. */
public final class ClickHouseExpiredAlerts implements ExpiredAlerts {

  private final ExpiredRows alerts;
  private final ExpiredRows withheld;

  /** Alerts in the given store. */
  public ClickHouseExpiredAlerts(ClickHouse clickHouse) {
    this.alerts = new ExpiredRows(clickHouse, "alerts", "raise_time");
    this.withheld = new ExpiredRows(clickHouse, "withheld_alerts", "withhold_time");
  }

  @Override
  public String waitingReason() {
    return alerts.busy() || withheld.busy()
        ? "An earlier change of the alerts is not finished"
        : "";
  }

  @Override
  public Map<ProjectId, Long> count(Map<ProjectId, Instant> before) {
    return alerts.count(before);
  }

  @Override
  public void delete(Map<ProjectId, Instant> before) {
    alerts.delete(before);
    withheld.delete(before);
  }
}
