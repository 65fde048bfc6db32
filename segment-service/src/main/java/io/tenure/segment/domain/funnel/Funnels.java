package io.tenure.segment.domain.funnel;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Model;
import io.tenure.segment.domain.journey.Dictionary;
import io.tenure.segment.domain.journey.JourneyQuery;
import io.tenure.segment.domain.journey.Journeys;
import io.tenure.segment.domain.tally.ByValue;
import io.tenure.segment.domain.tally.ValueChoice;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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
    return tally(project, query).result(now);
  }

  @Override
  public long[] users(ProjectId project, FunnelQuery query, FunnelCell cell, Instant now) {
    return switch (cell.part()) {
      case FunnelCell.All _, FunnelCell.Period _, FunnelCell.Factor _ ->
          journeys.users(project, query.journeys(), words -> new FunnelTallies(query, words), cell);
      case FunnelCell.Next _, FunnelCell.Bar _ -> tally(project, query).users(cell);
      case FunnelCell.Value(ValueChoice choice) -> ofValue(project, query, cell, choice);
    };
  }

  private FunnelTallies tally(ProjectId project, FunnelQuery query) {
    return journeys.tally(project, query.journeys(), words -> new FunnelTallies(query, words));
  }

  /** Which values are shown is known only when all users have passed. */
  private long[] ofValue(
      ProjectId project, FunnelQuery query, FunnelCell cell, ValueChoice chosen) {
    Breakdown breakdown = Objects.requireNonNull(query.split().breakdown());
    ByValue.Choice choice = new ByValue.Choice(chosen, breakdown.limit());
    JourneyQuery asked = query.journeys();
    List<Dictionary> dictionaries = journeys.dictionaries(project, asked);
    FunnelTallies tallies = new FunnelTallies(query, dictionaries);
    journeys.scan(
        project,
        asked,
        dictionaries,
        journey -> {
          tallies.visit(journey);
          tallies.offer(choice, journey.user(), cell);
        });
    return choice.users();
  }
}
