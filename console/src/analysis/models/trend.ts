import { decimal, flag, integer, type Json, list, record, text, texts } from '../../api/decode';
import type { Draft } from '../fields';
import { unitField } from '../options';
import { line, number, type Row, type Sheet, type Shown, weights, word, words } from '../sheet';
import type { Model } from './model';

const aggregates = [
  'EVENTS',
  'USERS',
  'SUM',
  'AVERAGE',
  'MINIMUM',
  'MAXIMUM',
  'PER_USER',
  'DISTINCT_VALUES',
] as const;

const ofProperty = (draft: Draft) => !/_(EVENTS|USERS|PER_USER)$/.test(draft.aggregate ?? '');

/** How often, by how many, how much, period by period. */
export const trend: Model = {
  fields: [
    {
      kind: 'event',
      name: 'event',
      label: 'analyses.event',
      path: ['measures', 0, 'selector'],
      empty: 'any',
    },
    {
      kind: 'choice',
      name: 'aggregate',
      label: 'analyses.aggregate',
      path: ['measures', 0, 'aggregate'],
      options: aggregates.map((aggregate) => ({
        value: `TREND_AGGREGATE_${aggregate}`,
        label: `analyses.aggregate.${aggregate}` as const,
      })),
      initial: ['TREND_AGGREGATE_EVENTS'],
    },
    {
      kind: 'text',
      name: 'property',
      propertyOf: 'event',
      label: 'analyses.property',
      path: ['measures', 0, 'property'],
      required: true,
      shown: ofProperty,
    },
    unitField,
    {
      kind: 'text',
      name: 'breakdown',
      label: 'analyses.breakdown',
      path: ['breakdown', 'property'],
      propertyOf: 'event',
    },
  ],
  // The form asks one measure; a saved question may ask more, formulas and an earlier range: a table for each.
  sheets: (answer, asked) => {
    const groups = new Map<string, Json[]>();
    for (const entry of list(answer.series, (each) => each)) {
      const key = `${integer(entry.measure)} ${flag(entry.compared)}`;
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    const measures = list(asked.measures, (measure) => measure).length;
    return [...groups.values()].map((lines) => ({
      ...(groups.size > 1 && { title: title(lines[0] ?? {}, asked, measures) }),
      ...table(lines),
    }));
  },
};

/** Measures are called A, B, C as in formulas. */
function title(entry: Json, asked: Json, measures: number): Shown {
  const measure = integer(entry.measure);
  const name =
    measure < measures
      ? String.fromCharCode(65 + measure)
      : (texts(asked.formulas)[measure - measures] ?? String(measure));
  return flag(entry.compared) ? word('analyses.compared', { name }) : words(name);
}

function table(lines: readonly Json[]): Sheet {
  const points = lines.map((entry) => list(entry.points, (point) => point));
  const heat = lines.length > 1;
  const rows: Row[] = (points[0] ?? []).map((point, index) => {
    const numbers = points.map((all) => record(all[index]?.number));
    // The whole is larger than its parts: it would take their colour.
    const parts = weights(numbers.slice(1).map(value));
    return {
      incomplete: flag(point.incomplete),
      cells: [
        { shown: { kind: 'period', start: text(point.start_date) } },
        ...numbers.map((entry, column) => ({
          shown: number(value(entry)),
          users:
            integer(entry.users) > 0
              ? cellOf(lines[column] ?? {}, text(points[column]?.[index]?.start_date))
              : undefined,
          weight: column === 0 ? undefined : parts[column - 1],
        })),
      ],
    };
  });
  const total = {
    cells: [
      { shown: word('analyses.total') },
      ...lines.map((entry) => ({
        shown: number(value(record(entry.total))),
        users: integer(record(entry.total).users) > 0 ? cellOf(entry, '') : undefined,
      })),
    ],
  };
  const drawn = (points[0] ?? []).map((point) => ({
    startDate: text(point.start_date),
    value: value(record(point.number)),
    incomplete: flag(point.incomplete),
  }));
  return {
    columns: [word('analyses.period'), ...lines.map((entry) => part(entry, heat))],
    rows: [total, ...rows],
    line: line(drawn),
    ...(heat && { picture: 'heat' as const }),
  };
}

function value(entry: Json): number | undefined {
  return entry.value === undefined || entry.value === null ? undefined : decimal(entry.value);
}

function part(entry: Json, told: boolean): Shown {
  if (entry.value !== undefined) {
    return text(entry.value) === '' ? word('analyses.emptyText') : words(text(entry.value));
  }
  if (flag(entry.without_value)) {
    return word('analyses.withoutValue');
  }
  return flag(entry.other) ? word('analyses.other') : word(told ? 'analyses.all' : 'analyses.value');
}

function cellOf(entry: Json, startDate: string): Json {
  return {
    trend: {
      measure: integer(entry.measure),
      ...(entry.value !== undefined && { value: text(entry.value) }),
      ...(flag(entry.without_value) && { without_value: true }),
      ...(flag(entry.other) && { other: true }),
      ...(startDate && { start_date: startDate }),
      ...(flag(entry.compared) && { compared: true }),
    },
  };
}
