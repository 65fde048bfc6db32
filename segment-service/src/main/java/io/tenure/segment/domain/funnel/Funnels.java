package io.tenure.segment.domain.funnel;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Freshness;
import io.tenure.segment.domain.analysis.Watermark;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers funnels. The store packs each user's events, {@link FunnelFold} walks them; the numbers
 * and the lists of users behind them come from the same walk and are therefore equal.
 */
public final class Funnels {

  private final Journeys journeys;
  private final Watermark watermark;
  private final Clock clock;

  /** Funnels over the given journeys. */
  public Funnels(Journeys journeys, Watermark watermark, Clock clock) {
    this.journeys = journeys;
    this.watermark = watermark;
    this.clock = clock;
  }

  /** Counts the users of every step. */
  public Funnel run(ProjectId project, FunnelQuery query) {
    @Nullable Instant dataTime = watermark.newestReceipt(project).orElse(null);
    FunnelFold fold = query.fold();
    FunnelTally tally = new FunnelTally(query);
    long rowsRead =
        journeys.scan(
            project,
            query.journeys(),
            (_, journey) -> {
              fold.fold(journey, tally::add);
              tally.endUser();
            });
    return tally.result(new Freshness(dataTime, clock.instant(), rowsRead));
  }

  /**
   * Lists the users behind a step.
   *
   * @param step step index from 0, below the number of steps
   * @param lost the users lost before the step instead of those who did it
   * @param after only users with a higher number are on the page
   */
  public StepUsers users(
      ProjectId project, FunnelQuery query, int step, boolean lost, long after, int limit) {
    FunnelFold fold = query.fold();
    FunnelTally tally = new FunnelTally(query);
    LongStream.Builder found = LongStream.builder();
    journeys.scan(
        project,
        query.journeys(),
        (userNumber, journey) -> {
          fold.fold(journey, tally::add);
          if (lost ? tally.lost(step) : tally.did(step)) {
            found.add(userNumber);
          }
          tally.endUser();
        });
    long[] all = found.build().sorted().toArray();
    List<Long> page =
        LongStream.of(all).filter(number -> number > after).limit(limit + 1L).boxed().toList();
    boolean more = page.size() > limit;
    return new StepUsers(more ? page.subList(0, limit) : page, all.length, more);
  }
}
