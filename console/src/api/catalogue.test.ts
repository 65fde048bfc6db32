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
