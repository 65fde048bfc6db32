package io.tenure.collector.domain.relay;

import io.tenure.collector.domain.log.Batch;
import io.tenure.collector.domain.log.Reader;
import io.tenure.collector.domain.log.Withheld;
import io.tenure.collector.domain.plan.Catalogue;
import io.tenure.collector.domain.plan.Dispute;
import io.tenure.collector.domain.plan.ItemNames;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Scope;
import io.tenure.collector.domain.record.LogRecord;
import io.tenure.collector.domain.record.QuarantineReason;
import io.tenure.collector.domain.record.TraitChange;
import io.tenure.collector.domain.relay.DeliveryRefused.Refusal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lets nothing through whose types the collectors have not agreed on. While a collector can ask
 * nobody, its first value fixes a type; should another type win, the records accepted until then go
 * to quarantine. A batch that was let through once always is: what is agreed on is never disputed
 * again.
 */
public final class AgreedSink implements Sink {

  /** Marks an event from the quarantine, judged by the type that holds. */
  private static final String REPLAYED = "$quarantine_id";

  private final Sink sink;
  private final Catalogue catalogue;

  /** Before a sink. */
  public AgreedSink(Sink sink, Catalogue catalogue) {
    this.sink = sink;
    this.catalogue = catalogue;
  }

  @Override
  public Reader reader() {
    return sink.reader();
  }

  @Override
  public Withheld deliver(Batch batch) {
    Map<Long, Refusal> refused = new HashMap<>();
    for (Batch.Entry entry : batch.entries()) {
      if (entry.record() instanceof LogRecord.Accepted record
          && !catalogue.isUndisputed(record.project())) {
        refusal(record).ifPresent(refusal -> refused.put(entry.offset(), refusal));
      }
    }
    if (!refused.isEmpty()) {
      throw DeliveryRefused.because(refused);
    }
    return sink.deliver(batch);
  }

  private Optional<Refusal> refusal(LogRecord.Accepted record) {
    return switch (record) {
      case LogRecord.Event event ->
          refusal(event, Scope.PROPERTY, event.properties(), UnaryOperator.identity());
      case LogRecord.ProfileChange change -> refusal(change);
      case LogRecord.Item item ->
          refusal(item, Scope.ITEM, item.properties(), name -> ItemNames.of(item, name));
    };
  }

  /** Every value accepted here before the dispute ended has the type that lost. */
  private Optional<Refusal> refusal(
      LogRecord.Accepted record,
      Scope scope,
      Map<String, String> properties,
      UnaryOperator<String> naming) {
    Optional<Refusal> refusal = Optional.empty();
    for (String name : properties.keySet()) {
      Optional<Dispute> dispute = catalogue.dispute(record.project(), scope, naming.apply(name));
      if (dispute.isPresent()
          && !record.receiveTime().isAfter(dispute.get().until())
          && !properties.containsKey(REPLAYED)) {
        Set<String> json = json(record, scope, properties, naming);
        refusal = Optional.of(refusal(name, dispute.get(), json));
      }
    }
    return refusal;
  }

  private Optional<Refusal> refusal(LogRecord.ProfileChange record) {
    Optional<Refusal> refusal = Optional.empty();
    for (TraitChange change : record.changes()) {
      Optional<Dispute> dispute = catalogue.dispute(record.project(), Scope.TRAIT, change.name());
      if (dispute.isPresent()
          && !record.receiveTime().isAfter(dispute.get().until())
          && PropertyType.ofJson(change.jsonValue()).equals(Optional.of(dispute.get().lost()))) {
        refusal = Optional.of(refusal(change.name(), dispute.get(), Set.of()));
      }
    }
    return refusal;
  }

  private static Refusal refusal(String name, Dispute dispute, Set<String> json) {
    return new Refusal(
        QuarantineReason.TYPE_CONFLICT,
        "'%s' must be %s, as another collector had learned, not %s"
            .formatted(name, text(dispute.agreed()), text(dispute.lost())),
        json);
  }

  private static String text(PropertyType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** The log holds text only; these were numbers, flags, lists and objects. */
  private Set<String> json(
      LogRecord.Accepted record,
      Scope scope,
      Map<String, String> properties,
      UnaryOperator<String> naming) {
    Set<String> json = new LinkedHashSet<>();
    for (String name : properties.keySet()) {
      String known = naming.apply(name);
      catalogue
          .dispute(record.project(), scope, known)
          .filter(dispute -> !record.receiveTime().isAfter(dispute.until()))
          .map(Dispute::lost)
          .or(() -> catalogue.type(record.project(), scope, known))
          .filter(type -> type != PropertyType.TEXT && type != PropertyType.DATETIME)
          .ifPresent(type -> json.add(name));
    }
    return json;
  }
}
