import type { Answer } from './analyses';
import {
  decimal,
  flag,
  integer,
  list,
  listOf,
  message,
  positive,
  record,
  seconds,
  shaped,
  text,
  textOrNone,
} from './decode';

/** Answers of the models that have a page of their own. */

const funnelStep = shaped({
  name: text,
  users: integer,
  /** As many as the users, unless attempts or sessions are counted. */
  attempts: integer,
  stepRate: decimal,
  totalRate: decimal,
  lostUsers: integer,
  medianTime: seconds,
});
export type FunnelStep = ReturnType<typeof funnelStep>;

/** One value of a breakdown; none where attempts have none. */
const funnelValue = shaped({ value: textOrNone, steps: listOf(funnelStep) });
export type FunnelValue = ReturnType<typeof funnelValue>;

/** What attempts lost before a step went on with; the event is a tenure.analysis.v1.Label. */
const nextEvent = shaped({
  step: integer,
  event: message('next_events.event'),
  attempts: integer,
  users: integer,
  medianDwell: seconds,
});
export type NextEvent = ReturnType<typeof nextEvent>;

/** How something goes with completing; a ratio of odds is never 0, so a missing one is no answer. */
const factor = shaped({
  attribute: integer,
  name: text,
  value: message('factors.value'),
  completeWith: integer,
  complete: integer,
  lostWith: integer,
  lost: integer,
  oddsRatio: positive('factors.odds_ratio'),
  oddsRatioLow: positive('factors.odds_ratio_low'),
  oddsRatioHigh: positive('factors.odds_ratio_high'),
});
export type Factor = ReturnType<typeof factor>;

/** Complete attempts that took some time. */
const bar = shaped({ leastTime: seconds, mostTime: seconds, attempts: integer, users: integer });
export type FunnelBar = ReturnType<typeof bar>;

const funnel = shaped({
  steps: listOf(funnelStep),
  values: listOf(funnelValue),
  others: listOf(funnelStep),
  medianTime: seconds,
  times: listOf(bar),
  nextEvents: listOf(nextEvent),
  factors: listOf(factor),
});
export type Funnel = ReturnType<typeof funnel>;

export function funnelOf({ result }: Answer): Funnel {
  return funnel(result.funnel);
}

const retentionCell = shaped({ users: integer, rate: decimal, incomplete: flag });
export type RetentionCell = ReturnType<typeof retentionCell>;

const cohort = shaped({ startDate: text, users: integer, cells: listOf(retentionCell) });
export type Cohort = ReturnType<typeof cohort>;

/** Which return periods a column covers. */
const bracket = shaped({ first: integer, last: integer });
export type Bracket = ReturnType<typeof bracket>;

export interface Retention {
  readonly cohorts: readonly Cohort[];
  /** None where no cell of the column is complete. */
  readonly meanRates: readonly (number | undefined)[];
  readonly brackets: readonly Bracket[];
}

export function retentionOf({ result }: Answer): Retention {
  const retention = record(result.retention);
  return {
    cohorts: list(retention.cohorts, cohort),
    meanRates: list(retention.means, (mean) =>
      mean.rate === undefined || mean.rate === null ? undefined : decimal(mean.rate),
    ),
    brackets: list(retention.brackets, bracket),
  };
}
