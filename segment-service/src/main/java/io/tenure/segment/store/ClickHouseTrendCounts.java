package io.tenure.segment.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tenure.platform.clickhouse.SqlParameters;
import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.trend.Part;
import io.tenure.segment.domain.trend.TrendBreakdown;
import io.tenure.segment.domain.trend.TrendCounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Trends counted by ClickHouse: periods, parts and totals in one pass. */
public final class ClickHouseTrendCounts implements TrendCounts {

  private final Scans scans;
  private final Conditions conditions;

  /** Counts of the users a condition may restrict. */
  public ClickHouseTrendCounts(Scans scans, Conditions conditions) {
    this.scans = scans;
    this.conditions = conditions;
  }

  @Override
  public List<Part.Value> values(ProjectId project, Scan scan, TrendBreakdown breakdown) {
    SqlParameters parameters = scans.parameters();
    String sql =
        "SELECT part, count() AS events FROM (%s) GROUP BY part ORDER BY events DESC, part LIMIT %d"
            .formatted(
                new TrendSql(parameters, project, scan, conditions).parts(), breakdown.limit());
    return scans.rows(sql, parameters, row -> new Part.Value(Journey.read(row.getString("part"))));
  }

  @Override
  public List<List<Count>> count(ProjectId project, Scan scan) {
    SqlParameters parameters = scans.parameters();
    TrendSql sql = new TrendSql(parameters, project, scan, conditions);
    List<List<Count>> counts =
        scan.measures().stream().<List<Count>>map(_ -> new ArrayList<>()).toList();
    scans.scan(
        scan.rolls() ? sql.rolling() : sql.counts(),
        parameters,
        row -> {
          for (int place = 0; place < counts.size(); place++) {
            counts.get(place).add(count(scan, row, place));
          }
        });
    return counts;
  }

  @Override
  public long[] users(ProjectId project, Scan scan, Part part, Optional<Integer> period) {
    SqlParameters parameters = scans.parameters();
    String sql = new TrendSql(parameters, project, scan, conditions).users(part, period);
    LongStream.Builder found = LongStream.builder();
    scans.scan(sql, parameters, row -> found.add(row.getLong("user_number")));
    return found.build().sorted().toArray();
  }

  private static Count count(Scan scan, GenericRecord row, int place) {
    return new Count(
        row.getLong("all_periods") == 1
            ? Optional.empty()
            : Optional.of(Math.toIntExact(row.getLong("period"))),
        row.getLong("all_slots") == 1 ? Part.ALL : part(scan, Math.toIntExact(row.getLong("slot"))),
        value(row, place),
        row.getLong("users"));
  }

  private static Part part(Scan scan, int slot) {
    return slot == TrendSql.OTHER ? Part.OTHER : scan.values().get(slot - 1);
  }

  private static @Nullable BigDecimal value(GenericRecord row, int place) {
    String text = row.getString("number_" + place);
    BigDecimal divisor = BigDecimal.valueOf(row.getLong("divisor_" + place));
    if (text == null || text.equals("nan") || divisor.signum() == 0) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    return divisor.equals(BigDecimal.ONE) ? number : number.divide(divisor, MathContext.DECIMAL128);
  }
}
