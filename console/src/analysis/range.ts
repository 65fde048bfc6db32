import type { Json } from '../api/decode';

/** A time range as people choose it: the last so many days, or two local dates. */
export type Range =
  | { readonly kind: 'last'; readonly days: number }
  | { readonly kind: 'dates'; readonly from: string; readonly to: string };

export const lengths: readonly number[] = [7, 30, 90, 120, 365];

const dayMilliseconds = 86_400_000;

/** Half-open instants of the range, as tenure.condition.v1.Interval; nothing when the dates make no range. */
export function interval(range: Range, now: Date): Json | undefined {
  const [start, end] =
    range.kind === 'last'
      ? [new Date(now.getTime() - range.days * dayMilliseconds), now]
      : [localMidnight(range.from, 0), localMidnight(range.to, 1)];
  if (!start || !end || start >= end) {
    return undefined;
  }
  return { start_time: start.toISOString(), end_time: end.toISOString() };
}

/** What every analysis needs first; days are the ones of the person who asks. */
export function scope(range: Range, now: Date): Json | undefined {
  const bounds = interval(range, now);
  return bounds && { interval: bounds, ...zone() };
}

/** The same for questions that are kept: the last days move with time, so that they stay questions about now. */
export function movingScope(range: Range): Json | undefined {
  return range.kind === 'last'
    ? { last: { count: range.days, unit: 'TIME_UNIT_DAY', current: true }, ...zone() }
    : scope(range, new Date(0));
}

function zone(): Json {
  return { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

export function localDate(instant: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

function localMidnight(date: string, plusDays: number): Date | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (!match) {
    return undefined;
  }
  const instant = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + plusDays);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
