import { describe, expect, it } from 'vitest';
import { Problem } from '../../api/client';
import type { Json } from '../../api/decode';
import { experiment } from '../../api/experiments';
import { type Health, ResultDoor, type Results } from '../../api/results';
import { reachOf } from '../../charts/EffectBar';
import { effectReach } from '../../charts/EffectChart';
import { guardrailOf, severityOf } from '../../format/results';
import { translator } from '../../i18n/translate';
import { answering, markup } from '../../testing';
import { ChangeTable } from './Changes';
import { Design } from './Design';
import { DraftForm } from './DraftPage';
import { ExperimentTable } from './ExperimentList';
import { bodyOf, MoveFailure, MoveTools } from './MoveTools';
import { ProposalText } from './results/Decision';
import { HealthFacts } from './results/HealthCard';
import { NumberCards, Results as ResultsPart } from './results/Results';
import { looksOf, SeriesView } from './results/SeriesCard';
import { Answer } from './SampleHint';

const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

const running = experiment({
  key: 'big-button-test',
  hypothesis: 'Bigger is found',
  flag_key: 'big-button',
  arms: [
    { variant: 'small', weight: 4_000 },
    { variant: 'big', weight: 6_000 },
  ],
  control: 'small',
  layer: { layer_key: 'home', share: 3_000 },
  holdout_keys: ['all-2026'],
  ramp: [{ share: 100 }, { share: 10_000, after: '86400s' }],
  plan: {
    goal_metric_keys: ['transfers'],
    guardrails: [{ metric_key: 'complaints', margin: 0.1 }],
    planned_units: '200000',
  },
  state: 'EXPERIMENT_STATE_RAMPING',
  runs: [{ current_share: 100, registration: '{"a":1}', registration_sha256: 'abc123' }],
});

describe('an experiment', () => {
  it('is listed with its state, and leads to its results once it was started', () => {
    const table = markup(
      <ExperimentTable
        experiments={[running, experiment({ key: 'draft', state: 'EXPERIMENT_STATE_DRAFT' })]}
      />,
    );
    expect(table).toContain('href="#/experiments/big-button-test/results"');
    expect(table).toContain('href="#/experiments/draft"');
    expect(plain(table)).toContain('Ramping big-button small, big 1%');
  });

  it('shows hypothesis, arms, plan, layer, hold-outs, ramp and registration', () => {
    const said = plain(markup(<Design experiment={running} />));
    for (const part of [
      'Bigger is found',
      'small control 40%',
      '30% of home',
      'all-2026',
      '1% at once, 100% after 1 d',
      'complaints: not worse by more than 10%',
      'at fixed looks up to the planned units',
      '200,000',
      'abc123',
      '&quot;a&quot;: 1',
    ]) {
      expect(said).toContain(part);
    }
  });

  it('offers the moves of its state, and a change of the design only before the start', () => {
    const tools = markup(<MoveTools experiment={running} onChanged={() => {}} />);
    expect([...tools.matchAll(/data-testid="([\w-]+)"/g)].map(([, name]) => name)).toEqual([
      'move-ramp',
      'move-pause',
      'move-stop',
    ]);
    const draft = markup(
      <MoveTools
        experiment={experiment({ key: 'd', state: 'EXPERIMENT_STATE_DRAFT' })}
        onChanged={() => {}}
      />,
    );
    expect([...draft.matchAll(/data-testid="([\w-]+)"/g)].map(([, name]) => name)).toEqual([
      'move-submit',
      'move-archive',
      'edit',
      'delete-experiment',
    ]);
  });

  it('is moved by what its form says', () => {
    expect(bodyOf('ramp', '20', '')).toEqual({ ramp: { share: 2_000 } });
    expect(bodyOf('ramp', 'all', '')).toBeUndefined();
    expect(bodyOf('decide', '', 'big')).toEqual({ decide: { variant: 'big' } });
    expect(bodyOf('send_back', '', '')).toEqual({ send_back: {} });
  });

  it('says why the own approval is refused, and only that', () => {
    const refused = new Problem(
      403,
      '',
      'must be approved by somebody who did not design it',
      '',
      [],
      'permission-denied',
    );
    expect(plain(markup(<MoveFailure move="approve" failure={refused} />))).toContain(
      'Your approval is refused',
    );
    expect(plain(markup(<MoveFailure move="approve" failure={refused} />))).toContain('did not design it');
    expect(plain(markup(<MoveFailure move="start" failure={refused} />))).not.toContain('Your approval');
    const stale = new Problem(409, '', '', '', [], 'aborted');
    expect(plain(markup(<MoveFailure move="approve" failure={stale} />))).not.toContain('Your approval');
  });

  it('tells what was done, the latest first', () => {
    const change = {
      from: 'DRAFT',
      to: 'IN_REVIEW',
      author: 'person:ann',
      time: new Date(0),
      comment: '',
    } as const;
    const said = plain(
      markup(
        <ChangeTable
          changes={[
            { ...change, action: 'create', from: 'UNKNOWN', to: 'DRAFT' },
            { ...change, action: 'submit', comment: 'Ready' },
            { ...change, action: 'newer', author: 'person:ben' },
          ]}
        />,
      ),
    );
    expect(said.indexOf('newer')).toBeLessThan(said.indexOf('sent to review'));
    expect(said).toContain('sent to review person:ann Ready Draft → In review');
    expect(said).toContain('drafted person:ann none Draft');
  });
});

