import { describe, expect, it } from 'vitest';
import type { Json } from '../../api/decode';
import { type Flag, FlagDoor } from '../../api/flags';
import { describeStep } from '../../format/flags';
import { format } from '../../format/format';
import { translator } from '../../i18n/translate';
import { answering, markup } from '../../testing';
import { FlagTable, matching } from './FlagList';
import { Lists, Variants } from './FlagPage';
import { FlagTools } from './FlagTools';
import { ImportOutcome } from './ImportFlags';
import { Rules } from './Rules';
import { contextOf, Explained } from './TryFlag';

const read = (definition: Json): Promise<Flag> =>
  new FlagDoor(answering({ flag: { key: 'big-button', ...definition } }).client).one('big-button');

const to = (...shares: [string, number][]) => ({
  shares: shares.map(([variant, weight]) => ({ variant, weight })),
});

const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the rules of a flag', () => {
  it('say in their order who gets what', async () => {
    const flag = await read({
      enabled: true,
      rules: [
        {
          name: 'staff',
          condition: { segment: { segment_id: 'staff' } },
          allocation: to(['big', 10_000]),
          prerequisites: [{ flag_key: 'new-home', variants: ['on', 'new'] }],
        },
        { name: 'test', experiment: 'big-button-test' },
        { name: 'half', allocation: to(['big', 5_000], ['small', 5_000]) },
      ],
      fallthrough: to(['small', 10_000]),
    });
    const said = plain(markup(<Rules flag={flag} />));
    expect(said).toMatch(
      /1 If in segment staff: gets “big” only while the flag new-home serves on or new staff 2 Everybody takes part in the experiment big-button-test test 3 Everybody is dealt 50\.0% “big”, 50\.0% “small” half 4 Everybody else gets “small”/,
    );
    expect(markup(<Rules flag={flag} />)).toContain('href="#/experiments/big-button-test"');
    expect(said).not.toContain('While the flag is off');
    expect(plain(markup(<Rules flag={flag} />, 'zh'))).toContain('其余所有人 得到“small”');
  });

  it('say first that a flag is off', async () => {
    const flag = await read({ off_variant: 'small', fallthrough: to(['big', 10_000]) });
    expect(plain(markup(<Rules flag={flag} />))).toContain('While the flag is off, everybody gets “small”.');
  });

  it('say what another system dealt, and that something is newer than the console', async () => {
    const place = { dealing: { buckets: '100' }, stretches: [{ from: '0', to: '25' }] };
    const split = {
      gates: [{ holdout: { name: 'all' } }, { newer: {} }],
      arms: [
        { variant: 'a', places: [place] },
        { variant: 'b', places: [place, place] },
      ],
      stickiness: {},
    };
    const said = plain(markup(<Rules flag={await read({ rules: [{ split }, { name: 'n', newer: {} }] })} />));
    expect(said).toContain(
      'keeps what another system dealt: 25.0% “a”, part “b”; outside the hold-out all; behind a gate this console does not know; whoever got a variant keeps it',
    );
    expect(said).toContain('serves in a way this console does not know');
  });
});

describe('a flag', () => {
  it('shows values as JSON, and null as the program’s own', async () => {
    const flag = await read({
      variants: [
        { name: 'text', value: '1' },
        { name: 'own', value: null },
      ],
      off_variant: 'own',
    });
    const said = plain(markup(<Variants flag={flag} />));
    expect(said).toContain('text &quot;1&quot;');
    expect(said).toContain('own served while off the program’s own default');
  });

  it('lists at most as many units as people read', async () => {
    const variants = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`u${index}`, 'a']));
    const said = plain(markup(<Lists flag={await read({ forced: [{ variants }] })} />));
    expect(said).toContain('u49');
    expect(said).not.toContain('u50');
    expect(said).toContain('50 of 51');
  });

  it('is found by every word of its key, name or description', async () => {
    const flag = await read({ display_name: 'Big button', description: 'Home screen' });
    const other = await read({ key: 'loan', description: 'Home' });
    expect(matching([flag, other], ' HOME  button')).toEqual([flag]);
    expect(matching([flag, other], '')).toEqual([flag, other]);
    expect(matching([flag, other], 'branch')).toEqual([]);
  });

  it('is listed by what it serves now', async () => {
    const on = await read({ enabled: true, off_variant: 'off', fallthrough: to(['on', 10_000]) });
    const off = await read({ off_variant: 'off', fallthrough: to(['on', 10_000]) });
    expect(plain(markup(<FlagTable flags={[on]} />))).toContain('on gets “on”');
    expect(plain(markup(<FlagTable flags={[off]} />))).toContain('off gets “off”');
  });

  it('is a switch for screen readers', async () => {
    const tools = markup(
      <FlagTools flag={await read({ enabled: true })} onChanged={() => {}} onDeleted={() => {}} />,
    );
    expect(tools).toContain('role="switch" aria-checked="true"');
  });
});

