import { describe, expect, it } from 'vitest';
import { answering } from '../testing';
import { CatalogueDoor } from './catalogue';
import { BadAnswer } from './decode';

function door(now: () => number, ...replies: readonly unknown[]) {
  const { client, asked } = answering(...replies);
  return { client, asked, catalogue: new CatalogueDoor(client, now) };
}

describe('the catalogue', () => {
  it('says what is planned, what is sensitive, and whether there is more', async () => {
    const { catalogue, asked } = door(
      () => 0,
      { events: [{ name: 'Login', events: '7', planned: true }], next_page_token: 'n' },
      { properties: [{ name: 'balance', share: 0.5, values_hidden: true }] },
    );
    const events = await catalogue.events('log');
    expect(events.entries[0]).toMatchObject({ name: 'Login', events: 7, planned: true });
    expect(events.whole).toBe(false);
    const properties = await catalogue.properties('Log in');
    expect(properties.entries[0]).toMatchObject({ name: 'balance', share: 0.5, valuesHidden: true });
    expect(properties.whole).toBe(true);
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/catalogue/events?search=log&page_size=1000',
      '/api/v1/catalogue/properties?event=Log+in&page_size=1000',
    ]);
  });

  it('keeps a value that is an empty text', async () => {
    const { catalogue } = door(() => 0, { values: [{ events: '3' }, { value: 'a', events: '2' }] });
    expect((await catalogue.values('p', '')).entries).toEqual([
      { value: '', events: 3 },
      { value: 'a', events: 2 },
    ]);
  });

  it('knows a trait by the plan, by what was seen and by what is computed', async () => {
    const { catalogue, asked } = door(
      () => 0,
      { plan: { traits: [{ name: 'phone', data_class: 'DATA_CLASS_C2' }, { name: 'city' }] } },
      {
        names: [
          { scope: 'SCOPE_TRAIT', name: 'city', count: '7' },
          { scope: 'SCOPE_EVENT', name: 'Login', count: '9' },
        ],
        next_page_token: 'n',
      },
      { computed_traits: [{ id: 'payday', traits: ['payday_day'] }] },
      { names: [{ scope: 'SCOPE_TRAIT', name: 'tier', count: '8' }] },
    );
    const some = { count: 0, computed: false, sensitive: false };
    expect(await catalogue.traits()).toEqual([
      { ...some, name: 'tier', count: 8 },
      { ...some, name: 'city', count: 7 },
      { ...some, name: 'payday_day', computed: true },
      { ...some, name: 'phone', sensitive: true },
    ]);
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/tracking-plan',
      '/api/v1/catalogue?page_size=1000',
      '/api/v1/computedTraits?page_size=1000',
      '/api/v1/catalogue?page_size=1000&page_token=n',
    ]);
  });

  it('takes a name that is missing for an error', async () => {
    await expect(door(() => 0, { events: [{ events: '1' }] }).catalogue.events()).rejects.toBeInstanceOf(
      BadAnswer,
    );
    await expect(door(() => 0, { properties: [{}] }).catalogue.properties('')).rejects.toBeInstanceOf(
      BadAnswer,
    );
  });

  it('is asked once a minute for each project, and again after a failure', async () => {
    let now = 0;
    const { catalogue, asked, client } = door(() => now, new Response('{}', { status: 503 }), { events: [] });
    await expect(catalogue.events()).rejects.toMatchObject({ status: 503 });
    await catalogue.events();
    now = 59_999;
    await catalogue.events();
    expect(asked).toHaveLength(2);
    now = 60_000;
    await catalogue.events();
    expect(asked).toHaveLength(3);
    client.project = 'other';
    await catalogue.events();
    expect(asked).toHaveLength(4);
  });
});