describe('the form of a draft', () => {
  const known = { flags: [], metrics: [], layers: [], holdouts: [] };

  it('says what is missing and cannot be sent before', () => {
    const form = markup(<DraftForm known={known} experiment={undefined} />);
    expect(plain(form)).toContain('Still missing: a key that begins with a letter, the flag,');
    expect(form).toMatch(/<button type="submit"[^>]*disabled=""/);
    expect(plain(form)).toContain('No metric is defined yet');
    expect(form).not.toContain('value="event"');
  });

  it('warns that an approved design has to be reviewed anew', () => {
    const approved = { ...running, runs: [], state: 'APPROVED' as const };
    expect(plain(markup(<DraftForm known={known} experiment={approved} />))).toContain('reviewed anew');
    expect(
      plain(markup(<DraftForm known={known} experiment={{ ...approved, state: 'DRAFT' }} />)),
    ).not.toContain('reviewed anew');
  });

  it('says how many units it takes, or why nobody can', () => {
    const said = (size: Parameters<typeof Answer>[0]['size']) =>
      plain(markup(<Answer size={size} onPlan={() => {}} />));
    expect(said({ armUnits: [100, 1_900], totalUnits: 2_000, obstacle: '' })).toContain(
      '2,000 units in all: 100 + 1,900',
    );
    expect(said({ armUnits: [], totalUnits: 0, obstacle: 'Too many' })).toContain('Too many');
  });
});

const comparison = (changes: Json = {}) => ({
  arm: 'big',
  control: { units: '100', value: 0.3 },
  treatment: { units: '90', value: 0.33 },
  effect: {
    scale: 'EFFECT_SCALE_RELATIVE',
    estimate: 0.1,
    interval: { low: 0.02, high: 0.18 },
    p_value: 0.012,
    raw_p_value: 0.006,
    significant: true,
    ...changes,
  },
});

async function shown(
  goals: Json[],
  guardrails: Json[] = [],
  basis: Json = { look_time: '2026-11-01T08:00:00Z' },
) {
  const { client } = answering({ results: { basis, goals, guardrails } });
  return new ResultDoor(client).results('test', { phase: 0, asOf: undefined }, undefined);
}

const cards = (results: Results, dimension?: 'tier') =>
  plain(
    markup(
      <NumberCards
        results={results}
        kinds={new Map([['made', 'conversion']])}
        margins={new Map([['complaints', 0.1]])}
        dimension={dimension && { kind: 'trait', name: dimension }}
      />,
    ),
  );

const metric = (name: string, changes: Json = {}, more: Json = {}) => ({
  analysis: { metric: name, comparisons: [comparison(changes)] },
  ...more,
});

