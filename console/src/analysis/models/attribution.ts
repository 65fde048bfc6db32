import { decimal, flag, integer, type Json, list, text } from '../../api/decode';
import type { Field } from '../fields';
import { lengths } from '../options';
import { type Cell, number, people, type Row, type Sheet, weights, word } from '../sheet';
import { label, labelCell } from './label';
import type { Model } from './model';

const ways = ['FIRST', 'LAST', 'LAST_NON_DIRECT', 'LINEAR', 'POSITION', 'TIME_DECAY'] as const;

const touch = (index: number, ...initial: readonly string[]): Field => ({
  kind: 'event',
  name: `touch${index}`,
  label: 'analyses.attribution.touch',
  path: ['touches', index],
  empty: index === 0 ? 'required' : 'none',
  touch: true,
  initial,
});

/** Which touches conversions are owed to, by every way of counting side by side. */
export const attribution: Model = {
  fields: [
    {
      kind: 'event',
      name: 'target',
      label: 'analyses.attribution.target',
      path: ['targets', 0],
      empty: 'required',
      initial: ['BuyProduct', 'Transfer', 'Payment'],
    },
    touch(0, 'ViewProduct', 'Login'),
    touch(1, 'ViewBalance'),
    touch(2),
    {
      kind: 'text',
      name: 'property',
      label: 'analyses.attribution.property',
      path: ['property'],
      propertyOf: 'touch0',
    },
    {
      kind: 'choice',
      name: 'lookback',
      label: 'analyses.attribution.lookback',
      path: ['lookback'],
      options: lengths,
      initial: ['2592000s'],
    },
  ],
  sheets: (answer) => {
    const rows = list(answer.rows, (row) => row);
    return integer(answer.conversions) === 0 ? [] : [credits(rows, flag(answer.incomplete), answer)];
  },
};

function credits(rows: readonly Json[], incomplete: boolean, answer: Json): Sheet {
  const all: Row = {
    incomplete,
    cells: [
      { shown: word('analyses.total') },
      people(integer(answer.users), { attribution: {} }),
      ...ways.map(() => ({ shown: number(integer(answer.conversions)) })),
    ],
  };
  const found = rows.map((row) => ways.map((way) => credit(row, way)));
  const heat = weights(found.flat().map((entry) => entry && decimal(entry.conversions)));
  return {
    columns: [
      word('analyses.attribution.source'),
      word('overview.users'),
      ...ways.map((way) => word(`analyses.attribution.${way}`)),
    ],
    picture: 'heat',
    rows: [
      all,
      ...rows.map((row, index) => ({
        incomplete,
        cells: [
          { shown: flag(row.untouched) ? word('analyses.attribution.untouched') : label(row.source) },
          // A linear share goes to every touch, so these are all users with one.
          people(integer(credit(row, 'LINEAR')?.users), cell(row, 'LINEAR')),
          ...ways.map((way, column): Cell => {
            const entry = found[index]?.[column];
            return {
              shown: number(entry ? decimal(entry.conversions) : undefined),
              users: entry && integer(entry.users) > 0 ? cell(row, way) : undefined,
              weight: heat[index * ways.length + column],
            };
          }),
        ],
      })),
    ],
  };
}

function credit(row: Json, way: string): Json | undefined {
  return list(row.credits, (entry) => entry).find(
    (entry) => text(entry.model) === `ATTRIBUTION_MODEL_${way}`,
  );
}

function cell(row: Json, way: string): Json {
  const model = `ATTRIBUTION_MODEL_${way}`;
  return {
    attribution: flag(row.untouched) ? { model, untouched: true } : { model, source: labelCell(row.source) },
  };
}
