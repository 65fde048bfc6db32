package io.tenure.collector.domain;

import io.tenure.collector.domain.Verdict.Accept;
import io.tenure.collector.domain.Verdict.Quarantine;
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
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    Collection<String> values =
        switch (record) {
          case LogRecord.Event event -> event.properties().values();
          case LogRecord.ProfileChange profile -> jsonValues(profile);
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
