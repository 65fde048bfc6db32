package io.tenure.collector.domain.intake;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.dialect.Limits;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;
import java.util.Collection;
import java.util.List;

/** How many values a record has and how long they are. */
public final class ValueRule implements Step {

  private final Limits limits;

  /** Values within the limits. */
  public ValueRule(Limits limits) {
    this.limits = limits;
  }

  @Override
  public StepName name() {
    return StepName.VALUES;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    Collection<String> values =
        switch (record) {
          case LogRecord.Event event -> event.properties().values();
          case LogRecord.ProfileChange profile -> jsonValues(profile);
          case LogRecord.Item item -> item.properties().values();
        };
    if (values.size() > limits.properties()) {
      return new Quarantine(
          QuarantineReason.TOO_MANY_PROPERTIES,
          values.size() + " properties; at most " + limits.properties() + " are accepted");
    }
    for (String value : values) {
      if (value.length() > limits.valueLength()) {
        return new Quarantine(
            QuarantineReason.VALUE_TOO_LONG,
            "A value has " + value.length() + " characters; at most " + limits.valueLength());
      }
    }
    return new Accept(record);
  }

  private static List<String> jsonValues(LogRecord.ProfileChange profile) {
    return profile.changes().stream().map(TraitChange::jsonValue).toList();
  }
}
