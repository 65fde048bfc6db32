package io.tenure.segment.api;

import io.tenure.platform.failure.Failure;
import io.tenure.proto.analysis.v1.FunnelCell;
import io.tenure.segment.domain.analysis.Periods;
import io.tenure.segment.domain.funnel.FunnelCell.All;
import io.tenure.segment.domain.funnel.FunnelCell.Bar;
import io.tenure.segment.domain.funnel.FunnelCell.Factor;
import io.tenure.segment.domain.funnel.FunnelCell.Next;
import io.tenure.segment.domain.funnel.FunnelCell.Part;
import io.tenure.segment.domain.funnel.FunnelCell.Period;
import io.tenure.segment.domain.funnel.FunnelCell.Value;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.journey.Journey;
import io.tenure.segment.domain.tally.ValueChoice;
import org.jspecify.annotations.Nullable;

/** Translates the number of a funnel whose users are asked for. */
final class FunnelCellReader {

  private static final String CELL = "cell.funnel";

  private FunnelCellReader() {}

  static io.tenure.segment.domain.funnel.FunnelCell read(FunnelCell cell, FunnelQuery query) {
    if (cell.getStep() < 0 || cell.getStep() >= query.steps().size()) {
      throw Failure.invalid(CELL + ".step", "must be 0 to " + (query.steps().size() - 1));
    }
    return new io.tenure.segment.domain.funnel.FunnelCell(
        cell.getStep(), cell.getLost(), part(cell, query));
  }

  private static Part part(FunnelCell cell, FunnelQuery query) {
    return switch (cell.getPartCase()) {
      case VALUE -> value(query, "value", true, ValueChoice.one(Journey.written(cell.getValue())));
      case WITHOUT_VALUE ->
          value(
              query,
              "without_value",
              cell.getWithoutValue(),
              ValueChoice.one(Journey.written(null)));
      case OTHERS -> value(query, "others", cell.getOthers(), ValueChoice.OTHER);
      case START_DATE -> period(cell, query);
      case NEXT_EVENT -> {
        require(
            query.split().nextEvents() > 0 && cell.getLost(),
            "next_event",
            "needs lost, and a query for next events");
        yield new Next(LabelReader.read(cell.getNextEvent()));
      }
      case BAR -> {
        require(cell.getBar() >= 0, "bar", "must be 0 or more");
        yield new Bar(cell.getBar());
      }
      case FACTOR -> factor(cell, query);
      case PART_NOT_SET -> new All();
    };
  }

  private static Part value(FunnelQuery query, String field, boolean chosen, ValueChoice choice) {
    require(
        chosen && query.split().breakdown() != null,
        field,
        "must be true when given, and needs a query with a breakdown");
    return new Value(choice);
  }

  private static Part period(FunnelCell cell, FunnelQuery query) {
    @Nullable Periods periods = query.split().trend();
    if (periods == null) {
      throw Failure.invalid(CELL + ".start_date", "needs a query with a trend unit");
    }
    return new Period(ScopeReader.period(CELL + ".start_date", cell.getStartDate(), periods));
  }

  private static Part factor(FunnelCell cell, FunnelQuery query) {
    int attribute = cell.getFactor().getAttribute();
    require(
        attribute >= 0 && attribute < query.factors().size(),
        "factor.attribute",
        "is none of the query");
    return new Factor(attribute, LabelReader.read(cell.getFactor().getValue()));
  }

  private static void require(boolean fulfilled, String field, String description) {
    if (!fulfilled) {
      throw Failure.invalid(CELL + "." + field, description);
    }
  }
}
