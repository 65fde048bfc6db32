import type { Json } from '../api/decode';

export const units = ['TIME_UNIT_DAY', 'TIME_UNIT_WEEK', 'TIME_UNIT_MONTH'] as const;
export type TimeUnit = (typeof units)[number];

/** How many return periods fit a screen. */
const periods: Readonly<Record<TimeUnit, number>> = {
  TIME_UNIT_DAY: 14,
  TIME_UNIT_WEEK: 12,
  TIME_UNIT_MONTH: 6,
};

/** The moment people become users, where the project knows one; else any event. */
export function defaultStart(eventNames: readonly string[]): string {
  return ['Register', 'AppInstall'].find((name) => eventNames.includes(name)) ?? '';
}

/** The query (tenure.analysis.v1.AnalysisQuery); an empty event name selects any event. */
export function retentionQuery(scope: Json, start: string, comeBack: string, unit: TimeUnit): Json {
  return {
    scope,
    retention: { start: { name: start }, return: { name: comeBack }, unit, periods: periods[unit] },
  };
}
