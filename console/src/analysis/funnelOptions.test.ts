import { describe, expect, it } from 'vitest';
import { draftReducer, funnelQuery, initialDraft } from './funnel';
import { type FunnelOptions, optionsQuery, plainOptions } from './funnelOptions';

const asked = (options: Partial<FunnelOptions>) => optionsQuery({ ...plainOptions, ...options });

describe('the options of a funnel', () => {
  it('ask nothing that reads all events unless told so', () => {
    expect(asked({})).toEqual({ window: '604800s' });
  });

  it('limit attempts by the session, and count sessions only then', () => {
    expect(asked({ limit: 'session' })).toEqual({ session: {} });
    expect(asked({ limit: 'session', eachSession: true })).toEqual({
      session: {},
      entry: 'FUNNEL_ENTRY_SESSIONS',
    });
    expect(asked({ limit: 3600, eachSession: true })).toEqual({ window: '3600s' });
  });

  it('break down by a property or a trait, and are not whole before it is named', () => {
    expect(asked({ breakdown: { of: 'property', name: ' channel ' } })).toMatchObject({
      breakdown: { property: 'channel' },
    });
    expect(asked({ breakdown: { of: 'trait', name: 'tier' } })).toMatchObject({
      breakdown: { trait: 'tier' },
    });
    expect(asked({ breakdown: { of: 'trait', name: ' ' } })).toBeUndefined();
  });

  it('ask for where the lost went and for each factor once', () => {
    const factors = [
      { of: 'trait', name: 'tier' },
      { of: 'property', name: 'channel' },
      { of: 'trait', name: 'tier ' },
    ] as const;
    expect(asked({ nextEvents: true, factors })).toEqual({
      window: '604800s',
      next_events: 5,
      factors: { events: false, properties: ['channel'], traits: ['tier'] },
    });
    expect(asked({ factorEvents: true })).toMatchObject({
      factors: { events: true, properties: [], traits: [] },
    });
    expect(asked({ factors: [{ of: 'property', name: '' }] })).toBeUndefined();
  });

  it('stand beside the steps, of which some may be a first time', () => {
    let draft = initialDraft(['A', 'B']);
    draft = draftReducer(draft, { kind: 'first', id: 1, firstTime: true });
    draft = draftReducer(draft, { kind: 'options', options: { limit: 'session' } });
    draft = draftReducer(draft, { kind: 'options', options: { nextEvents: true } });
    expect(funnelQuery(draft)?.funnel).toEqual({
      steps: [{ name: 'A' }, { name: 'B', first_time: true }],
      session: {},
      next_events: 5,
    });
    const open = { kind: 'options', options: { breakdown: { of: 'trait', name: '' } } } as const;
    expect(funnelQuery(draftReducer(draft, open))).toBeUndefined();
  });
});
