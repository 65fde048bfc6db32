import { describe, expect, it } from 'vitest';
import { markup } from '../../testing';
import { FactorTable, place } from './FactorTable';

const gold = {
  attribute: 1,
  name: 'tier',
  value: { text: 'gold' },
  completeWith: 40,
  complete: 100,
  lostWith: 20,
  lost: 300,
  oddsRatio: 9,
  oddsRatioLow: 5,
  oddsRatioHigh: 17,
};

describe('the table of factors', () => {
  it('counts those with a factor and those without', () => {
    const table = markup(<FactorTable factors={[gold]} onOpen={() => {}} />);
    const cells = [...table.matchAll(/<td class="number">(?:<button[^>]*>)?([^<]*)/g)].map(
      ([, text]) => text,
    );
    expect(cells).toEqual(['40', '20', '60 / 280']);
    expect(table).toContain('tier: gold');
    expect(table).toContain('aria-label="Odds ratio (95% interval) 9.0×, 5.0× – 17.0×"');
  });

  it('says in both languages that this is no cause', () => {
    expect(markup(<FactorTable factors={[]} onOpen={() => {}} />)).toContain('need not be its cause');
    expect(markup(<FactorTable factors={[]} onOpen={() => {}} />, 'zh')).toContain('不等于导致');
  });

  it('draws a ratio and its inverse equally far from 1', () => {
    expect(place(1)).toBe(0.5);
    expect(place(4) - 0.5).toBeCloseTo(0.5 - place(1 / 4));
    expect(place(Number.POSITIVE_INFINITY)).toBe(1);
  });
});
