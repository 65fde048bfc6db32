import { describe, expect, it } from 'vitest';
import { translator } from '../i18n/translate';
import { describeCondition } from './conditions';
import { format } from './format';

const english = (condition: Record<string, unknown>) =>
  describeCondition(condition, translator('en'), format('en'));
const chinese = (condition: Record<string, unknown>) =>
  describeCondition(condition, translator('zh'), format('zh'));

const silent = {
  event: { selector: { name: 'Login' }, operator: 'OPERATOR_LESS', count: '1', window: { last: '864000s' } },
};
const poor = { latest: { property: 'balance', operator: 'OPERATOR_LESS', values: [100] } };

describe('a condition in words', () => {
  it('says absence plainly', () => {
    expect(english(silent)).toBe('no Login in the last 10 d');
    expect(chinese(silent)).toBe('最近 10 天内没有 Login');
  });

  it('joins parts, with brackets only around inner lists', () => {
    const both = { all: { conditions: [silent, poor] } };
    expect(english(both)).toBe('no Login in the last 10 d and latest balance < 100');
    expect(english({ any: { conditions: [both, { segment: { segment_id: 'vip' } }] } })).toBe(
      '(no Login in the last 10 d and latest balance < 100) or in segment vip',
    );
  });

  it('says counts, filters, traits and negation', () => {
    const often = {
      event: {
        selector: {
          name: 'Transfer',
          filters: [{ name: 'amount', operator: 'OPERATOR_GREATER', values: [50] }],
        },
        operator: 'OPERATOR_GREATER_OR_EQUAL',
        count: 3,
      },
    };
    expect(english(often)).toBe('Transfer (amount > 50): count ≥ 3');
    expect(chinese(often)).toBe('Transfer（amount > 50） 次数 ≥ 3');
    expect(
      english({ not: { trait: { name: 'tier', operator: 'OPERATOR_EQUAL', values: ['gold', 'silver'] } } }),
    ).toBe('not (tier = gold / silver)');
  });

  it('says a sequence', () => {
    expect(english({ sequence: { steps: [{ name: 'Register' }, {}], within: '3600s' } })).toBe(
      'Register → event in order within 1 h',
    );
  });

  it('admits what it does not know', () => {
    expect(english({})).toBe('unknown condition');
    expect(english({ future: {} })).toBe('unknown condition');
  });
});
