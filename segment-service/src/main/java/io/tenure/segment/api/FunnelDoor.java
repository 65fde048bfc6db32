package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.funnel.Funnel;
import io.tenure.segment.domain.funnel.FunnelCell;
import io.tenure.segment.domain.funnel.FunnelQuery;
import io.tenure.segment.domain.funnel.Funnels;
import org.springframework.stereotype.Component;

/** The door to funnels. */
@Component
public final class FunnelDoor implements ModelDoor<FunnelQuery, Funnel, FunnelCell> {

  private final Funnels funnels;

  /** A door to the given funnels. */
  public FunnelDoor(Funnels funnels) {
    this.funnels = funnels;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.FUNNEL;
  }

  @Override
  public Funnels model() {
    return funnels;
  }

  @Override
  public FunnelQuery question(AnalysisQuery query, Scope scope) {
    return FunnelReader.read(query.getFunnel(), scope);
  }

  @Override
  public FunnelCell cell(AnalysisCell cell, FunnelQuery question) {
    return FunnelCellReader.read(cell.getFunnel(), question);
  }

  @Override
  public void write(AnalysisQuery query, Funnel funnel, AnalysisResult.Builder result) {
    result.setFunnel(FunnelWriter.write(funnel));
  }
}
