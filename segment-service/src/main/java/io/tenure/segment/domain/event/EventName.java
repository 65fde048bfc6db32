package io.tenure.segment.domain.event;

/** An event name with how many events and users have it. */
public record EventName(String name, long events, long users) {}
