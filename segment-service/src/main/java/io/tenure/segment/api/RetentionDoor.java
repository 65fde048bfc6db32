package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.retention.Retention;
import io.tenure.segment.domain.retention.RetentionCell;
import io.tenure.segment.domain.retention.RetentionQuery;
import io.tenure.segment.domain.retention.Retentions;
import org.springframework.stereotype.Component;

/** The door to retention tables. */
@Component
public final class RetentionDoor implements ModelDoor<RetentionQuery, Retention, RetentionCell> {

  private final Retentions retentions;

  /** A door to the given retentions. */
  public RetentionDoor(Retentions retentions) {
    this.retentions = retentions;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.RETENTION;
  }

  @Override
  public Retentions model() {
    return retentions;
  }

  @Override
  public RetentionQuery question(AnalysisQuery query, Scope scope) {
    return RetentionReader.question(query.getRetention(), scope);
  }

  @Override
  public RetentionCell cell(AnalysisCell cell, RetentionQuery question) {
    return RetentionReader.cell(cell.getRetention(), question);
  }

  @Override
  public void write(AnalysisQuery query, Retention retention, AnalysisResult.Builder result) {
    boolean amounts = !query.getRetention().getAmountProperty().isEmpty();
    result.setRetention(new RetentionWriter(amounts).write(retention));
  }
}
