import { describe, expect, it } from 'vitest';
import { draftReducer, type FunnelDraft, funnelQuery, initialDraft } from './funnel';
import { interval, localDate } from './range';
import { defaultStart, retentionQuery } from './retention';

const now = new Date('2026-06-15T12:00:00Z');
const events = (draft: FunnelDraft) => draft.steps.map((step) => step.event);

describe('a funnel draft', () => {
  it('starts with the usual road where the project knows it', () => {
    expect(events(initialDraft(['Login', 'Transfer', 'AppInstall', 'X', 'Register']))).toEqual([
      'AppInstall',
      'Register',
      'Login',
      'Transfer',
    ]);
  });

  it('starts with the most frequent events elsewhere', () => {
    expect(events(initialDraft(['Payment', 'Order', 'Visit']))).toEqual(['Payment', 'Order']);
    expect(events(initialDraft(['Payment']))).toEqual(['Payment', '']);
  });

  it('adds, chooses, moves and removes steps', () => {
    let draft = initialDraft(['A', 'B', 'C']);
    draft = draftReducer(draft, { kind: 'add' });
    draft = draftReducer(draft, { kind: 'choose', id: 2, event: 'C' });
    draft = draftReducer(draft, { kind: 'move', id: 2, by: -1 });
    expect(events(draft)).toEqual(['A', 'C', 'B']);
    draft = draftReducer(draft, { kind: 'remove', id: 0 });
    expect(events(draft)).toEqual(['C', 'B']);
  });

  it('keeps two steps, keeps ends in place and never uses an id twice', () => {
    let draft = initialDraft(['A', 'B']);
    expect(draftReducer(draft, { kind: 'remove', id: 0 })).toBe(draft);
    expect(events(draftReducer(draft, { kind: 'move', id: 0, by: -1 }))).toEqual(['A', 'B']);
    draft = draftReducer(draft, { kind: 'add' });
    draft = draftReducer(draft, { kind: 'remove', id: 2 });
    draft = draftReducer(draft, { kind: 'add' });
    expect(draft.steps.map((step) => step.id)).toEqual([0, 1, 3]);
  });

  it('holds at most twenty steps', () => {
    let draft = initialDraft(['A', 'B']);
    for (let step = 0; step < 30; step++) {
      draft = draftReducer(draft, { kind: 'add' });
    }
    expect(draft.steps).toHaveLength(20);
  });

  it('becomes a query of the proto shape', () => {
    expect(funnelQuery(initialDraft(['A', 'B']))).toMatchObject({
      scope: { last: { count: 120, unit: 'TIME_UNIT_DAY', current: true } },
      funnel: { steps: [{ name: 'A' }, { name: 'B' }], window: '604800s' },
    });
  });

  it('narrows steps by filters and the whole by its users', () => {
    const filter = { name: 'amount', operator: 'GREATER', values: '5' } as const;
    let draft = initialDraft(['A', 'B']);
    draft = draftReducer(draft, { kind: 'filter', id: 1, filters: [filter] });
    const segment = { kind: 'segment', id: 'gold', member: true } as const;
    draft = draftReducer(draft, {
      kind: 'users',
      users: { kind: 'edited', group: { join: 'all', leaves: [segment] } },
    });
    expect(funnelQuery(draft)).toMatchObject({
      scope: { users: { segment: { segment_id: 'gold' } } },
      funnel: {
        steps: [{ name: 'A' }, { name: 'B', filters: [{ name: 'amount', values: [5] }] }],
      },
    });
    const open = draftReducer(draft, { kind: 'filter', id: 0, filters: [{ ...filter, values: '' }] });
    expect(funnelQuery(open)).toBeUndefined();
  });

  it('is no query while a step is open or the dates are turned round', () => {
    const draft = initialDraft(['A', 'B']);
    expect(funnelQuery(draftReducer(draft, { kind: 'add' }))).toBeUndefined();
    const range = { kind: 'dates', from: '2026-02-02', to: '2026-02-01' } as const;
    expect(funnelQuery(draftReducer(draft, { kind: 'range', range }))).toBeUndefined();
  });
});

describe('a range of dates', () => {
  it('ends with the last day, in local time', () => {
    const range = interval({ kind: 'dates', from: '1993-01-01', to: '1994-12-31' }, now);
    expect(localDate(new Date(String(range?.start_time)))).toBe('1993-01-01');
    expect(localDate(new Date(String(range?.end_time)))).toBe('1995-01-01');
  });

  it('is nothing while a date is missing', () => {
    expect(interval({ kind: 'dates', from: '', to: '2026-01-01' }, now)).toBeUndefined();
  });
});

describe('a retention query', () => {
  it('starts at the registration where there is one', () => {
    expect(defaultStart(['Login', 'AppInstall', 'Register'])).toBe('Register');
    expect(defaultStart(['Login'])).toBe('');
  });

  it('has the proto shape', () => {
    expect(retentionQuery({}, 'Register', '', 'TIME_UNIT_WEEK')).toEqual({
      scope: {},
      retention: {
        start: { name: 'Register' },
        return: { name: '' },
        unit: 'TIME_UNIT_WEEK',
        periods: 12,
      },
    });
  });
});
