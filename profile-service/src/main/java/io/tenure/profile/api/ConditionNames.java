package io.tenure.profile.api;

import io.tenure.proto.condition.v1.Condition;
import io.tenure.proto.condition.v1.EventSelector;
import io.tenure.proto.condition.v1.PropertyFilter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The traits and properties a condition compares. */
final class ConditionNames {

  private final Set<String> names = new TreeSet<>();

  private ConditionNames() {}

  static Set<String> of(Condition condition) {
    ConditionNames found = new ConditionNames();
    found.add(condition);
    return found.names;
  }

  private void add(Condition condition) {
    switch (condition.getKindCase()) {
      case ALL -> condition.getAll().getConditionsList().forEach(this::add);
      case ANY -> condition.getAny().getConditionsList().forEach(this::add);
      case NOT -> add(condition.getNot());
      case TRAIT -> names.add(condition.getTrait().getName());
      case EVENT -> add(List.of(condition.getEvent().getSelector()));
      case LATEST -> {
        names.add(condition.getLatest().getProperty());
        add(List.of(condition.getLatest().getSelector()));
      }
      case SEQUENCE -> add(condition.getSequence().getStepsList());
      case SEGMENT, KIND_NOT_SET -> {}
    }
  }

  private void add(List<EventSelector> selectors) {
    for (EventSelector selector : selectors) {
      selector.getFiltersList().stream().map(PropertyFilter::getName).forEach(names::add);
    }
  }
}
