package io.tenure.profile.domain.export;

import io.tenure.profile.domain.identity.Decision;
import io.tenure.profile.domain.identity.Decisions;
import java.util.List;
import java.util.Set;

/**
 * Why the person's ids are the person's. A decision may have to do with somebody else as well, an
 * earlier owner of a device or the other side of a conflict; then it says so and not who.
 */
public final class DecisionSource implements Source {

  private static final int PAGE = 1_000;

  private final Decisions decisions;

  /** The decisions of a store. */
  public DecisionSource(Decisions decisions) {
    this.decisions = decisions;
  }

  @Override
  public void write(Person person, Document document) {
    document.section("identity_decisions");
    Set<String> ids = person.everHad();
    List<Decision> page;
    int skip = 0;
    do {
      page = decisions.ofPerson(person.project(), person.numbers(), ids, skip, PAGE);
      page.forEach(decision -> document.record(record(decision, person, ids).text()));
      skip += page.size();
    } while (page.size() == PAGE);
  }

  private static JsonRecord record(Decision decision, Person person, Set<String> ids) {
    JsonRecord record =
        new JsonRecord()
            .put("kind", decision.kind().name())
            .put("id", decision.id())
            .put("rule", decision.rule().name())
            .put("event_time", decision.eventTime())
            .put("decide_time", decision.decideTime());
    boolean others = number("user_number", decision.userNumber(), person, record);
    others |= number("former_user_number", decision.formerUserNumber(), person, record);
    others |= number("other_user_number", decision.otherUserNumber(), person, record);
    if (ids.contains(decision.otherId())) {
      record.put("other_id", decision.otherId());
    } else {
      others |= !decision.otherId().isEmpty();
    }
    return record.put("involves_somebody_else", others);
  }

  /** Writes a number of the person's and tells whether it is another's. */
  private static boolean number(String name, long number, Person person, JsonRecord record) {
    if (person.numbers().contains(number)) {
      record.put(name, number);
      return false;
    }
    return number != 0;
  }
}
