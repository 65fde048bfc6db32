import { type Json, list, record, seconds, text } from '../api/decode';
import { type Operator, operators, shownValues, valuesOf } from './values';

/** Conditions (tenure.condition.v1) while they are edited: leaves that all hold, or of which any holds. */

export const countOperators = [
  'GREATER_OR_EQUAL',
  'GREATER',
  'LESS',
  'LESS_OR_EQUAL',
  'EQUAL',
  'NOT_EQUAL',
] as const satisfies readonly Operator[];
export type CountOperator = (typeof countOperators)[number];

/** A value under a name, compared; the values are as people write them, see valuesOf. */
export interface Comparison {
  readonly name: string;
  readonly operator: Operator;
  readonly values: string;
}

/** Events of a name (any when empty) whose properties compare so. */
export interface Selection {
  readonly event: string;
  readonly filters: readonly Comparison[];
}

export type Leaf =
  | { readonly kind: 'segment'; readonly id: string; readonly member: boolean }
  | { readonly kind: 'trait'; readonly comparison: Comparison }
  | {
      readonly kind: 'event';
      readonly selection: Selection;
      readonly operator: CountOperator;
      readonly count: string;
      /** Days before the end of the range; empty for ever before. */
      readonly days: string;
    }
  | { readonly kind: 'latest'; readonly selection: Selection; readonly comparison: Comparison };

export const leafKinds = ['segment', 'trait', 'event', 'latest'] as const satisfies readonly Leaf['kind'][];

/** What the editor can say. What it cannot is kept as it was written, see Users. */
export interface Group {
  readonly join: 'all' | 'any';
  readonly leaves: readonly Leaf[];
}

export const everybody: Group = { join: 'all', leaves: [] };

export const firstComparison: Comparison = { name: '', operator: 'EQUAL', values: '' };

export function firstLeaf(kind: Leaf['kind']): Leaf {
  const selection = { event: '', filters: [] };
  switch (kind) {
    case 'segment':
      return { kind, id: '', member: true };
    case 'trait':
      return { kind, comparison: firstComparison };
    case 'event':
      return { kind, selection, operator: 'GREATER_OR_EQUAL', count: '1', days: '30' };
    case 'latest':
      return { kind, selection, comparison: firstComparison };
  }
}

/** The condition; none for everybody, nothing while it is not whole. */
export function conditionOf({ join, leaves }: Group): Json | 'everybody' | undefined {
  const parts = leaves.map(written);
  if (parts.some((part) => part === undefined)) {
    return undefined;
  }
  const [only] = parts;
  if (!only) {
    return 'everybody';
  }
  return parts.length === 1 ? only : { [join]: { conditions: parts } };
}

/** The group that says the condition; nothing when the editor has no words for it. */
export function groupOf(condition: Json): Group | undefined {
  const join = (['all', 'any'] as const).find((each) => condition[each] !== undefined);
  const leaves = join ? list(record(condition[join]).conditions, read) : [read(condition)];
  const known = leaves.filter((leaf) => leaf !== undefined);
  return known.length === leaves.length && known.length > 0
    ? { join: join ?? 'all', leaves: known }
    : undefined;
}

/** An event selector; nothing while a filter is not whole. */
export function selectorOf({ event, filters }: Selection): Json | undefined {
  const parts = filters.map(compared);
  if (parts.some((part) => part === undefined)) {
    return undefined;
  }
  return parts.length > 0 ? { name: event, filters: parts } : { name: event };
}

export function selectionOf(selector: Json): Selection | undefined {
  const filters = list(selector.filters, comparison).filter((filter) => filter !== undefined);
  const asked = Array.isArray(selector.filters) ? selector.filters.length : 0;
  return filters.length === asked ? { event: text(selector.name), filters } : undefined;
}

function compared({ name, operator, values }: Comparison): Json | undefined {
  const given = valuesOf(operator, values);
  return name.trim() && given
    ? { name: name.trim(), operator: `OPERATOR_${operator}`, values: given }
    : undefined;
}

function comparison(entry: Json): Comparison | undefined {
  const operator = operators.find((each) => entry.operator === `OPERATOR_${each}`);
  const name = text(entry.name);
  return operator && { name, operator, values: shownValues(operator, entry.values) };
}

function written(leaf: Leaf): Json | undefined {
  switch (leaf.kind) {
    case 'segment': {
      const segment = { segment: { segment_id: leaf.id } };
      return leaf.id ? (leaf.member ? segment : { not: segment }) : undefined;
    }
    case 'trait': {
      const trait = compared(leaf.comparison);
      return trait && { trait };
    }
    case 'event': {
      const selector = selectorOf(leaf.selection);
      const days = leaf.days.trim() === '' ? 0 : whole(leaf.days);
      const count = whole(leaf.count);
      if (!selector || days === undefined || count === undefined) {
        return undefined;
      }
      const window = days > 0 ? { window: { last: `${days * daySeconds}s` } } : {};
      return { event: { selector, operator: `OPERATOR_${leaf.operator}`, count: String(count), ...window } };
    }
    case 'latest': {
      const selector = selectorOf(leaf.selection);
      const value = compared(leaf.comparison);
      if (!selector || !value) {
        return undefined;
      }
      return { latest: { selector, property: value.name, operator: value.operator, values: value.values } };
    }
  }
}

function read(condition: Json): Leaf | undefined {
  const [kind = ''] = Object.keys(condition);
  const body = record(condition[kind]);
  switch (kind) {
    case 'segment':
      return { kind, id: text(body.segment_id), member: true };
    case 'not': {
      const inner = read(body);
      return inner?.kind === 'segment' && inner.member ? { ...inner, member: false } : undefined;
    }
    case 'trait': {
      const trait = comparison(body);
      return trait && { kind, comparison: trait };
    }
    case 'event':
      return readEvent(body);
    case 'latest': {
      const selection = selectionOf(record(body.selector));
      const value = comparison({ ...body, name: body.property });
      return selection && value && { kind, selection, comparison: value };
    }
    default:
      return undefined;
  }
}

function readEvent(body: Json): Leaf | undefined {
  const selection = selectionOf(record(body.selector));
  const operator = countOperators.find((each) => body.operator === `OPERATOR_${each}`);
  const window = record(body.window);
  const days = (seconds(window.last) ?? 0) / daySeconds;
  if (!selection || !operator || window.interval !== undefined || !Number.isInteger(days)) {
    return undefined;
  }
  const count = String(body.count ?? 0);
  return { kind: 'event', selection, operator, count, days: days > 0 ? String(days) : '' };
}

const daySeconds = 86_400;

function whole(written: string): number | undefined {
  return /^\d{1,9}$/.test(written.trim()) ? Number(written) : undefined;
}
