package io.tenure.profile.domain;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.profile.domain.activity.ActivityRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Log records for tests: a small log that numbers what is written to it. */
public final class Updates {

  /** Small enough that tests reach the bounds. */
  public static final ActivityRules RULES =
      new ActivityRules(ZoneId.of("Asia/Shanghai"), 4, 5, 3, Duration.ofMinutes(30), 3, 3);

  public static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");

  private final ProjectId project;
  private final List<ProfileUpdate> written = new ArrayList<>();

  public Updates(ProjectId project) {
    this.project = project;
  }

  /** An event of somebody, one minute after the record before it. */
  public Updates event(String loginId, String anonymousId, TraitChange... changes) {
    return write(new Identifiers(loginId, anonymousId, false), true, changes);
  }

  /** A change of a profile without an event. */
  public Updates change(String loginId, TraitChange... changes) {
    return write(new Identifiers(loginId, "", false), false, changes);
  }

  /** A sign-up. */
  public Updates bind(String loginId, String anonymousId) {
    return write(new Identifiers(loginId, anonymousId, true), true);
  }

  /** An event that takes the one id from its user. */
  public Updates unbind(String loginId, String anonymousId) {
    return write(new Identifiers(loginId, anonymousId, Identifiers.Link.UNBIND), true);
  }

  public Updates write(Identifiers ids, boolean event, TraitChange... changes) {
    int offset = written.size();
    written.add(
        new ProfileUpdate(
            offset,
            project,
            ids,
            MONDAY.plusSeconds(60L * offset),
            event ? "Visit" : "",
            List.of(changes)));
    return this;
  }

  public List<ProfileUpdate> all() {
    return List.copyOf(written);
  }

  /** Records from an offset up to another, the latter not included. */
  public List<ProfileUpdate> slice(int from, int to) {
    return List.copyOf(written.subList(from, to));
  }

  public static TraitChange set(String name, String json) {
    return new TraitChange.Set(name, new TraitValue(json));
  }

  public static TraitChange setOnce(String name, String json) {
    return new TraitChange.SetOnce(name, new TraitValue(json));
  }

  public static TraitChange add(String name, String number) {
    return new TraitChange.Increment(name, new TraitValue(number));
  }

  public static TraitChange append(String name, String... texts) {
    return new TraitChange.Append(
        name,
        TraitValue.list(Stream.of(texts).map(text -> new TraitValue('"' + text + '"')).toList()));
  }
}
