package io.tenure.segment.domain.attribution;

import io.tenure.segment.domain.analysis.Answer;
import io.tenure.segment.domain.analysis.Table;
import io.tenure.segment.domain.analysis.Table.Type;
import io.tenure.segment.domain.journey.Label;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which touches conversions are owed to. In each model the credits of all rows add up to the
 * conversions and the amounts to the amount, exactly.
 *
 * @param amount null when none was asked for
 * @param withoutAmount conversions without a number in the property
 * @param incomplete whether conversions can still come
 */
public record Attribution(
    long conversions,
    long users,
    @Nullable BigDecimal amount,
    long withoutAmount,
    List<Row> rows,
    boolean incomplete)
    implements Answer {

  /**
   * What is owed to one source.
   *
   * @param source null for conversions without a touch
   * @param credits one for each model, in their order
   */
  public record Row(@Nullable Label source, List<Credit> credits) {}

  /**
   * What one model gives.
   *
   * @param conversions to the billionth
   * @param amount null when none was asked for
   * @param users different users with a conversion a part of which is owed
   */
  public record Credit(
      AttributionModel model, BigDecimal conversions, @Nullable BigDecimal amount, long users) {}

  @Override
  public Table table() {
    Table.Builder table =
        Table.builder()
            .column("source", Type.TEXT)
            .column("untouched", Type.FLAG)
            .column("rare", Type.FLAG)
            .column("model", Type.TEXT)
            .column("conversions", Type.DECIMAL)
            .column("amount", Type.DECIMAL)
            .column("users", Type.COUNT);
    for (Row row : rows) {
      for (Credit credit : row.credits()) {
        table.row(
            row.source() == null ? null : row.source().text(),
            row.source() == null,
            row.source() != null && row.source().rare(),
            credit.model().name(),
            credit.conversions(),
            credit.amount(),
            credit.users());
      }
    }
    return table.build();
  }
}
