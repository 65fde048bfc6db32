package io.tenure.segment.domain.path;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Answers journey maps. */
public final class Paths implements Model<PathQuery, PathMap, PathCell> {

  private final Journeys journeys;

  /** Maps of the given journeys. */
  public Paths(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public PathMap run(ProjectId project, PathQuery query, Instant now) {
    Read read = read(project, query);
    read.log().read(read.tally()::add);
    Instant end = query.scope().range().end();
    return read.tally()
        .result(
            !query.backwards() && end.plus(query.rules().cut().reach()).isAfter(now)
                || end.isAfter(now));
  }

  @Override
  public long[] users(ProjectId project, PathQuery query, PathCell cell, Instant now) {
    Read read = read(project, query);
    LongStream.Builder found = LongStream.builder();
    long[] last = {-1};
    read.log()
        .read(
            (user, session, walk) -> {
              if (user != last[0] && last[0] >= 0 && read.tally().isBehind(cell)) {
                found.add(last[0]);
              }
              last[0] = user;
              read.tally().add(user, session, walk);
            });
    if (last[0] >= 0 && read.tally().isBehind(cell)) {
      found.add(last[0]);
    }
    return found.build().sorted().toArray();
  }

  private Read read(ProjectId project, PathQuery query) {
    JourneyQuery asked = query.journeys();
    List<Dictionary> dictionaries = journeys.dictionaries(project, asked);
    Nodes nodes = new Nodes(query.naming(), dictionaries);
    PathTally tally = new PathTally(query, nodes);
    PathLog log = new PathLog(query.rules().steps());
    PathFold fold = new PathFold(query);
    journeys.scan(
        project,
        asked,
        dictionaries,
        journey ->
            fold.fold(
                journey,
                nodes::of,
                (session, walk) -> {
                  tally.rank(walk);
                  log.add(journey.user(), session, walk);
                }));
    tally.choose();
    return new Read(tally, log);
  }

  private record Read(PathTally tally, PathLog log) {}
}
