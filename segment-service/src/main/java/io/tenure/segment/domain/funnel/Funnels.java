package io.tenure.segment.domain.funnel;

import io.tenure.platform.tenancy.ProjectId;
import io.tenure.segment.domain.analysis.Freshness;
import io.tenure.segment.domain.analysis.Watermark;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
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
    FunnelTallies tallies = new FunnelTallies(query);
    long rowsRead = walk(project, query, tallies, _ -> {});
    Instant now = clock.instant();
    return tallies.result(now, new Freshness(dataTime, now, rowsRead));
  }

  /**
   * Lists the users behind a number.
   *
   * @param after only users with a higher number are on the page
   */
  public StepUsers users(
      ProjectId project, FunnelQuery query, FunnelCell cell, long after, int limit) {
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
    long[] all = found.build().sorted().toArray();
    List<Long> page =
        LongStream.of(all).filter(number -> number > after).limit(limit + 1L).boxed().toList();
    boolean more = page.size() > limit;
    return new StepUsers(more ? page.subList(0, limit) : page, all.length, more);
  }

  /** Tallies every attempt that counts; tells each user before going on to the next. */
  private long walk(
      ProjectId project, FunnelQuery query, FunnelTallies tallies, LongConsumer userTallied) {
    FunnelWalk walk = new FunnelWalk(query, tallies, userTallied);
    long rowsRead = journeys.scan(project, query.journeys(), walk::visit);
    walk.end();
    return rowsRead;
  }
}
