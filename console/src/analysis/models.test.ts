import { describe, expect, it } from 'vitest';
import type { Json } from '../api/decode';
import { format } from '../format/format';
import { translator } from '../i18n/translate';
import { canonical, type Draft } from './fields';
import { type ModelName, modelNames, models } from './models';
import { firstQuestion, otherQuestion, type Question, queryOf, questionOf } from './question';
import { type Sheet, say } from './sheet';

const events = ['Login', 'Register', 'Transfer', 'ViewProduct'];
const last = { kind: 'last', days: 30 } as const;
const question = (model: Question['model'], draft: Question['draft'] = {}): Question => {
  const first = firstQuestion(model, events, last);
  return { ...first, draft: { ...first.draft, ...draft } };
};
const asked = (model: Question['model'], draft?: Question['draft']) =>
  queryOf(question(model, draft))?.[model];
const rows = (sheet: Sheet | undefined) =>
  sheet?.rows.map((row) => row.cells.map((cell) => say(cell.shown, translator('en'), format('en'))));

describe('a question', () => {
  it('of each model is whole at first and is read back from its query, whatever proto JSON leaves out', () => {
    const chosen: Partial<Record<ModelName, Draft>> = {
      form: { form: 'risk' },
      exposure: { seen: 'View', clicked: 'Click', element: 'element' },
    };
    for (const model of modelNames) {
      const first = question(model, chosen[model]);
      const query = queryOf(first);
      expect(query, model).toBeDefined();
      const stored = canonical(query) as Json;
      expect(questionOf(stored), model).toEqual({ question: first, whole: true });
    }
  });

  it('moves with time when it is about the last days', () => {
    expect(queryOf(question('trend'))?.scope).toMatchObject({
      last: { count: 30, unit: 'TIME_UNIT_DAY', current: true },
    });
  });

  it('of own dates keeps them', () => {
    const range = { kind: 'dates', from: '2026-03-01', to: '2026-03-31' } as const;
    const dated = { ...question('trend'), range };
    expect(questionOf(queryOf(dated) ?? {})?.question.range).toEqual(range);
    expect(queryOf({ ...dated, range: { ...range, from: '2026-04-01' } })).toBeUndefined();
  });

  it('says when a query has more than its form', () => {
    const query = queryOf(question('lifecycle')) ?? {};
    const filtered = { lifecycle: { ...(query.lifecycle as Json), selector: { filters: [{}] } } };
    expect(questionOf({ ...query, ...filtered })?.whole).toBe(false);
    const half = { last: { count: 31, unit: 'TIME_UNIT_DAY', current: true } };
    expect(questionOf({ ...query, scope: half })?.whole).toBe(false);
    expect(questionOf({ scope: query.scope, funnel: {} })).toBeUndefined();
  });

  it('is narrowed by filters of its events and by whom it is about, and read back so', () => {
    const amount = { name: 'amount', operator: 'GREATER', values: '100' } as const;
    const member = { kind: 'segment', id: 'gold', member: true } as const;
    const narrow: Question = {
      ...question('attribution'),
      filters: { target: [amount], touch0: [amount] },
      users: { kind: 'edited', group: { join: 'all', leaves: [member] } },
    };
    const query = queryOf(narrow) ?? {};
    const filter = { name: 'amount', operator: 'OPERATOR_GREATER', values: [100] };
    expect(query).toMatchObject({
      scope: { users: { segment: { segment_id: 'gold' } } },
      attribution: {
        targets: [{ filters: [filter] }],
        touches: [{ selector: { filters: [filter] } }],
      },
    });
    expect(questionOf(query)).toEqual({ question: narrow, whole: true });
    const open = { ...narrow, filters: { target: [{ ...amount, values: '' }] } };
    expect(queryOf(open)).toBeUndefined();
    const whom = {
      ...narrow,
      users: { kind: 'edited', group: { join: 'all', leaves: [{ ...member, id: '' }] } },
    };
    expect(queryOf(whom as Question)).toBeUndefined();
  });

  it('is about some sessions only, and read back so, also when the model changes', () => {
    const amount = { name: 'amount', operator: 'GREATER', values: '100' } as const;
    const first = question('trend');
    const draft = { ...first.sessions.draft, with: 'Transfer', least_events: '3', shortest: '60s' };
    const narrow = { ...first, sessions: { draft, filters: { with: [amount] } } };
    const query = queryOf(narrow) ?? {};
    const filter = { name: 'amount', operator: 'OPERATOR_GREATER', values: [100] };
    const sessions = { with: { name: 'Transfer', filters: [filter] }, least_events: 3, shortest: '60s' };
    expect(query.scope).toMatchObject({ sessions });
    expect(questionOf(query)).toEqual({ question: narrow, whole: true });
    expect(queryOf(otherQuestion('path', events, narrow))?.scope).toMatchObject({ sessions });
    const cut = { ...sessions, cut: { idle: '60s' } };
    const elsewhere = { ...query, scope: { ...Object(query.scope), sessions: cut } };
    expect(questionOf(elsewhere)?.whole).toBe(false);
  });

  it('keeps a condition the editor has no words for, also when the form changes', () => {
    const users = { sequence: { steps: [{ name: 'A' }, { name: 'B' }], within: '60s' } };
    const query = queryOf(question('trend')) ?? {};
    const asked = { ...query, scope: { ...Object(query.scope), users } };
    const read = questionOf(asked);
    expect(read?.whole).toBe(true);
    const changed = read && { ...read.question, range: { kind: 'last', days: 7 } as const };
    expect(changed && queryOf(changed)?.scope).toMatchObject({ users, last: { count: 7 } });
    const other = changed && otherQuestion('lifecycle', events, changed);
    expect(other && queryOf(other)?.scope).toMatchObject({ users });
  });

  it('sets what the proto asks for', () => {
    expect(asked('trend', { breakdown: ' channel ' })).toEqual({
      measures: [{ selector: { name: '' }, aggregate: 'TREND_AGGREGATE_EVENTS' }],
      unit: 'TIME_UNIT_DAY',
      breakdown: { property: 'channel' },
    });
    expect(asked('distribution')).toEqual({ selector: { name: '' }, events: true });
    expect(asked('distribution', { sum: 'amount', active: 'TIME_UNIT_DAY' })).not.toHaveProperty(
      'sum_property',
    );
    expect(asked('attribution', { touch1: '', touch2: 'Login' })).toMatchObject({
      touches: [
        { name: 'ViewProduct', selector: { name: 'ViewProduct' } },
        { name: 'Login', selector: { name: 'Login' } },
      ],
    });
    expect(asked('ltv')).toMatchObject({ amount_property: 'amount', periods: 8 });
  });

  it('is none while something is missing', () => {
    expect(asked('trend', { aggregate: 'TREND_AGGREGATE_SUM' })).toBeUndefined();
    expect(asked('path', { start: '', end: '' })).toBeUndefined();
    expect(asked('interval', { end: '' })).toBeUndefined();
    expect(asked('form')).toBeUndefined();
    expect(asked('exposure')).toBeUndefined();
    expect(asked('exposure', { seen: 'View', clicked: 'Click' })).toBeUndefined();
  });
});

