import { describe, expect, it } from 'vitest';
import { answering } from '../testing';
import { Problem } from './client';
import { BadAnswer } from './decode';
import { FlagDoor } from './flags';

function door(...replies: readonly unknown[]) {
  const { client, asked } = answering(...replies);
  return { asked, flags: new FlagDoor(client) };
}

const dealing = { buckets: '10000' };
const definition = {
  key: 'big-button',
  enabled: true,
  variants: [{ name: 'small', value: 'small' }, { name: 'own' }],
  off_variant: 'small',
  forced: [{ unit_type: 'UNIT_TYPE_DEVICE', variants: { 'phone-1': 'big' } }],
  rules: [
    { name: 'test', experiment: 'big-button-test' },
    {
      name: 'kept',
      split: {
        key: 'kept',
        gates: [{ layer: { name: 'home', place: {} } }, { enrolment: {} }, { newer: {} }],
        arms: [
          { variant: 'a', places: [{ dealing, stretches: [{ to: '2500' }, { from: '5000', to: '7500' }] }] },
          { variant: 'b', places: [{ dealing }, { dealing }] },
        ],
        stickiness: {},
      },
    },
    {
      name: 'gold',
      condition: { trait: { name: 'tier' } },
      allocation: { shares: [{ variant: 'small', weight: 10_000 }] },
      prerequisites: [{ flag_key: 'new-home', variants: ['on'] }],
      start_time: '2026-12-25T00:00:00Z',
    },
    { name: 'newer', lottery: {} },
  ],
  salt: 'kept as it is',
  etag: '"7"',
};

describe('flags', () => {
  it('are read page after page, a nameless one by its key', async () => {
    const { flags, asked } = door(
      { flags: [definition], next_page_token: 'a b' },
      { flags: [{ key: 'b', display_name: 'B' }] },
    );
    expect((await flags.all()).map(({ name, enabled }) => [name, enabled])).toEqual([
      ['big-button', true],
      ['B', false],
    ]);
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/flags?page_size=1000',
      '/api/v1/flags?page_size=1000&page_token=a%20b',
    ]);
  });

  it('say what each rule serves, and leave what is newer unknown', async () => {
    const { rules, forced } = await door({ flag: definition }).flags.one('big-button');
    expect(forced).toEqual([{ unitType: 'UNIT_TYPE_DEVICE', variants: [['phone-1', 'big']] }]);
    expect(rules.map(({ serving }) => serving)).toEqual([
      { kind: 'experiment', key: 'big-button-test' },
      {
        kind: 'split',
        split: {
          key: 'kept',
          gates: [
            { kind: 'layer', name: 'home' },
            { kind: 'enrolment', name: '' },
            { kind: 'unknown', name: '' },
          ],
          arms: [
            { variant: 'a', share: 0.5 },
            { variant: 'b', share: undefined },
          ],
          sticky: true,
        },
      },
      { kind: 'allocation', shares: [{ variant: 'small', weight: 10_000 }] },
      { kind: 'unknown' },
    ]);
    expect(rules.map(({ condition }) => condition)).toEqual([
      undefined,
      undefined,
      { trait: { name: 'tier' } },
      undefined,
    ]);
    expect(rules[2]?.prerequisites).toEqual([{ flagKey: 'new-home', variants: ['on'] }]);
    expect(rules[2]?.startTime).toEqual(new Date('2026-12-25T00:00:00Z'));
  });

  it('are not guessed from an answer without a key', async () => {
    await expect(door({ flag: {} }).flags.one('a')).rejects.toEqual(new BadAnswer('flag.key'));
    await expect(door({}).flags.one('a')).rejects.toEqual(new BadAnswer('flag'));
  });

  it('are switched with all that was read, what nobody shows too, and its revision', async () => {
    const { flags, asked } = door({ flag: definition }, {});
    await flags.switch(await flags.one('big-button'), false);
    expect(asked.at(-1)).toEqual({
      method: 'PUT',
      path: '/api/v1/flags/big-button',
      body: { ...definition, enabled: false, etag: '"7"' },
    });
  });

  it('are deleted only as they were read', async () => {
    const { flags, asked } = door({ flag: definition }, { flag: { ...definition, etag: '"8"' } });
    const read = await flags.one('big-button');
    await expect(flags.remove(read)).rejects.toMatchObject({ kind: 'aborted' });
    await expect(flags.remove(read)).rejects.toBeInstanceOf(Problem);
    expect(asked.every(({ method }) => method === undefined)).toBe(true);
  });
});

describe('an explanation', () => {
  it('tells steps by their kind, also where nothing else is said of them', async () => {
    const { flags, asked } = door({
      evaluation: { variant: 'big', value: { size: 'big' }, reason: 'REASON_SPLIT', rule: 'test' },
      steps: [{ disabled: {} }, { rule: 'test', dealt: { bucket: '7', variant: 'big' } }],
    });
    const { steps, variant, value, degraded } = await flags.explain('big-button', 'u 1', { tier: 'gold' });
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/api/v1/flags/big-button:explain',
        body: { targeting_key: 'u 1', context: { tier: 'gold' } },
      },
    ]);
    expect([variant, value, degraded]).toEqual(['big', { size: 'big' }, false]);
    expect(steps).toEqual([
      { rule: '', kind: 'disabled', body: {} },
      { rule: 'test', kind: 'dealt', body: { bucket: '7', variant: 'big' } },
    ]);
  });
});

describe('an import', () => {
  it('says what is taken, what that rests on, and what is refused', async () => {
    const { flags, asked } = door({
      flags: [{ key: 'a' }],
      premises: [{ flag_key: 'a', attributes: ['age'], kinds: ['number', 'absent'] }],
      refusals: [{ flag_key: 'b', path: 'features.b', reason: 'versions' }],
    });
    const imported = await flags.importFrom('UNLEASH', '{}', true);
    expect(asked[0]?.body).toEqual({ format: 'IMPORT_FORMAT_UNLEASH', document: '{}', dry_run: true });
    expect(imported.flags.map(({ key }) => key)).toEqual(['a']);
    expect(imported.premises).toEqual([{ flagKey: 'a', attributes: ['age'], kinds: ['number', 'absent'] }]);
    expect(imported.refusals).toEqual([{ flagKey: 'b', path: 'features.b', reason: 'versions' }]);
  });
});
