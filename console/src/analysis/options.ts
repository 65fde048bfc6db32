import type { Field, Option } from './fields';

const day = 86_400;

export const units: readonly Option[] = [
  { value: 'TIME_UNIT_DAY', label: 'analyses.unit.day' },
  { value: 'TIME_UNIT_WEEK', label: 'analyses.unit.week' },
  { value: 'TIME_UNIT_MONTH', label: 'analyses.unit.month' },
];

export const lengths: readonly Option[] = [1, 7, 30, 90].map((days) => ({
  value: `${days * day}s`,
  label: days === 1 ? 'funnel.window.day' : 'funnel.window.days',
  values: { count: days },
}));

export const unitField: Field = {
  kind: 'choice',
  name: 'unit',
  label: 'analyses.unit',
  path: ['unit'],
  options: units,
  initial: ['TIME_UNIT_DAY'],
};

/** Numbers to choose from. */
export function numbers(...values: readonly number[]): readonly Option[] {
  return values.map((value) => ({
    value: String(value),
    label: 'analyses.plain',
    values: { number: value },
  }));
}
