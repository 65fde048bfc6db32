package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.Ltv;
import io.tenure.proto.analysis.v1.LtvCohort;
import io.tenure.proto.analysis.v1.LtvCount;
import io.tenure.proto.analysis.v1.LtvPart;
import io.tenure.segment.domain.cohort.Parts;
import io.tenure.segment.domain.ltv.Ltv.Part;
import org.jspecify.annotations.Nullable;

/** Writes lifetime values. */
final class LtvWriter {

  private LtvWriter() {}

  static Ltv write(io.tenure.segment.domain.ltv.Ltv ltv) {
    Parts<Part> parts = ltv.parts();
    Ltv.Builder message =
        Ltv.newBuilder().setAll(part(null, parts.all())).setTotalValues(parts.valueCount());
    parts.values().forEach(value -> message.addValues(part(value.value(), value.part())));
    if (parts.others() != null) {
      message.setOthers(part(null, parts.others()));
    }
    return message.build();
  }

  private static LtvPart part(@Nullable String value, Part part) {
    LtvPart.Builder message = LtvPart.newBuilder();
    if (value != null) {
      message.setValue(value);
    }
    part.cohorts()
        .forEach(
            cohort ->
                message.addCohorts(
                    LtvCohort.newBuilder()
                        .setStartDate(cohort.start())
                        .setUsers(cohort.users())
                        .addAllCounts(cohort.counts().stream().map(LtvWriter::count).toList())));
    part.means().forEach(mean -> message.addMeans(count(mean)));
    return message.build();
  }

  private static LtvCount count(io.tenure.segment.domain.ltv.Ltv.Count count) {
    return LtvCount.newBuilder()
        .setSum(RetentionWriter.decimal(count.amount().sum()))
        .setPerUser(RetentionWriter.decimal(count.perUser()))
        .setPayers(count.payers())
        .setIncomplete(count.incomplete())
        .build();
  }
}
