package io.tenure.profile.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.profile.domain.activity.EventTally;
import io.tenure.profile.domain.activity.NumberHistory;
import io.tenure.profile.domain.activity.Sessions.Session;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.profile.v1.Activity;
import io.tenure.proto.profile.v1.DayCount;
import io.tenure.proto.profile.v1.NumberPoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** Writes what a user did lately. */
final class ActivityMessages {

  private ActivityMessages() {}

  static Activity write(
      io.tenure.profile.domain.activity.Activity activity, Visibility visibility) {
    Activity.Builder message = Activity.newBuilder();
    activity.tallies().entrySet().stream()
        .sorted(
            Comparator.comparing(
                    (Map.Entry<String, EventTally> entry) -> entry.getValue().lastTime())
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .forEach(entry -> message.addEvents(write(entry.getKey(), entry.getValue())));
    activity.lastSessions().sessions().forEach(session -> message.addSessions(write(session)));
    activity.numberHistories().entrySet().stream()
        .filter(entry -> visibility.shows(entry.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> message.addNumbers(write(entry.getKey(), entry.getValue())));
    return message.build();
  }

  private static io.tenure.proto.profile.v1.EventTally write(String name, EventTally tally) {
    io.tenure.proto.profile.v1.EventTally.Builder message =
        io.tenure.proto.profile.v1.EventTally.newBuilder()
            .setEventName(name)
            .setCount(tally.count())
            .setFirstTime(timestamp(tally.firstTime()))
            .setLastTime(timestamp(tally.lastTime()));
    tally
        .days()
        .reversed()
        .forEach(
            (day, count) ->
                message.addDays(
                    DayCount.newBuilder().setDay(day.toString()).setCount(count).build()));
    return message.build();
  }

  private static io.tenure.proto.profile.v1.Session write(Session session) {
    return io.tenure.proto.profile.v1.Session.newBuilder()
        .setStartTime(timestamp(session.startTime()))
        .setEndTime(timestamp(session.endTime()))
        .setEventCount(session.eventCount())
        .build();
  }

  private static io.tenure.proto.profile.v1.NumberHistory write(
      String trait, NumberHistory history) {
    io.tenure.proto.profile.v1.NumberHistory.Builder message =
        io.tenure.proto.profile.v1.NumberHistory.newBuilder().setTrait(trait);
    for (NumberHistory.Point point : history.points()) {
      message.addPoints(
          NumberPoint.newBuilder()
              .setDay(point.day().toString())
              .setNumber(point.number().toPlainString()));
    }
    return message.build();
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
