package io.tenure.collector.domain.plan;

import io.tenure.collector.domain.dialect.Draft;
import io.tenure.collector.domain.intake.Step;
import io.tenure.collector.domain.intake.StepName;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.record.TraitChange.Operation;
import io.tenure.collector.domain.record.Verdict;
import io.tenure.collector.domain.record.Verdict.Accept;
import io.tenure.collector.domain.record.Verdict.Quarantine;
import io.tenure.platform.tenancy.ProjectId;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps aside what an enforced plan does not foresee. */
public final class PlanRule implements Step {

  private final Function<ProjectId, PlanIndex> plans;

  /** Judges by each project's plan. */
  public PlanRule(Function<ProjectId, PlanIndex> plans) {
    this.plans = plans;
  }

  @Override
  public StepName name() {
    return StepName.PLAN;
  }

  @Override
  public Verdict judge(Draft draft, LogRecord.Accepted record) {
    PlanIndex plan = plans.apply(record.project());
    if (!plan.enforces()) {
      return new Accept(record);
    }
    @Nullable Quarantine fault =
        switch (record) {
          case LogRecord.Event event -> judge(plan, event);
          case LogRecord.ProfileChange change -> judge(plan, change);
          case LogRecord.Item item -> judge(plan, item);
        };
    return fault == null ? new Accept(record) : fault;
  }

  private static @Nullable Quarantine judge(PlanIndex plan, LogRecord.Event event) {
    PlanIndex.@Nullable EventIndex planned = plan.event(event.name());
    if (planned == null && !Presets.hasEvent(event.name())) {
      return new Quarantine(
          QuarantineReason.UNPLANNED_EVENT, "The tracking plan has no such event");
    }
    Set<String> names = planned == null ? Set.of() : planned.properties();
    for (String name : event.properties().keySet()) {
      if (!names.contains(name) && !Presets.hasProperty(event.name(), name)) {
        return unplanned(name);
      }
    }
    return planned == null ? null : missing(planned, event.properties());
  }

  /** Taking a trait away needs no plan. */
  private static @Nullable Quarantine judge(PlanIndex plan, LogRecord.ProfileChange profile) {
    for (TraitChange change : profile.changes()) {
      boolean removes =
          change.operation() == Operation.UNSET || change.operation() == Operation.DELETE;
      if (!removes
          && !plan.has(Scope.TRAIT, change.name())
          && !Presets.hasProperty(change.name())) {
        return unplanned(change.name());
      }
    }
    return null;
  }

  /** Taking a thing away needs no plan; details are never planned. */
  private static @Nullable Quarantine judge(PlanIndex plan, LogRecord.Item item) {
    if (item.deleted() || item.kind() == LogRecord.Item.Kind.DETAIL) {
      return null;
    }
    PlanIndex.@Nullable EventIndex planned = plan.item(item.type());
    if (planned == null) {
      return new Quarantine(
          QuarantineReason.UNPLANNED_ITEM, "The tracking plan has no items of this type");
    }
    for (String name : item.properties().keySet()) {
      if (!planned.properties().contains(name) && !Presets.hasProperty(name)) {
        return unplanned(name);
      }
    }
    return missing(planned, item.properties());
  }

  private static @Nullable Quarantine missing(
      PlanIndex.EventIndex planned, Map<String, String> properties) {
    for (String required : planned.required()) {
      if (!properties.containsKey(required)) {
        return new Quarantine(
            QuarantineReason.REQUIRED_MISSING, "'" + required + "' is required by the plan");
      }
    }
    return null;
  }

  private static Quarantine unplanned(String name) {
    return new Quarantine(
        QuarantineReason.UNPLANNED_PROPERTY, "The tracking plan has no '" + name + "' here");
  }
}
