package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.EventName;
import io.tenure.proto.analysis.v1.Freshness;
import io.tenure.proto.analysis.v1.Retention;
import io.tenure.proto.analysis.v1.RetentionCell;
import io.tenure.proto.analysis.v1.RetentionCohort;
import io.tenure.proto.analysis.v1.StoredEvent;
import io.tenure.proto.analysis.v1.Trend;
import io.tenure.proto.analysis.v1.TrendPoint;

/** Translates results of the domain into the contract's. */
final class AnalysisWriter {

  private AnalysisWriter() {}

  static Retention retention(io.tenure.segment.domain.retention.Retention retention) {
    Retention.Builder message =
        Retention.newBuilder()
            .addAllMeanRates(retention.meanRates())
            .setFreshness(freshness(retention.freshness()));
    for (var cohort : retention.cohorts()) {
      RetentionCohort.Builder written =
          RetentionCohort.newBuilder()
              .setStartDate(cohort.startDate().toString())
              .setUsers(cohort.users());
      for (var cell : cohort.cells()) {
        written.addCells(
            RetentionCell.newBuilder()
                .setUsers(cell.users())
                .setRate(cell.rate())
                .setIncomplete(cell.incomplete()));
      }
      message.addCohorts(written);
    }
    return message.build();
  }

  static Trend trend(io.tenure.segment.domain.trend.Trend trend) {
    Trend.Builder message =
        Trend.newBuilder()
            .setTotalEvents(trend.total().events())
            .setTotalUsers(trend.total().users())
            .setFreshness(freshness(trend.freshness()));
    for (var point : trend.points()) {
      message.addPoints(
          TrendPoint.newBuilder()
              .setStartDate(point.startDate().toString())
              .setEvents(point.count().events())
              .setUsers(point.count().users())
              .setIncomplete(point.incomplete()));
    }
    return message.build();
  }

  static StoredEvent event(io.tenure.segment.domain.event.StoredEvent event) {
    return StoredEvent.newBuilder()
        .setEventId(event.eventId())
        .setName(event.name())
        .setEventTime(Fields.timestamp(event.position().eventTime()))
        .setReceiveTime(Fields.timestamp(event.receiveTime()))
        .setUserNumber((int) event.userNumber())
        .setLoginId(event.loginId())
        .setAnonymousId(event.anonymousId())
        .setProperties(PropertyValues.struct(event.properties()))
        .build();
  }

  static EventName name(io.tenure.segment.domain.event.EventName name) {
    return EventName.newBuilder()
        .setName(name.name())
        .setEvents(name.events())
        .setUsers(name.users())
        .build();
  }

  static Freshness freshness(io.tenure.segment.domain.analysis.Freshness freshness) {
    Freshness.Builder message =
        Freshness.newBuilder()
            .setComputeTime(Fields.timestamp(freshness.computeTime()))
            .setRowsRead(freshness.rowsRead());
    if (freshness.dataTime() != null) {
      message.setDataTime(Fields.timestamp(freshness.dataTime()));
    }
    return message.build();
  }
}
