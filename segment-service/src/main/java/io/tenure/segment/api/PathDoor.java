package io.tenure.segment.api;

import io.tenure.proto.analysis.v1.AnalysisCell;
import io.tenure.proto.analysis.v1.AnalysisQuery;
import io.tenure.proto.analysis.v1.AnalysisQuery.ModelCase;
import io.tenure.proto.analysis.v1.AnalysisResult;
import io.tenure.segment.domain.analysis.Scope;
import io.tenure.segment.domain.path.PathCell;
import io.tenure.segment.domain.path.PathMap;
import io.tenure.segment.domain.path.PathQuery;
import io.tenure.segment.domain.path.Paths;
import org.springframework.stereotype.Component;

/** The door to journey maps. */
@Component
public final class PathDoor implements ModelDoor<PathQuery, PathMap, PathCell> {

  private final Paths paths;

  /** A door to the given maps. */
  public PathDoor(Paths paths) {
    this.paths = paths;
  }

  @Override
  public ModelCase kind() {
    return ModelCase.PATH;
  }

  @Override
  public Paths model() {
    return paths;
  }

  @Override
  public PathQuery question(AnalysisQuery query, Scope scope) {
    return PathReader.read(query.getPath(), scope);
  }

  @Override
  public PathCell cell(AnalysisCell cell, PathQuery question) {
    return PathReader.cell(cell.getPath());
  }

  @Override
  public void write(AnalysisQuery query, PathMap map, AnalysisResult.Builder result) {
    PathWriter.write(map, result.getPathBuilder());
  }
}