describe('an answer', () => {
  it('of a trend keeps no value, an empty one and the others apart, and names each to the server', () => {
    const line = (part: Json, value: number | undefined) => ({
      ...part,
      points: [{ start_date: '2026-03-01', number: { value, users: '2' }, incomplete: true }],
      total: { value, users: '2' },
    });
    const series = [
      line({ all: true }, 9),
      line({ value: '' }, 4),
      line({ without_value: true }, undefined),
      line({ other: true }, 2),
    ];
    const [sheet] = models.trend.sheets({ series }, {});
    expect(sheet?.columns.map((column) => say(column, translator('en'), format('en')))).toEqual([
      'Period',
      'All',
      'Empty text',
      'No value',
      'Other',
    ]);
    expect(rows(sheet)?.[1]).toEqual(['1 Mar', '9', '4', '–', '2']);
    expect(sheet?.rows[1]?.incomplete).toBe(true);
    expect(sheet?.rows[1]?.cells.map((cell) => cell.users)).toEqual([
      undefined,
      { trend: { measure: 0, start_date: '2026-03-01' } },
      { trend: { measure: 0, start_date: '2026-03-01', value: '' } },
      { trend: { measure: 0, start_date: '2026-03-01', without_value: true } },
      { trend: { measure: 0, start_date: '2026-03-01', other: true } },
    ]);
    expect(sheet?.rows[0]?.cells[1]?.users).toEqual({ trend: { measure: 0 } });
  });

  it('of a trend has a table for each measure, formula and earlier range', () => {
    const series = [
      { measure: 0, all: true },
      { measure: 1, all: true },
      { measure: 2, all: true },
    ];
    const compared = series.map((line) => ({ ...line, compared: true, total: { value: 1, users: '1' } }));
    const query = { measures: [{}, {}], formulas: ['B / A'] };
    const sheets = models.trend.sheets({ series: [...series, ...compared] }, query);
    const said = sheets.map((sheet) => sheet.title && say(sheet.title, translator('en'), format('en')));
    expect(said).toEqual([
      'A',
      'B',
      'B / A',
      ...['A', 'B', 'B / A'].map((name) => `${name}, the range before`),
    ]);
    expect(sheets[4]?.rows[0]?.cells[1]?.users).toEqual({ trend: { measure: 1, compared: true } });
  });

  it('of a lifecycle opens its parts, but nobody behind a zero', () => {
    const period = { start_date: '2026-03-02', new_users: '3', dormant_users: '5' };
    const [sheet] = models.lifecycle.sheets({ periods: [period] }, {});
    expect(rows(sheet)).toEqual([['2 Mar', '3', '0', '0', '5']]);
    expect(sheet?.rows[0]?.cells.map((cell) => cell.users)).toEqual([
      undefined,
      { lifecycle: { start_date: '2026-03-02', part: 'LIFECYCLE_PART_NEW' } },
      undefined,
      undefined,
      { lifecycle: { start_date: '2026-03-02', part: 'LIFECYCLE_PART_DORMANT' } },
    ]);
  });

  it('of a distribution calls buckets of one whole number by it, but not of sums', () => {
    const buckets = [
      { below: '1', users: '1' },
      { least: '1', below: '2', users: '6' },
      { least: '5', below: '10', users: '3' },
      { least: '10' },
    ];
    const frames = [{ users: '10', buckets }];
    const heads = (query: Json) =>
      rows(models.distribution.sheets({ frames }, query)[0])?.map(([head]) => head);
    expect(heads({ events: true })).toEqual(['below 1', '1', '5 ≤ x < 10', '≥ 10']);
    expect(heads({ sum_property: 'amount' })?.[1]).toBe('1 ≤ x < 2');
  });

  it('of a lifetime value opens the payers of each period', () => {
    const counts = [
      { per_user: '1.5', payers: '1' },
      { per_user: '4', payers: '2', incomplete: true },
    ];
    const all = { cohorts: [{ start_date: '2026-03-02', users: '4', counts }], means: [{ per_user: '1.5' }] };
    const [sheet] = models.ltv.sheets({ all }, {});
    expect(rows(sheet)?.[1]).toEqual(['2 Mar', '4', '1.5', '4']);
    expect(sheet?.rows[1]?.cells[3]).toMatchObject({
      users: { ltv: { start_date: '2026-03-02', payers_until: 1 } },
      incomplete: true,
      weight: 1,
    });
  });

  it('of a journey map tells an empty value from none and gives nodes back as they came', () => {
    const node = { name: 'View', value: '' };
    const count = { paths: '3', users: '2' };
    const edges = [{ step: 0, from: { name: 'View' }, to: { other: true }, count }];
    const [nodes, ways] = models.path.sheets({ nodes: [{ node, count }], edges }, {});
    expect(rows(nodes)?.[0]?.slice(0, 4)).toEqual(['1', 'View · ', '2', '3']);
    expect(nodes?.rows[0]?.cells[2]?.users).toEqual({ path: { at: { step: 0, node } } });
    expect(ways?.rows[0]?.cells[3]?.users).toEqual({
      path: { between: { step: 0, from: { name: 'View' }, to: { other: true } } },
    });
  });

  it('of an attribution shows every way of counting and opens conversions without a touch', () => {
    const credits = [{ model: 'ATTRIBUTION_MODEL_LINEAR', conversions: '2.5', users: '2' }];
    const [sheet] = models.attribution.sheets(
      {
        conversions: '4',
        users: '3',
        rows: [
          { source: {}, credits },
          { untouched: true, credits },
        ],
      },
      {},
    );
    expect(rows(sheet)?.[1]).toEqual(['No value', '2', '–', '–', '–', '2.5', '–', '–']);
    const model = 'ATTRIBUTION_MODEL_LINEAR';
    expect(sheet?.rows[1]?.cells[5]?.users).toEqual({ attribution: { model, source: {} } });
    expect(sheet?.rows[2]?.cells[5]?.users).toEqual({ attribution: { model, untouched: true } });
  });

  it('of intervals has their spread and a bar for each length', () => {
    const [whole, bars] = models.interval.sheets(
      {
        users: '2',
        spread: { samples: '3', median: '60s' },
        bars: [{ to: '120s', samples: '3', users: '2' }],
        incomplete: true,
      },
      {},
    );
    expect(rows(whole)?.[0]?.slice(0, 6)).toEqual(['All', '2', '3', '–', '–', '1 min']);
    expect(whole?.rows[0]?.incomplete).toBe(true);
    expect(bars?.rows[0]?.cells[3]?.users).toEqual({ interval: { bar: 0 } });
  });

  it('of sessions opens bounces, entries and exits, and has no means of nothing', () => {
    const figures = { sessions: '4', users: '2', per_user: 2, bounced_users: '1', bounce_rate: 0.25 };
    const [periods, byEvent] = models.session.sheets(
      {
        total: figures,
        periods: [
          { start_date: '2026-03-02', figures },
          { start_date: '2026-03-03', figures: {} },
        ],
        events: [{ name: { text: 'Login' }, sessions: '4', users: '2', exit_users: '1', exit_rate: 0.5 }],
      },
      {},
    );
    expect(periods?.rows[1]?.cells[7]?.users).toEqual({
      session: { start_date: '2026-03-02', bounced: true },
    });
    expect(rows(periods)?.[2]).toEqual(['3 Mar', '0', '0', '–', '–', '–', '–', '0']);
    expect(byEvent?.rows[0]?.cells[4]?.users).toEqual({ session: { exit: { text: 'Login' } } });
    expect(byEvent?.rows[0]?.cells[3]?.users).toBeUndefined();
  });

  it('of a form lens opens each figure of the form and of its questions', () => {
    const [form, questions] = models.form.sheets(
      {
        begun: { times: '5', users: '3' },
        questions: [{ question: { text: '' }, abandoned: { users: '2' }, abandon_rate: 0.5 }],
      },
      {},
    );
    expect(form?.columns).toHaveLength(form?.rows[0]?.cells.length ?? 0);
    expect(rows(form)?.[0]?.slice(0, 3)).toEqual(['All', '3', '0']);
    expect(form?.rows[0]?.cells[1]?.users).toEqual({ form: { figure: 'FORM_FIGURE_STARTED' } });
    expect(rows(questions)?.[0]).toEqual(['Empty text', '0', '0', '0', '0', '0', '2', '50.0%', '–']);
    expect(questions?.rows[0]?.cells[6]?.users).toEqual({
      form: { figure: 'FORM_FIGURE_ABANDONED', question: { text: '' } },
    });
  });

  it('of an exposure opens each depth of a page and each figure of an element', () => {
    const reached = Array.from({ length: 10 }, (_, index) => ({ users: String(10 - index) }));
    const [pages, elements] = models.exposure.sheets(
      {
        pages: [{ page: { text: 'home' }, views: { users: '20' }, reached }],
        elements: [{ element: { rare: true }, seen: { users: '4' }, clicked_when_seen: { users: '1' } }],
      },
      {},
    );
    expect(pages?.columns).toHaveLength(pages?.rows[0]?.cells.length ?? 0);
    expect(pages?.rows[0]?.cells[3]).toMatchObject({
      users: { exposure: { page: { text: 'home' }, percent: 10 } },
      weight: 0.5,
    });
    expect(elements?.rows[0]?.cells[3]?.users).toEqual({
      exposure: { element: { rare: true }, figure: 'EXPOSURE_FIGURE_CLICKED_WHEN_SEEN' },
    });
  });
});
