package io.tenure.segment.api;

import io.tenure.condition.api.Fields;
import io.tenure.proto.analysis.v1.Label;
import io.tenure.proto.analysis.v1.Relation;
import io.tenure.proto.analysis.v1.Spread;
import io.tenure.proto.analysis.v1.SpreadBar;
import io.tenure.segment.domain.journey.Column;
import io.tenure.segment.domain.tally.Samples;
import org.jspecify.annotations.Nullable;

/** Reads and writes what models that fold events have in common. */
final class LabelReader {

  private LabelReader() {}

  static io.tenure.segment.domain.journey.Label read(Label label) {
    return new io.tenure.segment.domain.journey.Label(
        label.hasText() && !label.getRare() ? label.getText() : null, label.getRare());
  }

  static Label write(io.tenure.segment.domain.journey.Label label) {
    Label.Builder message = Label.newBuilder().setRare(label.rare());
    if (label.text() != null) {
      message.setText(label.text());
    }
    return message.build();
  }

  static io.tenure.segment.domain.journey.@Nullable Relation relation(
      String path, boolean given, Relation relation) {
    return given
        ? new io.tenure.segment.domain.journey.Relation(
            Fields.at(path + ".first", () -> new Column.Property(relation.getFirst())),
            Fields.at(path + ".second", () -> new Column.Property(relation.getSecond())))
        : null;
  }

  /** A property that need not be named. */
  static Column.@Nullable Property property(String path, String name) {
    return name.isEmpty() ? null : Fields.at(path, () -> new Column.Property(name));
  }

  static Spread write(io.tenure.segment.domain.tally.Spread spread) {
    return Spread.newBuilder()
        .setSamples(spread.samples())
        .setLeast(Fields.duration(spread.least()))
        .setLowerQuartile(Fields.duration(spread.lowerQuartile()))
        .setMedian(Fields.duration(spread.median()))
        .setUpperQuartile(Fields.duration(spread.upperQuartile()))
        .setP90(Fields.duration(spread.p90()))
        .setMost(Fields.duration(spread.most()))
        .setMean(Fields.duration(spread.mean()))
        .build();
  }

  static SpreadBar write(Samples.Bar bar) {
    return SpreadBar.newBuilder()
        .setFrom(Fields.duration(bar.from()))
        .setTo(Fields.duration(bar.to()))
        .setSamples(bar.samples())
        .setUsers(bar.users())
        .build();
  }
}
