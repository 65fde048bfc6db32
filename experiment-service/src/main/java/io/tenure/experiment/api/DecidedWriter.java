package io.tenure.experiment.api;

import io.tenure.condition.api.ConditionWriter;
import io.tenure.condition.api.Fields;
import io.tenure.evaluator.Flag;
import io.tenure.evaluator.Rule;
import io.tenure.evaluator.Serving;
import java.time.Instant;

/** Writes flags as they are decided, for whoever decides elsewhere. */
final class DecidedWriter {

  private DecidedWriter() {}

  static io.tenure.proto.evaluator.v1.Flag write(Flag flag) {
    return io.tenure.proto.evaluator.v1.Flag.newBuilder()
        .setKey(flag.key())
        .setEnabled(flag.enabled())
        .addAllVariants(flag.variants().stream().map(FlagParts::write).toList())
        .setOffVariant(flag.offVariant())
        .addAllForced(flag.forced().stream().map(FlagParts::write).toList())
        .addAllPrerequisites(flag.prerequisites().stream().map(FlagParts::write).toList())
        .addAllRules(flag.rules().stream().map(DecidedWriter::write).toList())
        .setFallthrough(write(flag.fallthrough()))
        .build();
  }

  private static io.tenure.proto.evaluator.v1.Rule write(Rule rule) {
    io.tenure.proto.evaluator.v1.Rule.Builder message =
        io.tenure.proto.evaluator.v1.Rule.newBuilder()
            .setName(rule.name())
            .addAllPrerequisites(rule.prerequisites().stream().map(FlagParts::write).toList())
            .setServing(write(rule.serving()));
    if (rule.schedule().start().isAfter(Instant.MIN)) {
      message.setStartTime(Fields.timestamp(rule.schedule().start()));
    }
    if (rule.schedule().end().isBefore(Instant.MAX)) {
      message.setEndTime(Fields.timestamp(rule.schedule().end()));
    }
    if (rule.condition() != null) {
      message.setCondition(ConditionWriter.write(rule.condition()));
    }
    return message.build();
  }

  private static io.tenure.proto.evaluator.v1.Serving write(Serving serving) {
    io.tenure.proto.evaluator.v1.Serving.Builder message =
        io.tenure.proto.evaluator.v1.Serving.newBuilder();
    return switch (serving) {
      case Serving.Fixed(String variant) -> message.setVariant(variant).build();
      case Serving.Split split -> message.setSplit(SplitMessages.write(split)).build();
    };
  }
}
