package io.tenure.segment.domain.funnel;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Journeys;
import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Answers funnels. The store packs each user's events, {@link FunnelFold} walks them; the numbers
 * and the lists of users behind them come from the same walk and are therefore equal.
 */
public final class Funnels implements Model<FunnelQuery, Funnel, FunnelCell> {

  private final Journeys journeys;

  /** Funnels over the given journeys. */
  public Funnels(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public Funnel run(ProjectId project, FunnelQuery query, Instant now) {
    FunnelTallies tallies = new FunnelTallies(query);
    walk(project, query, tallies, _ -> {});
    return tallies.result(now);
  }

  @Override
  public long[] users(ProjectId project, FunnelQuery query, FunnelCell cell, Instant now) {
    FunnelTallies tallies = new FunnelTallies(query);
    LongStream.Builder found = LongStream.builder();
    walk(
        project,
        query,
        tallies,
        userNumber -> {
          if (tallies.isBehind(cell)) {
            found.add(userNumber);
          }
        });
    return found.build().sorted().toArray();
  }

  /** Tallies every attempt that counts; tells each user before going on to the next. */
  private void walk(
      ProjectId project, FunnelQuery query, FunnelTallies tallies, LongConsumer userTallied) {
    FunnelWalk walk = new FunnelWalk(query, tallies, userTallied);
    journeys.scan(project, query.journeys(), walk::visit);
    walk.end();
  }
}