describe('attributes', () => {
  it('are JSON where they can be, and text otherwise', () => {
    expect(contextOf('tier = gold\n\nage=34\n vip = true\nname = "7"\nlist = ["a"]\nformula = a=b')).toEqual({
      kind: 'whole',
      values: { tier: 'gold', age: 34, vip: true, name: '7', list: ['a'], formula: 'a=b' },
    });
    expect(contextOf('')).toEqual({ kind: 'whole', values: {} });
  });

  it('name the line that is none', () => {
    expect(contextOf('tier = gold\nage')).toEqual({ kind: 'broken', line: 2 });
    expect(contextOf('= 3')).toEqual({ kind: 'broken', line: 1 });
  });
});

describe('an explanation', () => {
  const t = translator('en');

  it.each([
    ['disabled', {}, 'The flag is off.'],
    ['on_list', { unit_type: 'UNIT_TYPE_DEVICE', variant: 'a' }, 'The unit is on the list of devices: “a”.'],
    ['asked', { flag_key: 'f', variant: 'a', met: true }, 'The flag f serves “a”, as is wanted.'],
    ['asked', { flag_key: 'f', variant: 'a' }, 'The flag f serves “a”, which is not wanted.'],
    ['out_of_schedule', {}, 'It is not the time of this rule.'],
    ['matched', { holds: true }, 'The condition holds.'],
    ['matched', {}, 'The condition does not hold.'],
    [
      'gated',
      { gate: 'GATE_KIND_LAYER', name: 'home', bucket: '7', passed: true },
      'Layer home, bucket 7: goes on.',
    ],
    ['gated', { gate: 'GATE_KIND_ENROLMENT' }, 'Share that takes part, bucket 0: stays out.'],
    ['remembered', { variant: 'a', taken: true }, '“a” had been dealt before and is kept.'],
    ['dealt', { bucket: '9', variant: 'a' }, 'Dealt: bucket 9 gets “a”.'],
    ['dealt', { bucket: '9' }, 'Dealt: bucket 9 belongs to no variant.'],
    ['guessed', {}, 'A step this console does not know: guessed.'],
  ])('says a step %s %j', (kind, body, said) => {
    expect(describeStep({ rule: '', kind, body }, t)).toBe(said);
  });

  it('says who gets what, why, and by which rule and experiment', () => {
    const explanation = {
      variant: 'big',
      value: true,
      reason: 'REASON_SPLIT',
      rule: 'test',
      experiment: 'big-button-test',
      degraded: true,
      steps: [{ rule: 'test', kind: 'disabled', body: {} }],
    };
    const html = markup(<Explained unit="customer-42" explanation={explanation} />);
    expect(plain(html)).toContain('customer-42 gets “big” true');
    expect(plain(html)).toContain('Chance decided: the hash of the unit. · by the rule “test”');
    expect(html).toContain('href="#/experiments/big-button-test"');
    expect(plain(html)).toContain('could not be read');
    const own = markup(
      <Explained unit="u" explanation={{ ...explanation, variant: '', value: undefined }} />,
    );
    expect(plain(own)).toContain('u gets the program’s own default');
  });
});

describe('an import', () => {
  it('tells what would be from what is', async () => {
    const imported = {
      flags: [await read({})],
      premises: [{ flagKey: 'big-button', attributes: ['age', 'tier'], kinds: ['number', 'absent'] }],
      refusals: [{ flagKey: 'loan', path: 'features.loan', reason: 'It compares versions' }],
    };
    const dry = markup(<ImportOutcome imported={imported} dry />);
    expect(plain(dry)).toContain('Would be created (1)');
    expect(plain(dry)).toContain('loan It compares versions features.loan');
    expect(plain(dry)).toContain('age or tier is: number, absent');
    expect(dry).not.toContain('href=');
    expect(markup(<ImportOutcome imported={imported} dry={false} />)).toContain('href="#/flags/big-button"');
  });
});

describe('numbers of experiments', () => {
  const english = format('en');

  it('are never a p-value of 0', () => {
    expect([0, 0.0009, 0.05, 1].map(english.probability)).toEqual(['<0.001', '<0.001', '0.050', '1.000']);
  });

  it('carry the sign of a change', () => {
    expect([0.0306, 0, -0.0047].map(english.change)).toEqual(['+3.06%', '0%', '-0.47%']);
  });

  it('keep a currency that is none', () => {
    expect(english.money(3, 'GBP')).toBe('£3.00');
    expect(english.money(3, 'points')).toBe('3 points');
  });
});
