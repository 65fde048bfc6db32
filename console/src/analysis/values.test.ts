import { describe, expect, it } from 'vitest';
import { operators, shownValue, valuesOf } from './values';

describe('values as people write them', () => {
  it('are numbers and truths unless they stand in quotes', () => {
    expect(valuesOf('EQUAL', '1, -2.5, true, 007, gold')).toEqual([1, -2.5, true, '007', 'gold']);
    expect(valuesOf('EQUAL', '"1", "true", "a, b"')).toEqual(['1', 'true', 'a, b']);
    expect(valuesOf('EQUAL', '杭州，上海')).toEqual(['杭州', '上海']);
    expect(valuesOf('EQUAL', ' , ')).toBeUndefined();
  });

  it('come back as they were written', () => {
    const given = ['gold', '1', 'true', 'a, b', 'say "x"', ' padded ', '', '杭州，上海', 1, -2.5, false];
    expect(valuesOf('EQUAL', given.map(shownValue).join(', '))).toEqual(given);
  });

  it('are as many as the operator takes', () => {
    expect(valuesOf('IS_SET', 'left over')).toEqual([]);
    expect(valuesOf('GREATER', ' 1e3 ')).toEqual([1000]);
    expect(valuesOf('GREATER', 'much')).toBeUndefined();
    expect(valuesOf('GREATER', '')).toBeUndefined();
    expect(valuesOf('CONTAINS', 'a, b')).toEqual(['a, b']);
    expect(valuesOf('CONTAINS', '')).toBeUndefined();
    expect(operators.every((operator) => valuesOf(operator, '1') !== undefined)).toBe(true);
  });
});
