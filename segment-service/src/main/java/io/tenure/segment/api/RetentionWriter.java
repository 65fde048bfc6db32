package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.Amount;
import io.tenure.proto.analysis.v1.Retention;
import io.tenure.proto.analysis.v1.RetentionBracket;
import io.tenure.proto.analysis.v1.RetentionCohort;
import io.tenure.proto.analysis.v1.RetentionCount;
import io.tenure.proto.analysis.v1.RetentionMean;
import io.tenure.proto.analysis.v1.RetentionValue;
import io.tenure.segment.domain.retention.Retention.Cell;
import io.tenure.segment.domain.retention.Retention.Cohort;
import io.tenure.segment.domain.retention.Retention.Mean;
import io.tenure.segment.domain.retention.Retention.Part;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes retention tables. */
final class RetentionWriter {

  private final boolean amounts;

  /**
   * @param amounts whether amounts were asked for
   */
  RetentionWriter(boolean amounts) {
    this.amounts = amounts;
  }

  Retention write(io.tenure.segment.domain.retention.Retention retention) {
    Retention.Builder message =
        Retention.newBuilder()
            .addAllCohorts(cohorts(retention.parts().all()))
            .addAllMeans(means(retention.parts().all()))
            .setTotalValues(retention.parts().valueCount());
    retention
        .columns()
        .forEach(
            column ->
                message.addBrackets(
                    RetentionBracket.newBuilder().setFirst(column.first()).setLast(column.last())));
    retention
        .parts()
        .values()
        .forEach(value -> message.addValues(value(value.value(), value.part())));
    if (retention.parts().others() != null) {
      message.setOthers(value(null, retention.parts().others()));
    }
    return message.build();
  }

  static Amount amount(io.tenure.segment.domain.tally.Amount amount) {
    return Amount.newBuilder()
        .setSum(decimal(amount.sum()))
        .setValues(amount.values())
        .setMean(decimal(amount.mean()))
        .build();
  }

  /** Plain digits; empty for none. */
  static String decimal(@Nullable BigDecimal number) {
    return number == null ? "" : number.toPlainString();
  }

  private RetentionValue value(@Nullable String value, Part part) {
    RetentionValue.Builder message =
        RetentionValue.newBuilder().addAllCohorts(cohorts(part)).addAllMeans(means(part));
    if (value != null) {
      message.setValue(value);
    }
    return message.build();
  }

  private List<RetentionCohort> cohorts(Part part) {
    return part.cohorts().stream().map(this::cohort).toList();
  }

  private RetentionCohort cohort(Cohort cohort) {
    RetentionCohort.Builder message =
        RetentionCohort.newBuilder().setStartDate(cohort.start()).setUsers(cohort.users());
    for (Cell cell : cohort.cells()) {
      RetentionCount.Builder count =
          RetentionCount.newBuilder()
              .setUsers(cell.users())
              .setRate(cell.rate())
              .setIncomplete(cell.incomplete());
      if (amounts) {
        count.setAmount(amount(cell.amount()));
      }
      message.addCells(count);
    }
    return message.build();
  }

  private List<RetentionMean> means(Part part) {
    return part.means().stream().map(this::mean).toList();
  }

  private RetentionMean mean(Mean mean) {
    RetentionMean.Builder message =
        RetentionMean.newBuilder().setCohortUsers(mean.cohortUsers()).setUsers(mean.users());
    Double rate = mean.rate();
    if (rate != null) {
      message.setRate(rate);
    }
    if (amounts) {
      message.setAmount(amount(mean.amount()));
    }
    return message.build();
  }
}
