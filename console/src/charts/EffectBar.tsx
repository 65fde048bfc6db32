import type { ReactNode } from 'react';
import type { Interval } from '../api/results';
import { IntervalBar } from './IntervalBar';

/** An effect with its interval on a scale that is the same for all of a table, beside what it is compared with. */
export function EffectBar(props: {
  estimate: number;
  interval: Interval;
  /** Where the scale ends on both sides of 0. */
  reach: number;
  /** 0, or the margin of a guardrail. */
  reference: number;
  label: string;
}): ReactNode {
  const { estimate, interval, reach, reference, label } = props;
  const place = (value: number) => (Math.max(-reach, Math.min(reach, value)) + reach) / (2 * reach);
  return (
    <IntervalBar
      value={place(estimate)}
      low={place(interval.low ?? -reach)}
      high={place(interval.high ?? reach)}
      reference={place(reference)}
      label={label}
    />
  );
}

/** How far a scale must reach to hold what is told; open ends reach as far as the others. */
export function reachOf(values: readonly (number | undefined)[]): number {
  const told = values.filter((value) => value !== undefined).map(Math.abs);
  return Math.max(0.001, ...told) * 1.1;
}
