package io.tenure.collector.api;

import io.tenure.collector.domain.dialect.JsonText;
import io.tenure.collector.domain.quarantine.FieldPath;
import io.tenure.collector.domain.quarantine.Repair;
import io.tenure.collector.domain.record.ExactJson;
import io.tenure.platform.failure.Failure;
import io.tenure.proto.event.v1.Repair.NumberToText;
import io.tenure.proto.event.v1.Repair.RemoveField;
import io.tenure.proto.event.v1.Repair.RenameEvent;
import io.tenure.proto.event.v1.Repair.RenameProperty;
import io.tenure.proto.event.v1.Repair.SetField;
import io.tenure.proto.event.v1.Repair.SetTimeToReceiveTime;
import io.tenure.proto.event.v1.Repair.TextToNumber;

/** Repairs in the words of the contract. */
final class RepairMessages {

  private RepairMessages() {}

  static Repair of(io.tenure.proto.event.v1.Repair repair) {
    return switch (repair.getChangeCase()) {
      case RENAME_EVENT ->
          new Repair.RenameEvent(
              repair.getRenameEvent().getFrom(), name(repair.getRenameEvent().getTo()));
      case RENAME_PROPERTY ->
          new Repair.RenameProperty(
              name(repair.getRenameProperty().getFrom()), name(repair.getRenameProperty().getTo()));
      case SET_FIELD ->
          new Repair.SetField(
              FieldPath.parse(repair.getSetField().getPath()),
              JsonText.parse(repair.getSetField().getJsonValue())
                  .orElseThrow(() -> Failure.invalid("json_value", "must be one JSON value")));
      case REMOVE_FIELD ->
          new Repair.RemoveField(FieldPath.parse(repair.getRemoveField().getPath()));
      case TEXT_TO_NUMBER ->
          new Repair.TextToNumber(FieldPath.parse(repair.getTextToNumber().getPath()));
      case NUMBER_TO_TEXT ->
          new Repair.NumberToText(FieldPath.parse(repair.getNumberToText().getPath()));
      case SET_TIME_TO_RECEIVE_TIME -> new Repair.SetTimeToReceiveTime();
      case CHANGE_NOT_SET -> throw Failure.invalid("repairs", "a repair must change something");
    };
  }

  static io.tenure.proto.event.v1.Repair of(Repair repair) {
    io.tenure.proto.event.v1.Repair.Builder message = io.tenure.proto.event.v1.Repair.newBuilder();
    return switch (repair) {
      case Repair.RenameEvent(String from, String to) ->
          message.setRenameEvent(RenameEvent.newBuilder().setFrom(from).setTo(to)).build();
      case Repair.RenameProperty(String from, String to) ->
          message.setRenameProperty(RenameProperty.newBuilder().setFrom(from).setTo(to)).build();
      case Repair.SetField(FieldPath path, Object value) ->
          message
              .setSetField(
                  SetField.newBuilder().setPath(path.toString()).setJsonValue(ExactJson.of(value)))
              .build();
      case Repair.RemoveField(FieldPath path) ->
          message.setRemoveField(RemoveField.newBuilder().setPath(path.toString())).build();
      case Repair.TextToNumber(FieldPath path) ->
          message.setTextToNumber(TextToNumber.newBuilder().setPath(path.toString())).build();
      case Repair.NumberToText(FieldPath path) ->
          message.setNumberToText(NumberToText.newBuilder().setPath(path.toString())).build();
      case Repair.SetTimeToReceiveTime time ->
          message.setSetTimeToReceiveTime(SetTimeToReceiveTime.getDefaultInstance()).build();
    };
  }

  private static String name(String name) {
    if (name.isEmpty()) {
      throw Failure.invalid("repairs", "a name must not be empty");
    }
    return name;
  }
}
