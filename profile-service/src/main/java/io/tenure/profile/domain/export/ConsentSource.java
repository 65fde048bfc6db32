package io.tenure.profile.domain.export;

import io.tenure.profile.domain.consent.ConsentEntry;
import io.tenure.profile.domain.consent.ConsentLedger;
import io.tenure.profile.domain.consent.Consents;
import java.util.List;

/** How each purpose stands for the person, and everything they ever said about it. */
public final class ConsentSource implements Source {

  private static final int PAGE = 1_000;

  private final Consents consents;
  private final ConsentLedger ledger;

  /** What people agreed to. */
  public ConsentSource(Consents consents, ConsentLedger ledger) {
    this.consents = consents;
    this.ledger = ledger;
  }

  @Override
  public void write(Person person, Document document) {
    document.section("consent_states");
    consents
        .states(person.project(), "user_number:" + person.numbers().getFirst())
        .purposes()
        .forEach(
            state ->
                document.record(
                    new JsonRecord()
                        .put("purpose", state.purpose().name())
                        .put("allowed", state.standing().allowed())
                        .put("reason", state.standing().reason().name())
                        .text()));
    document.section("consents");
    List<ConsentEntry> page;
    int skip = 0;
    do {
      page = ledger.ofPerson(person.project(), person.numbers(), person.ids(), skip, PAGE);
      page.forEach(entry -> document.record(record(entry)));
      skip += page.size();
    } while (page.size() == PAGE);
  }

  private static String record(ConsentEntry entry) {
    return new JsonRecord()
        .put("purpose", entry.purpose().name())
        .put("state", entry.state().name())
        .put("text_version", entry.textVersion())
        .put("effective_time", entry.effectiveTime())
        .put("record_time", entry.recordTime())
        .put("source", entry.source().name())
        .put("id", entry.id())
        .put("user_number", entry.userNumber())
        .text();
  }
}
