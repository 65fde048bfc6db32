package io.tenure.profile.api;

import com.google.protobuf.util.Timestamps;
import io.tenure.platform.failure.Failure;
import io.tenure.profile.domain.timeline.PastEvent;
import io.tenure.profile.domain.timeline.PastEvent.Place;
import io.tenure.profile.domain.timeline.TimeSpan;
import io.tenure.profile.domain.visibility.Visibility;
import io.tenure.proto.profile.v1.ListTimelineRequest;
import io.tenure.proto.profile.v1.TimelineEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Timelines between the contract and the domain. */
final class TimelineMessages {

  private static final int MAX_NAMES = 100;

  private TimelineMessages() {}

  static Set<String> names(ListTimelineRequest request) {
    if (request.getEventNamesCount() > MAX_NAMES) {
      throw Failure.invalid("event_names", "takes at most " + MAX_NAMES);
    }
    for (String name : request.getEventNamesList()) {
      if (name.isEmpty() || name.length() > RequestChecks.MAX_NAME_LENGTH) {
        throw Failure.invalid(
            "event_names", "have 1 to " + RequestChecks.MAX_NAME_LENGTH + " characters");
      }
    }
    return new HashSet<>(request.getEventNamesList());
  }

  static TimeSpan span(ListTimelineRequest request) {
    TimeSpan asked =
        new TimeSpan(
            request.hasStartTime()
                ? Times.read("start_time", request.getStartTime())
                : TimeSpan.ALWAYS.start(),
            request.hasEndTime()
                ? Times.read("end_time", request.getEndTime())
                : TimeSpan.ALWAYS.end());
    if (asked.isEmpty()) {
      throw Failure.invalid("end_time", "must be after start_time");
    }
    return asked.within(TimeSpan.ALWAYS);
  }

  static List<String> write(Place place) {
    return List.of(
        Long.toString(place.time().toEpochMilli()),
        place.key(),
        place.name(),
        Long.toString(place.userNumber()));
  }

  static Place place(List<String> parts) {
    return new Place(
        Instant.ofEpochMilli(Long.parseLong(parts.get(0))),
        Long.toUnsignedString(Long.parseUnsignedLong(parts.get(1))),
        parts.get(2),
        Integer.toUnsignedLong(Integer.parseUnsignedInt(parts.get(3))));
  }

  static TimelineEvent write(PastEvent event, Visibility visibility) {
    TimelineEvent.Builder message =
        TimelineEvent.newBuilder()
            .setEventId(event.eventId())
            .setName(event.place().name())
            .setEventTime(Timestamps.fromMillis(event.place().time().toEpochMilli()))
            .setReceiveTime(Timestamps.fromMillis(event.receiveTime().toEpochMilli()))
            .setUserNumber((int) event.place().userNumber())
            .setLoginId(event.loginId())
            .setAnonymousId(event.anonymousId())
            .setLibrary(event.library());
    event
        .properties()
        .forEach(
            (name, value) -> {
              if (visibility.shows(name)) {
                message.putProperties(name, value);
              } else {
                message.addMaskedProperties(name);
              }
            });
    return message.build();
  }
}
