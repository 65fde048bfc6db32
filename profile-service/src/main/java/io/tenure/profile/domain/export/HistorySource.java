package io.tenure.profile.domain.export;

import io.tenure.profile.domain.Profile;
import io.tenure.profile.domain.TraitValue;
import io.tenure.profile.domain.UserKey;
import io.tenure.profile.domain.history.ProfileHistory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How the traits were before, as far as that is kept: for each quarter of an hour in which the
 * profile changed, what was new in it.
 */
public final class HistorySource implements Source {

  private static final int PAGE = 500;

  private final ProfileHistory history;

  /** The former states of a store. */
  public HistorySource(ProfileHistory history) {
    this.history = history;
  }

  @Override
  public void write(Person person, Document document) {
    document.section("trait_history");
    for (long number : person.numbers()) {
      write(new UserKey(person.project(), number), person, document);
    }
  }

  private void write(UserKey user, Person person, Document document) {
    PersonTraits traits = new PersonTraits(person.visibility(), document);
    Map<String, TraitValue> before = Map.of();
    Instant after = Instant.EPOCH;
    List<Profile> page;
    do {
      page = history.page(user, after, PAGE);
      for (Profile state : page) {
        Map<String, TraitValue> changed = new HashMap<>(state.traits());
        changed.entrySet().removeAll(before.entrySet());
        TreeSet<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(state.traits().keySet());
        if (!changed.isEmpty() || !removed.isEmpty()) {
          JsonRecord record =
              new JsonRecord()
                  .put("user_number", user.number())
                  .put("update_time", state.updateTime());
          traits.write(changed, record);
          document.record(record.put("removed_traits", removed).text());
        }
        before = state.traits();
        after = state.updateTime();
      }
    } while (page.size() == PAGE);
  }
}
