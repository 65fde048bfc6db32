package io.tenure.profile.domain.export;

import io.tenure.profile.domain.computed.ComputedChange;
import io.tenure.profile.domain.computed.ComputedValues;
import java.util.List;
import java.util.Map;

/** Every change of what was computed about the person: counts, habits, tags by rule. */
public final class ComputedSource implements Source {

  private static final int PAGE = 1_000;

  private final ComputedValues values;

  /** The values of a store. */
  public ComputedSource(ComputedValues values) {
    this.values = values;
  }

  @Override
  public void write(Person person, Document document) {
    document.section("computed_traits");
    PersonTraits traits = new PersonTraits(person.visibility(), document);
    for (long number : person.numbers()) {
      long after = -1;
      List<ComputedChange> page;
      do {
        page = values.ofUser(person.project(), number, after, PAGE);
        for (ComputedChange change : page) {
          JsonRecord record =
              new JsonRecord()
                  .put("definition_id", change.definitionId())
                  .put("user_number", number)
                  .put("as_of_time", change.asOf());
          traits.write(Map.of(change.trait(), change.value()), record);
          document.record(record.text());
          after = change.offset();
        }
      } while (page.size() == PAGE);
    }
  }
}
