import type { Key } from '../i18n/translate';
import { type Field, type Option, unfilled } from './fields';
import { numbers } from './options';

const any: Option = { value: '', label: 'sessions.any' };

/** Which sessions an event must lie in to count (tenure.analysis.v1.SessionFilter); nothing chosen means all. */
export const sessionFields: readonly Field[] = [
  event('entry', 'sessions.entry'),
  event('with', 'sessions.with'),
  event('without', 'sessions.without'),
  count('least_events', 'sessions.least'),
  count('most_events', 'sessions.most'),
  length('shortest', 'sessions.shortest'),
  length('longest', 'sessions.longest'),
];

export const allSessions = unfilled(sessionFields);

function event(name: string, label: Key): Field {
  return { kind: 'event', name, label, path: [name], empty: 'none' };
}

function count(name: string, label: Key): Field {
  return {
    kind: 'choice',
    name,
    label,
    path: [name],
    options: [any, ...numbers(1, 2, 3, 5, 10, 20)],
    numeric: true,
  };
}

function length(name: string, label: Key): Field {
  const seconds = [10, 30].map((count) => lasting(count, 'sessions.seconds', count));
  const minutes = [1, 3, 10, 30].map((count) => lasting(60 * count, 'sessions.minutes', count));
  return { kind: 'choice', name, label, path: [name], options: [any, ...seconds, ...minutes] };
}

function lasting(seconds: number, label: Key, count: number): Option {
  return { value: `${seconds}s`, label, values: { count } };
}