describe('the results of an experiment', () => {
  it('are not asked for before the start', () => {
    const draft = experiment({ key: 'd', state: 'EXPERIMENT_STATE_DRAFT' });
    expect(plain(markup(<ResultsPart experiment={draft} />))).toContain('only after the start');
  });

  it('show values, effect with interval, both p-values and a verdict', async () => {
    const said = cards(await shown([metric('made')]));
    expect(said).toContain('30% 100 33% 90 +10% +2% to +18% 0.012 alone 0.006 Better than the control');
  });

  it('turn the verdict round where lower is better', async () => {
    const direction = 'METRIC_DIRECTION_LOWER_IS_BETTER';
    expect(cards(await shown([metric('made', {}, { direction })]))).toContain('Worse than the control');
    expect(cards(await shown([metric('made', { estimate: -0.1 }, { direction })]))).toContain(
      'Better than the control',
    );
    expect(cards(await shown([metric('made', { estimate: -0.1 })]))).toContain('Worse than the control');
    expect(cards(await shown([metric('made', { significant: false })]))).toContain('No difference shown');
  });

  it('write money, capped values, drift and reduced noise', async () => {
    const more = { currency: 'GBP', cap: 500, display_name: 'Amount' };
    const said = cards(await shown([metric('amount', { drifted: true, variance_reduction: 0.31 }, more)]));
    for (const part of [
      'Amount',
      '£0.33',
      'Values above £500.00',
      'only the latest look',
      '31.0% of the noise',
    ]) {
      expect(said).toContain(part);
    }
  });

  it('say why there is no effect', async () => {
    const analysis = {
      metric: 'made',
      comparisons: [{ arm: 'big', obstacle: { message: 'Fewer than 2 units' } }],
    };
    const said = cards(await shown([{ analysis }]));
    expect(said).toContain('Fewer than 2 units');
    expect(said).toContain('Cannot be told');
  });

  it('say of a guardrail whether it holds, with an open end', async () => {
    const guardrail = { state: 'GUARDRAIL_STATE_HOLDS', p_value: 0.004, interval: { high: 0.05 } };
    const analysis = { metric: 'complaints', comparisons: [{ ...comparison(), guardrail }] };
    const said = cards(await shown([], [{ analysis }]));
    expect(said).toContain('margin 10%');
    expect(said).toContain('any to +5% 0.004 Holds');
    const broken = {
      analysis: {
        ...analysis,
        comparisons: [{ ...comparison(), guardrail: { state: 'GUARDRAIL_STATE_BROKEN' } }],
      },
    };
    expect(cards(await shown([], [broken]))).toContain('Broken');
  });

  it('say when the first look will be', async () => {
    expect(cards(await shown([], [], { next_look_time: '2026-11-01T08:00:00Z' }))).toContain(
      'The first one is at',
    );
    expect(cards(await shown([], [], {}))).toContain('There has been no look yet.');
  });

  it('are told apart by a dimension, units without one and all others too', async () => {
    const { analysis } = metric('made');
    const slices = [{ value: 'gold', analysis }, { analysis }, { others: true, analysis }];
    const said = cards(
      await shown([metric('made', {}, { slices, differences: [{ arm: 'big', p_value: 0.55 }] })]),
      'tier',
    );
    expect(said).toContain('made by tier');
    expect(said).toMatch(/gold big .* without one big .* all others big/);
    expect(said).toContain('big: do the slices differ at all? p 0.550');
  });
});

describe('what is known', () => {
  const t = translator('en');

  it('has the tone of what it says', () => {
    const tone = (state: string) =>
      guardrailOf(
        { guardrail: { state, pValue: undefined, interval: { low: undefined, high: undefined } } },
        t,
      ).tone;
    expect(['HOLDS', 'OPEN', 'BROKEN', 'UNKNOWN'].map((state) => tone(`GUARDRAIL_STATE_${state}`))).toEqual([
      'good',
      'calm',
      'bad',
      'warn',
    ]);
    expect(['FINE', 'WARNING', 'ALARM'].map((name) => severityOf(`RATIO_SEVERITY_${name}`, t).tone)).toEqual([
      'good',
      'warn',
      'bad',
    ]);
  });
});

