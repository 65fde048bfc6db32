import type { Answer, Freshness } from './analyses';
import { decimal, flag, integer, list, listOf, record, seconds, shaped, text } from './decode';

/** Answers of the models that have a page of their own. */

export interface FunnelStep {
  readonly name: string;
  readonly users: number;
  readonly stepRate: number;
  readonly totalRate: number;
  readonly lostUsers: number;
  readonly medianSeconds: number | undefined;
}

export interface Funnel {
  readonly steps: readonly FunnelStep[];
  readonly freshness: Freshness;
}

export function funnelOf({ result, freshness }: Answer): Funnel {
  return {
    steps: list(record(result.funnel).steps, (step) => ({
      name: text(step.name),
      users: integer(step.users),
      stepRate: decimal(step.step_rate),
      totalRate: decimal(step.total_rate),
      lostUsers: integer(step.lost_users),
      medianSeconds: seconds(step.median_time),
    })),
    freshness,
  };
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
