import { describe, expect, it } from 'vitest';
import {
  BadAnswer,
  bytesAsText,
  counts,
  decimal,
  flag,
  instant,
  integer,
  integers,
  list,
  listOf,
  needed,
  present,
  record,
  seconds,
  shaped,
  text,
} from './decode';

describe('a message', () => {
  const decode = shaped({ userNumber: integer, mergedUsers: listOf(shaped({ loginId: text })) });

  it('is decoded field by field, each under its proto name', () => {
    expect(decode({ user_number: '7', merged_users: [{ login_id: 'a' }], other: 1 })).toEqual({
      userNumber: 7,
      mergedUsers: [{ loginId: 'a' }],
    });
    expect(decode(undefined)).toEqual({ userNumber: 0, mergedUsers: [] });
  });

  it('without what is always there is an error that names it', () => {
    for (const value of [undefined, '', 7, {}]) {
      expect(() => needed('run.id')(value)).toThrow(new BadAnswer('run.id'));
    }
    for (const value of [undefined, null, [], 'x']) {
      expect(() => present(value, 'run')).toThrow(new BadAnswer('run'));
    }
    expect(needed('run.id')('r')).toBe('r');
    expect(present({ id: 'r' }, 'run')).toEqual({ id: 'r' });
  });
});

describe('decoding proto JSON', () => {
  it('reads an int64 given as text or as a number', () => {
    expect(integer('9007199254740991')).toBe(9_007_199_254_740_991);
    expect(integer(42)).toBe(42);
    expect(integers(['1', 2])).toEqual([1, 2]);
  });

  it('reads left-out fields as their defaults', () => {
    expect(integer(undefined)).toBe(0);
    expect(decimal(undefined)).toBe(0);
    expect(text(undefined)).toBe('');
    expect(flag(undefined)).toBe(false);
    expect(list(undefined, (entry) => entry)).toEqual([]);
    expect(record(null)).toEqual({});
    expect(instant(undefined)).toBeUndefined();
  });

  it('reads durations with and without a fraction', () => {
    expect(seconds('604800s')).toBe(604_800);
    expect(seconds('0.250s')).toBe(0.25);
    expect(seconds('7 days')).toBeUndefined();
  });

  it('reads an instant with nanoseconds', () => {
    expect(instant('2026-03-01T10:00:00.123456789Z')?.toISOString()).toBe('2026-03-01T10:00:00.123Z');
  });

  it('reads the special doubles that proto JSON writes as text', () => {
    expect(decimal('Infinity')).toBe(Number.POSITIVE_INFINITY);
    expect(decimal('NaN')).toBe(0);
  });

  it('reads bytes as text, in both alphabets of base64', () => {
    const bytes = Buffer.from('{"事件":"??>"}', 'utf8');
    expect(bytesAsText(bytes.toString('base64'))).toBe('{"事件":"??>"}');
    expect(bytesAsText(bytes.toString('base64url'))).toBe('{"事件":"??>"}');
    expect(bytesAsText(undefined)).toBe('');
    expect(bytesAsText('*')).toBe('');
  });

  it('sorts counts by size, then by name', () => {
    expect(counts({ b: '2', a: 2, c: '71' })).toEqual([
      ['c', 71],
      ['a', 2],
      ['b', 2],
    ]);
  });
});
