package io.tenure.collector.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tenure.collector.domain.plan.DataClass;
import io.tenure.collector.domain.plan.LearnedName;
import io.tenure.collector.domain.plan.Mode;
import io.tenure.collector.domain.plan.PlanIndex;
import io.tenure.collector.domain.plan.PlannedEvent;
import io.tenure.collector.domain.plan.PlannedItem;
import io.tenure.collector.domain.plan.PlannedProperty;
import io.tenure.collector.domain.plan.PropertyType;
import io.tenure.collector.domain.plan.Purpose;
import io.tenure.collector.domain.plan.TrackingPlan;
import io.tenure.collector.domain.plan.TrackingPlans;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.plan.v1.Sealing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tracking plans between the contract and the domain; the constants have the same names. */
final class PlanMessages {

  private PlanMessages() {}

  /**
   * A plan as somebody wrote it.
   *
   * @param author recorded with every trait that is kept plain
   */
  static TrackingPlan plan(io.tenure.proto.plan.v1.TrackingPlan plan, String author) {
    boolean enforce = plan.getMode() == io.tenure.proto.plan.v1.Mode.MODE_ENFORCE;
    return new TrackingPlan(
        enforce ? Mode.ENFORCE : Mode.OBSERVE,
        plan.getEventsList().stream()
            .map(
                event ->
                    new PlannedEvent(
                        event.getName(),
                        event.getDescription(),
                        properties(event.getPropertiesList(), author)))
            .toList(),
        properties(plan.getTraitsList(), author),
        plan.getItemsList().stream()
            .map(
                item ->
                    new PlannedItem(
                        item.getType(),
                        item.getDescription(),
                        properties(item.getPropertiesList(), author)))
            .toList());
  }

  private static List<PlannedProperty> properties(
      List<io.tenure.proto.plan.v1.PlannedProperty> properties, String author) {
    return properties.stream().map(one -> property(one, author)).toList();
  }

  private static PlannedProperty property(
      io.tenure.proto.plan.v1.PlannedProperty property, String author) {
    PropertyType type =
        switch (property.getType()) {
          case PROPERTY_TYPE_NUMBER -> PropertyType.NUMBER;
          case PROPERTY_TYPE_TEXT -> PropertyType.TEXT;
          case PROPERTY_TYPE_BOOLEAN -> PropertyType.BOOLEAN;
          case PROPERTY_TYPE_DATETIME -> PropertyType.DATETIME;
          case PROPERTY_TYPE_LIST -> PropertyType.LIST;
          case PROPERTY_TYPE_OBJECT -> PropertyType.OBJECT;
          case PROPERTY_TYPE_UNSPECIFIED, UNRECOGNIZED ->
              throw Failure.invalid("plan.properties.type", "is required");
        };
    DataClass dataClass =
        switch (property.getDataClass()) {
          case DATA_CLASS_UNSPECIFIED, DATA_CLASS_C1 -> DataClass.C1;
          case DATA_CLASS_C2 -> DataClass.C2;
          case DATA_CLASS_C3 -> DataClass.C3;
          case UNRECOGNIZED -> throw Failure.invalid("plan.properties.data_class", "is unknown");
        };
    return new PlannedProperty(
        property.getName(),
        type,
        dataClass,
        property.getPurposesList().stream().map(PlanMessages::purpose).collect(Collectors.toSet()),
        property.getRequired(),
        property.getDescription(),
        property.getSealing() == Sealing.SEALING_PLAIN ? author : null);
  }

  private static Purpose purpose(io.tenure.proto.plan.v1.Purpose purpose) {
    return switch (purpose) {
      case PURPOSE_ANALYTICS -> Purpose.ANALYTICS;
      case PURPOSE_PROFILING -> Purpose.PROFILING;
      case PURPOSE_MARKETING -> Purpose.MARKETING;
      case PURPOSE_SHARING -> Purpose.SHARING;
      case PURPOSE_UNSPECIFIED, UNRECOGNIZED ->
          throw Failure.invalid("plan.properties.purposes", "holds an unknown purpose");
    };
  }

  static io.tenure.proto.plan.v1.TrackingPlan message(TrackingPlans.Saved saved) {
    io.tenure.proto.plan.v1.TrackingPlan.Builder message =
        io.tenure.proto.plan.v1.TrackingPlan.newBuilder()
            .setMode(io.tenure.proto.plan.v1.Mode.valueOf("MODE_" + saved.plan().mode()))
            .setEtag(saved.etag())
            .setAuthor(saved.author());
    for (PlannedEvent event : saved.plan().events()) {
      message.addEvents(
          io.tenure.proto.plan.v1.PlannedEvent.newBuilder()
              .setName(event.name())
              .setDescription(event.description())
              .addAllProperties(event.properties().stream().map(PlanMessages::message).toList()));
    }
    message.addAllTraits(saved.plan().traits().stream().map(PlanMessages::message).toList());
    for (PlannedItem item : saved.plan().items()) {
      message.addItems(
          io.tenure.proto.plan.v1.PlannedItem.newBuilder()
              .setType(item.type())
              .setDescription(item.description())
              .addAllProperties(item.properties().stream().map(PlanMessages::message).toList()));
    }
    if (!saved.etag().isEmpty()) {
      message.setUpdateTime(time(saved.updateTime()));
    }
    return message.build();
  }

  private static io.tenure.proto.plan.v1.PlannedProperty message(PlannedProperty property) {
    return io.tenure.proto.plan.v1.PlannedProperty.newBuilder()
        .setName(property.name())
        .setType(type(property.type()))
        .setDataClass(
            io.tenure.proto.plan.v1.DataClass.valueOf("DATA_CLASS_" + property.dataClass()))
        .addAllPurposes(
            property.purposes().stream()
                .sorted()
                .map(purpose -> io.tenure.proto.plan.v1.Purpose.valueOf("PURPOSE_" + purpose))
                .toList())
        .setRequired(property.required())
        .setDescription(property.description())
        .setSealing(
            property.plainAuthor() == null ? Sealing.SEALING_UNSPECIFIED : Sealing.SEALING_PLAIN)
        .setPlainAuthor(Optional.ofNullable(property.plainAuthor()).orElse(""))
        .build();
  }

  static io.tenure.proto.plan.v1.LearnedName message(PlanIndex plan, LearnedName name) {
    io.tenure.proto.plan.v1.LearnedName.Builder message =
        io.tenure.proto.plan.v1.LearnedName.newBuilder()
            .setScope(io.tenure.proto.plan.v1.Scope.valueOf("SCOPE_" + name.scope()))
            .setName(name.name())
            .setCount(name.count())
            .setFirstSeen(time(name.firstSeen()))
            .setLastSeen(time(name.lastSeen()))
            .setPlanned(plan.has(name.scope(), name.name()));
    PropertyType type = name.type();
    if (type != null) {
      message.setType(type(type));
    }
    return message.build();
  }

  private static io.tenure.proto.plan.v1.PropertyType type(PropertyType type) {
    return io.tenure.proto.plan.v1.PropertyType.valueOf("PROPERTY_TYPE_" + type);
  }

  private static Timestamp time(Instant time) {
    return Timestamps.fromMillis(time.toEpochMilli());
  }
}
