package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.EventName;
import io.tenure.proto.analysis.v1.Freshness;
import io.tenure.proto.analysis.v1.StoredEvent;
import io.tenure.segment.domain.analysis.Answered;
import io.tenure.segment.domain.analysis.Scope;

/** Translates results of the domain into the contract's. */
final class AnalysisWriter {

  private AnalysisWriter() {}

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

  static Freshness freshness(Answered<?> answered, Scope scope) {
    var freshness = answered.freshness();
    Freshness.Builder message =
        Freshness.newBuilder()
            .setComputeTime(Fields.timestamp(freshness.computeTime()))
            .setRowsRead(freshness.rowsRead())
            .setRepeated(answered.repeated())
            .setSamplePerMille(scope.samplePerMille());
    if (freshness.dataTime() != null) {
      message.setDataTime(Fields.timestamp(freshness.dataTime()));
    }
    return message.build();
  }
}