describe('the health of an experiment', () => {
  const health: Health = {
    basis: {} as Health['basis'],
    severity: 'RATIO_SEVERITY_ALARM',
    arms: [{ arm: 'small', units: 60, expectedUnits: 50, share: 0.6, expectedShare: 0.5 }],
    sampleRatio: { pValue: 0.00001, severity: 'RATIO_SEVERITY_ALARM' },
    sampleRatioOverLooks: { pValue: 0.0002, severity: 'RATIO_SEVERITY_ALARM' },
    suspect: {
      dimension: 'browser',
      pValue: 0.0003,
      values: [{ value: 'Safari', test: { pValue: 0, severity: 'RATIO_SEVERITY_ALARM' } }],
    },
    mixedUnits: 7,
    mixedShare: 0.0014,
    mixedSeverity: 'RATIO_SEVERITY_WARNING',
    strangers: 2,
    covariates: [
      { metricKey: 'm', arm: 'big', difference: undefined, pValue: 0.5, severity: 'RATIO_SEVERITY_FINE' },
    ],
    power: [{ metricKey: 'm', arm: 'big', detectableEffect: -0.018, power: undefined, neededUnits: 138_400 }],
    findings: ['Units are missing'],
  };

  it('says in words what is wrong and what can still be found', () => {
    const said = plain(markup(<HealthFacts health={health} />));
    for (const part of [
      'Not to be trusted',
      'Units are missing',
      'p &lt;0.001 over all looks; &lt;0.001 at the latest alone',
      'Look at it: 0.14% of all units',
      'small 60 60% 50%',
      'm big – ±1.8% 138,400',
      'What a mismatch has to do with browser',
      'Safari',
      'Units of no arm 2',
    ]) {
      expect(said).toContain(part);
    }
  });

  it('does not call fine what is not known', () => {
    const unknown = {
      ...health,
      severity: '',
      sampleRatioOverLooks: undefined,
      sampleRatio: undefined,
      findings: [],
    };
    const said = plain(markup(<HealthFacts health={unknown} />));
    expect(said).toContain('Not known yet');
    expect(said).toContain('p – over all looks');
  });
});

describe('a proposal', () => {
  it('is said in plain words, with the server’s reasons', () => {
    const basis = {} as Health['basis'];
    const ship = {
      basis,
      kind: 'PROPOSAL_KIND_SHIP',
      variant: 'big',
      summary: 'It works.',
      reasons: ['Because'],
    };
    expect(plain(markup(<ProposalText proposal={ship} />))).toContain(
      'Give “big” to everybody It works. Because',
    );
    expect(plain(markup(<ProposalText proposal={ship} />, 'zh'))).toContain('向所有人推出“big”');
    expect(plain(markup(<ProposalText proposal={{ ...ship, kind: 'PROPOSAL_KIND_NEWER' }} />))).toContain(
      'NEWER',
    );
  });
});

describe('the effect at every look', () => {
  const effect = (arm: string, estimate: number) => ({
    arm,
    estimate,
    interval: { low: estimate - 0.1, high: undefined },
    significant: estimate > 0.1,
  });
  const series = [
    {
      metricKey: 'made',
      points: [
        { time: new Date(0), units: 10, effects: [effect('big', 0.05), effect('green', 0)] },
        { time: new Date(86_400_000), units: 20, effects: [effect('big', 0.2)] },
      ],
    },
  ];

  it('is drawn and written for one arm', () => {
    expect(looksOf(series[0], 'green').map(({ units }) => units)).toEqual([10]);
    const view = markup(<SeriesView series={series} />);
    expect(view).toContain('Relative effect of big on made, with its interval, at 2 looks');
    expect(plain(view)).toContain('20 +20% +10% to any yes');
    expect(view).not.toContain('NaN');
  });

  it('is not drawn from nothing', () => {
    expect(plain(markup(<SeriesView series={[]} />))).toContain('No effect can be told yet');
    expect(plain(markup(<SeriesView series={[{ metricKey: 'a', points: [] }]} />))).toContain('No effect');
  });

  it('cuts off early looks that would press later ones flat', () => {
    const point = (bound: number) => ({
      time: undefined,
      units: 1,
      estimate: 0,
      interval: { low: -bound, high: bound },
    });
    expect(effectReach([point(9), point(0.02)])).toBeCloseTo(0.1);
    expect(effectReach([point(0.03), point(0.02)])).toBeCloseTo(0.05);
    expect(effectReach([])).toBeGreaterThan(0);
  });

  it('has a scale that holds every told bound', () => {
    expect(reachOf([undefined, -0.3, 0.1])).toBeCloseTo(0.33);
    expect(reachOf([])).toBeGreaterThan(0);
  });
});
