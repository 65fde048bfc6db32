import { describe, expect, it } from 'vitest';
import type { Caller } from '../api/tenure';
import { type Load, loadReducer } from './load';
import { initialTheme } from './preferences';
import { href, parseRoute } from './router';
import { sessionReducer } from './session';

const caller: Caller = {
  person: { username: 'demo', role: 'ROLE_EDITOR' },
  projects: [
    { id: 'demo', name: 'Demo' },
    { id: 'berka', name: 'Berka' },
  ],
  projectId: 'demo',
};

describe('the session', () => {
  const recognised = (rememberedProject: string | null) =>
    sessionReducer({ kind: 'unknown' }, { kind: 'recognised', caller, rememberedProject });

  it('opens the remembered project while it is still allowed', () => {
    expect(recognised('berka')).toMatchObject({ project: 'berka' });
    expect(recognised('gone')).toMatchObject({ project: 'demo' });
    expect(recognised(null)).toMatchObject({ project: 'demo' });
  });

  it('changes project only for somebody who is signed in', () => {
    expect(sessionReducer(recognised(null), { kind: 'projectChosen', project: 'berka' })).toMatchObject({
      project: 'berka',
    });
    expect(sessionReducer({ kind: 'signedOut' }, { kind: 'projectChosen', project: 'berka' })).toEqual({
      kind: 'signedOut',
    });
  });

  it('ends', () => {
    expect(sessionReducer(recognised(null), { kind: 'left' })).toEqual({ kind: 'signedOut' });
  });
});

describe('loading', () => {
  const loaded: Load<number> = { loading: false, value: 1, failure: undefined };

  it('keeps the old value visible while a new one is on its way', () => {
    expect(loadReducer(loaded, { kind: 'started' })).toEqual({ loading: true, value: 1, failure: undefined });
  });

  it('forgets a failure when the next try starts', () => {
    const failed = loadReducer(loaded, { kind: 'failed', failure: 'no' });
    expect(failed).toEqual({ loading: false, value: 1, failure: 'no' });
    expect(loadReducer(failed, { kind: 'started' }).failure).toBeUndefined();
    expect(loadReducer(failed, { kind: 'succeeded', value: 2 })).toEqual({
      loading: false,
      value: 2,
      failure: undefined,
    });
  });
});

describe('addresses', () => {
  it('lead to pages and back', () => {
    expect(parseRoute('')).toEqual({ page: 'overview', argument: '', part: '' });
    expect(parseRoute(href('profiles', 'user_number:7/ä'))).toEqual({
      page: 'profiles',
      argument: 'user_number:7/ä',
      part: '',
    });
    expect(parseRoute(href('experiments', 'a.b', 'results'))).toEqual({
      page: 'experiments',
      argument: 'a.b',
      part: 'results',
    });
    expect(parseRoute('#/nowhere')).toEqual({ page: undefined, argument: '', part: '' });
    expect(parseRoute('#/profiles/%E0%A4%A')).toEqual({
      page: 'profiles',
      argument: '%E0%A4%A',
      part: '',
    });
  });
});

describe('the theme', () => {
  it('follows the system until one is chosen', () => {
    expect(initialTheme(null)).toBe('system');
    expect(initialTheme('dark')).toBe('dark');
    expect(initialTheme('neon')).toBe('system');
  });
});
