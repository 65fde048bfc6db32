package io.tenure.profile.domain.export;

import io.tenure.profile.domain.KeyedId;
import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.Release;
import io.tenure.profile.domain.activity.Activity;
import io.tenure.profile.domain.visibility.Visibility;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The profile as it is now, with the hidden ones of users who were merged into it. */
public final class ProfileSource implements Source {

  private static final String MASKED =
      "Values of class C3 are shown to nobody; records name them in masked_traits or"
          + " masked_properties.";

  @Override
  public void write(Person person, Document document) {
    document.section("profiles");
    if (!person.visibility().hidden().isEmpty()) {
      document.remark(MASKED);
    }
    PersonTraits traits = new PersonTraits(person.visibility(), document);
    for (Profile profile : person.profiles()) {
      JsonRecord record =
          new JsonRecord()
              .put("user_number", profile.user().number())
              .put("login_id", profile.loginId())
              .put("other_login_ids", profile.merging().otherLoginIds())
              .put("anonymous_ids", profile.anonymousIds())
              .put("identities", profile.identities().stream().map(KeyedId::text).toList())
              .put(
                  "former_ids",
                  profile.releases().stream().map(Release::id).distinct().sorted().toList())
              .put("first_seen_time", profile.firstSeenTime())
              .put("last_seen_time", profile.lastSeenTime())
              .put("event_count", profile.eventCount())
              .put("update_time", profile.updateTime());
      if (profile.merging().isMerged()) {
        record.put("merged_into", profile.merging().into());
      }
      traits.write(profile.traits(), record);
      document.record(
          record.put("activity", activity(profile.activity(), person.visibility())).text());
    }
  }

  private static JsonRecord activity(Activity activity, Visibility visibility) {
    JsonRecord events = new JsonRecord();
    new TreeMap<>(activity.tallies())
        .forEach(
            (name, tally) -> {
              Map<String, Long> days = new LinkedHashMap<>();
              tally.days().forEach((day, count) -> days.put(day.toString(), count));
              events.put(
                  name,
                  new JsonRecord()
                      .put("count", tally.count())
                      .put("first_time", tally.firstTime())
                      .put("last_time", tally.lastTime())
                      .put("days", days));
            });
    List<JsonRecord> sessions =
        activity.lastSessions().sessions().stream()
            .map(
                session ->
                    new JsonRecord()
                        .put("start_time", session.startTime())
                        .put("end_time", session.endTime())
                        .put("event_count", session.eventCount()))
            .toList();
    JsonRecord numbers = new JsonRecord();
    new TreeMap<>(activity.numberHistories())
        .forEach(
            (trait, history) -> {
              if (visibility.shows(trait)) {
                Map<String, String> days = new LinkedHashMap<>();
                history
                    .points()
                    .forEach(
                        point -> days.put(point.day().toString(), point.number().toPlainString()));
                numbers.put(trait, days);
              }
            });
    return new JsonRecord()
        .put("events", events)
        .putAll("sessions", sessions)
        .put("numbers", numbers);
  }
}
