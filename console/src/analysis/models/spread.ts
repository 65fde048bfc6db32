import { integer, record, seconds } from '../../api/decode';
import { type Cell, number, type Shown, word } from '../sheet';

const marks = ['least', 'lower_quartile', 'median', 'upper_quartile', 'p90', 'most', 'mean'] as const;

export const spreadColumns: readonly Shown[] = [
  word('analyses.spread.samples'),
  ...marks.map((mark) => word(`analyses.spread.${mark}`)),
];

/** How lengths of time spread (tenure.analysis.v1.Spread), as cells under the columns above. */
export function spread(value: unknown): Cell[] {
  const entry = record(value);
  return [
    { shown: number(integer(entry.samples)) },
    ...marks.map((mark): Cell => ({ shown: { kind: 'time', seconds: seconds(entry[mark]) } })),
  ];
}
