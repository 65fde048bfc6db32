import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  conditionOf,
  everybody,
  firstLeaf,
  type Group,
  groupOf,
  type Leaf,
  leafKinds,
  selectionOf,
  selectorOf,
} from './conditions';

const tier: Comparison = { name: 'tier', operator: 'EQUAL', values: 'gold, silver' };
const leaves: readonly Leaf[] = [
  { kind: 'segment', id: 'fading', member: false },
  { kind: 'trait', comparison: tier },
  {
    kind: 'event',
    selection: { event: 'Transfer', filters: [{ name: 'amount', operator: 'GREATER', values: '100.5' }] },
    operator: 'GREATER_OR_EQUAL',
    count: '3',
    days: '30',
  },
  {
    kind: 'latest',
    selection: { event: '', filters: [] },
    comparison: { name: 'balance', operator: 'IS_SET', values: '' },
  },
];

describe('a condition', () => {
  it('is written as the contract says', () => {
    expect(conditionOf({ join: 'any', leaves })).toEqual({
      any: {
        conditions: [
          { not: { segment: { segment_id: 'fading' } } },
          { trait: { name: 'tier', operator: 'OPERATOR_EQUAL', values: ['gold', 'silver'] } },
          {
            event: {
              selector: {
                name: 'Transfer',
                filters: [{ name: 'amount', operator: 'OPERATOR_GREATER', values: [100.5] }],
              },
              operator: 'OPERATOR_GREATER_OR_EQUAL',
              count: '3',
              window: { last: '2592000s' },
            },
          },
          {
            latest: { selector: { name: '' }, property: 'balance', operator: 'OPERATOR_IS_SET', values: [] },
          },
        ],
      },
    });
  });

  it('is read back as it was written, each leaf alone and all together', () => {
    for (const join of ['all', 'any'] as const) {
      const group: Group = { join, leaves };
      expect(groupOf(Object(conditionOf(group)))).toEqual(group);
    }
    for (const leaf of leaves) {
      const group: Group = { join: 'all', leaves: [leaf] };
      const condition = Object(conditionOf(group));
      expect(condition.all).toBeUndefined();
      expect(groupOf(condition)).toEqual(group);
    }
  });

  it('reads what proto JSON leaves out', () => {
    const leaf = groupOf({ event: { selector: {}, operator: 'OPERATOR_LESS' } })?.leaves[0];
    expect(leaf).toMatchObject({ kind: 'event', count: '0', days: '' });
  });

  it('means everybody without a leaf, and nothing while a leaf is not whole', () => {
    expect(conditionOf(everybody)).toBe('everybody');
    for (const kind of leafKinds) {
      const whole = conditionOf({ join: 'all', leaves: [firstLeaf(kind)] }) !== undefined;
      // How often any event was done is a question already.
      expect(whole, kind).toBe(kind === 'event');
    }
    const [, , often] = leaves;
    for (const wrong of [{ count: '' }, { count: '-1' }, { days: '1.5' }, { days: 'x' }]) {
      const leaf = { ...often, ...wrong } as Leaf;
      expect(conditionOf({ join: 'all', leaves: [leaf] }), JSON.stringify(wrong)).toBeUndefined();
    }
  });

  it.each([
    { sequence: { steps: [] } },
    { not: { trait: { name: 'a', operator: 'OPERATOR_IS_SET' } } },
    { all: { conditions: [{ any: { conditions: [] } }] } },
    { all: { conditions: [] } },
    { all: { conditions: [{ segment: { segment_id: 'a' } }, { sequence: {} }] } },
    { event: { operator: 'OPERATOR_LESS', window: { interval: {} } } },
    { event: { operator: 'OPERATOR_LESS', window: { last: '3600s' } } },
    { trait: { name: 'a', operator: 'OPERATOR_SOUNDS_LIKE', values: ['b'] } },
    {},
  ])('that the editor has no words for is none of its: %j', (condition) => {
    expect(groupOf(condition)).toBeUndefined();
  });
});

describe('an event selector', () => {
  it('is nothing while a filter is open, and no filter is forgotten in reading', () => {
    expect(selectorOf({ event: 'A', filters: [] })).toEqual({ name: 'A' });
    expect(selectorOf({ event: 'A', filters: [{ ...tier, values: '' }] })).toBeUndefined();
    expect(selectorOf({ event: 'A', filters: [{ ...tier, name: ' ' }] })).toBeUndefined();
    const unknown = { name: 'A', filters: [{ name: 'b', operator: 'OPERATOR_NEW' }] };
    expect(selectionOf(unknown)).toBeUndefined();
  });
});
