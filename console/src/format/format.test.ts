import { describe, expect, it } from 'vitest';
import { format } from './format';

const en = format('en');
const zh = format('zh');

describe('formatting', () => {
  it('groups digits', () => {
    expect(en.count(1_234_567)).toBe('1,234,567');
  });

  it('never calls something nothing, nor almost everything all', () => {
    expect(en.share(0)).toBe('0.0%');
    expect(en.share(0.00001)).toBe('<0.1%');
    expect(en.share(0.99999)).toBe('>99.9%');
    expect(en.share(1)).toBe('100.0%');
    expect(en.share(0.4256)).toBe('42.6%');
    expect(en.share(Number.NaN)).toBe('–');
  });

  it('writes a duration in its two largest units', () => {
    expect(en.duration(0.25)).toBe('250 ms');
    expect(en.duration(59.6)).toBe('1 min');
    expect(en.duration(412)).toBe('6 min 52 s');
    expect(en.duration(93_600)).toBe('1 d 2 h');
    expect(en.duration(604_800)).toBe('7 d');
    expect(en.duration(86_460)).toBe('1 d');
    expect(zh.duration(93_600)).toBe('1 天 2 小时');
    expect(en.duration(undefined)).toBe('–');
  });

  it('writes a local date without moving it to another day', () => {
    expect(en.day('2026-03-09')).toBe('9 Mar');
    expect(zh.day('2026-03-09')).toBe('3月9日');
    expect(en.day('soon')).toBe('soon');
  });

  it('writes a factor, and a dash for one without an end', () => {
    expect(en.factor(11.738)).toBe('11.74×');
    expect(en.factor(Number.POSITIVE_INFINITY)).toBe('–');
  });
});
