package io.tenure.experiment.api;

import io.tenure.condition.api.Fields;
import io.tenure.experiment.domain.Stored;
import io.tenure.experiment.domain.experiment.Holdout;
import io.tenure.experiment.domain.experiment.Layer;
import java.util.List;

/** Layers and hold-outs, from and to their messages. */
final class LayerMessages {

  private LayerMessages() {}

  static Layer read(io.tenure.proto.experiment.v1.Layer message) {
    return new Layer(
        message.getKey(),
        message.getDisplayName(),
        message.getDescription(),
        SplitMessages.unit("unit_type", message.getUnitType()),
        List.of());
  }

  static io.tenure.proto.experiment.v1.Layer writeLayer(Stored<Layer> stored) {
    Layer layer = stored.content();
    return io.tenure.proto.experiment.v1.Layer.newBuilder()
        .setKey(layer.key())
        .setDisplayName(layer.displayName())
        .setDescription(layer.description())
        .setUnitType(SplitMessages.unit(layer.unit()))
        .addAllParts(layer.parts().stream().map(ExperimentMessages::write).toList())
        .setFreeShare(layer.free())
        .setCreateTime(Fields.timestamp(stored.createTime()))
        .setUpdateTime(Fields.timestamp(stored.updateTime()))
        .setEtag(stored.etag())
        .build();
  }

  static Holdout read(io.tenure.proto.experiment.v1.Holdout message) {
    return new Holdout(
        message.getKey(),
        message.getDisplayName(),
        message.getDescription(),
        SplitMessages.unit("unit_type", message.getUnitType()),
        message.getShare(),
        message.getEnded());
  }

  static io.tenure.proto.experiment.v1.Holdout writeHoldout(Stored<Holdout> stored) {
    Holdout holdout = stored.content();
    return io.tenure.proto.experiment.v1.Holdout.newBuilder()
        .setKey(holdout.key())
        .setDisplayName(holdout.displayName())
        .setDescription(holdout.description())
        .setUnitType(SplitMessages.unit(holdout.unit()))
        .setShare(holdout.share())
        .setEnded(holdout.ended())
        .setCreateTime(Fields.timestamp(stored.createTime()))
        .setUpdateTime(Fields.timestamp(stored.updateTime()))
        .setEtag(stored.etag())
        .build();
  }
}
