import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { Problem } from '../api/client';
import type { FunnelStep, RetentionCell } from '../api/models';
import type { Ledger, QuarantinedRecord } from '../api/tenure';
import { BalanceBar } from '../charts/BalanceBar';
import { biggestLoss, FunnelChart } from '../charts/FunnelChart';
import { HeatTable } from '../charts/HeatTable';
import { niceCeiling } from '../charts/TrendChart';
import type { Language } from '../i18n/translate';
import { markup as rendered } from '../testing';
import { Failure } from '../ui/parts';
import { Content } from '../ui/Quarantine';
import { imbalance } from './Overview';
import { ReceiverForm, ReceiverTable } from './Receivers';

const markup = (element: ReactNode, language: Language = 'en') =>
  rendered(element, language, 'ROLE_ADMINISTRATOR');

const step = (name: string, users: number, stepRate: number, lostUsers: number): FunnelStep => ({
  name,
  users,
  attempts: users,
  stepRate,
  totalRate: users / 100,
  lostUsers,
  medianTime: lostUsers > 0 ? 60 : undefined,
});

describe('the funnel chart', () => {
  const steps = [step('Install', 100, 1, 0), step('Register', 60, 0.6, 40), step('Transfer', 30, 0.5, 30)];

  it('names users, rates, losses and times in words a screen reader says', () => {
    const chart = markup(<FunnelChart steps={steps} onOpen={() => {}} />);
    expect(chart).toContain('title="Step 2, Register: 60 users. Show them."');
    expect(chart).toContain('60.0% from step before');
    expect(chart).toContain('40 lost');
    expect(chart).toContain('median 1 min');
    expect(markup(<FunnelChart steps={steps} onOpen={() => {}} />, 'zh')).toContain('流失 40 人');
  });

  it('marks the step that loses the largest share, not the largest number', () => {
    expect(biggestLoss(steps)).toBe(2);
    expect(biggestLoss([step('A', 100, 1, 0), step('B', 50, 0.5, 50), step('C', 40, 0.8, 10)])).toBe(1);
    expect(biggestLoss([step('A', 5, 1, 0), step('B', 5, 1, 0)])).toBe(-1);
  });
});

describe('the ledger picture', () => {
  const ledger: Ledger = {
    received: 100,
    accepted: 90,
    duplicate: 6,
    quarantined: 3,
    refused: 1,
    stored: 79,
    applied: 8,
    withheld: 1,
    expired: 1,
    waiting: 1,
    lagMilliseconds: 0,
    quarantineReasons: [],
    refuseReasons: [],
  };

  it('balances when both equations hold', () => {
    expect(imbalance(ledger)).toBe(0);
    expect(imbalance({ ...ledger, stored: 78 })).toBe(1);
    expect(imbalance({ ...ledger, duplicate: 7, quarantined: 2, refused: 2 })).toBe(1);
  });

  it('writes the number of every part, also of empty ones', () => {
    const bar = markup(
      <BalanceBar
        title="t"
        parts={[
          { label: 'a', value: 3, tone: 'main' },
          { label: 'b', value: 0, tone: 'bad' },
        ]}
      />,
    );
    expect(bar).toContain('100.0%');
    expect(bar).toContain('<b>0</b>');
    expect(bar.match(/flex-grow/g)).toHaveLength(1);
  });
});

describe('the heat table', () => {
  it('shows no share of a period that has not begun', () => {
    const now = { users: 0, rate: 0, incomplete: true };
    const row = (...cells: RetentionCell[]) =>
      markup(
        <HeatTable
          retention={{
            cohorts: [{ startDate: '2026-03-02', users: 10, cells }],
            meanRates: [],
            brackets: [],
          }}
          onOpen={() => {}}
        />,
      ).match(/>0\.0%/g)?.length ?? 0;
    expect(row(now, now, now)).toBe(1);
    expect(row({ ...now, incomplete: false }, now, now)).toBe(2);
    expect(row(now, { ...now, users: 1, rate: 0.1 }, now)).toBe(1);
  });

  it('leaves cells empty that have no time yet', () => {
    const cohort = { startDate: '2026-03-02', users: 10, cells: [{ users: 4, rate: 0.4, incomplete: true }] };
    const older = {
      startDate: '2026-02-23',
      users: 20,
      cells: [cohort.cells[0], cohort.cells[0]].flatMap((cell) => cell ?? []),
    };
    const table = markup(
      <HeatTable
        retention={{
          cohorts: [older, cohort],
          meanRates: [0.4],
          brackets: [],
        }}
        onOpen={() => {}}
      />,
    );
    expect(table).toContain('<td></td>');
    // Three cells and two cohorts have users; the mean is nobody's.
    expect(table.match(/data-testid="cohort"/g)).toHaveLength(5);
    expect(table).toContain('--heat:26%');
    expect(table).toContain('This period has not ended yet');
  });
});

describe('a quarantined record', () => {
  const record: QuarantinedRecord = {
    id: '1',
    detail: '',
    receiveTime: undefined,
    dialect: 'sensors',
    original: '',
    masked: '{"type":"text≤8"}',
  };

  it('shows its shape to those who may not read it, and says so', () => {
    expect(markup(<Content record={record} />)).toContain('text≤8');
    expect(markup(<Content record={record} />)).toContain('Values are hidden');
    expect(markup(<Content record={record} />, 'zh')).toContain('值已隐藏');
  });

  it('shows what arrived to those who may', () => {
    const whole = markup(<Content record={{ ...record, original: 'bad-1' }} />);
    expect(whole).toBe('<pre>bad-1</pre>');
  });
});

describe('receivers of alerts', () => {
  it('say which are outside, and the form asks for it', () => {
    const agency = { id: 'agency', name: 'Agency', webhookUrl: 'https://a.example', thirdParty: true };
    expect(markup(<ReceiverTable receivers={[agency]} />)).toContain('Third party');
    expect(markup(<ReceiverTable receivers={[{ ...agency, thirdParty: false }]} />)).toContain('ours');
    expect(markup(<ReceiverForm onDone={() => {}} />, 'zh')).toContain('第三方');
  });
});

describe('a failure', () => {
  it('is said in words, with what the server added', () => {
    const problem = new Problem(403, 'Forbidden', 'Editors only.', 'trace-1', [
      { field: 'x', description: 'bad' },
    ]);
    const said = markup(<Failure failure={problem} />, 'zh');
    expect(said).toContain('您没有权限执行此操作。');
    expect(said).toContain('Editors only.');
    expect(said).toContain('trace-1');
    expect(said).toContain('<code>x</code> bad');
    expect(markup(<Failure failure={new Problem(0, '', '')} />)).toContain('The server does not answer');
  });
});

describe('the axis', () => {
  it('ends at a number that halves easily', () => {
    expect([1, 7, 12, 34, 1_240].map(niceCeiling)).toEqual([1, 10, 20, 50, 2_000]);
  });
});
