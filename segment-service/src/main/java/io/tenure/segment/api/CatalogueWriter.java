package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.CatalogueDay;
import io.tenure.proto.analysis.v1.CatalogueSample;
import io.tenure.segment.domain.catalogue.CatalogueEvent;
import io.tenure.segment.domain.catalogue.CatalogueProperty;
import io.tenure.segment.domain.catalogue.Occurrence;
import io.tenure.segment.domain.catalogue.Sample;
import java.math.BigDecimal;

/** Translates the catalogue into the contract. */
final class CatalogueWriter {

  private CatalogueWriter() {}

  static io.tenure.proto.analysis.v1.CatalogueEvent event(CatalogueEvent event) {
    Occurrence seen = event.occurrence();
    io.tenure.proto.analysis.v1.CatalogueEvent.Builder message =
        io.tenure.proto.analysis.v1.CatalogueEvent.newBuilder()
            .setName(event.name())
            .setEvents(seen.events())
            .setUsers(event.users())
            .setPlanned(event.planned())
            .setDescription(event.description());
    if (seen.first() != null && seen.last() != null) {
      message.setFirstTime(Fields.timestamp(seen.first()));
      message.setLastTime(Fields.timestamp(seen.last()));
    }
    event
        .days()
        .forEach(
            (day, events) ->
                message.addDays(
                    CatalogueDay.newBuilder().setDate(day.toString()).setEvents(events)));
    return message.build();
  }

  /** A share of no events is none. */
  static io.tenure.proto.analysis.v1.CatalogueProperty property(
      CatalogueProperty property, Sample sample) {
    CatalogueProperty.Values values = property.values();
    Occurrence seen = values.occurrence();
    io.tenure.proto.analysis.v1.CatalogueProperty.Builder message =
        io.tenure.proto.analysis.v1.CatalogueProperty.newBuilder()
            .setName(property.name())
            .setEvents(seen.events())
            .setShare(sample.events() == 0 ? 0 : (double) seen.events() / sample.events())
            .setNumbers(values.numbers())
            .setBooleans(values.booleans())
            .setLists(values.lists())
            .setObjects(values.objects())
            .setTexts(values.texts())
            .setApproximateValues(values.approximate())
            .setPlanned(property.plan().planned())
            .setDescription(property.plan().description())
            .setValuesHidden(property.plan().hidden())
            .setHasColumn(property.hasColumn());
    if (values.smallest() != null && values.largest() != null) {
      message.setSmallest(plain(values.smallest()));
      message.setLargest(plain(values.largest()));
    }
    if (seen.first() != null && seen.last() != null) {
      message.setFirstTime(Fields.timestamp(seen.first()));
      message.setLastTime(Fields.timestamp(seen.last()));
    }
    return message.build();
  }

  static CatalogueSample sample(Sample sample) {
    return CatalogueSample.newBuilder()
        .setPerMille(sample.perMille())
        .setEvents(sample.events())
        .build();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
