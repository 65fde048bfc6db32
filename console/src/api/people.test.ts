import { describe, expect, it } from 'vitest';
import { Client, Problem } from './client';
import { exportSummary, People } from './people';

function answering(body: unknown, status = 200) {
  const sent: { path: string; body: unknown }[] = [];
  const people = new People(
    new Client(async (path, init) => {
      sent.push({ path: String(path), body: init?.body ? JSON.parse(String(init.body)) : undefined });
      return new Response(JSON.stringify(body), { status });
    }),
  );
  return { sent, people };
}

describe('the calls about a person', () => {
  it('read what is masked beside what is not', async () => {
    const { people, sent } = answering({
      profile: { user_number: 7, traits: { city: 'Bern' }, masked_traits: ['phone'] },
    });
    const profile = await people.profile('identity:email:a/b');
    expect(sent[0]?.path).toBe('/api/v1/profiles/identity%3Aemail%3Aa%2Fb');
    expect(profile).toMatchObject({ traits: { city: 'Bern' }, maskedTraits: ['phone'], identities: [] });
  });

  it('filter a timeline by whole local days', async () => {
    const { people, sent } = answering({ events: [{ event_id: 'e', masked_properties: ['iban'] }] });
    const filter = { eventName: 'Login', from: '2026-03-01', until: '2026-03-31' };
    const page = await people.timeline(7, filter, 'p');
    const search = new URLSearchParams(sent[0]?.path.split('?')[1]);
    expect(search.get('event_names')).toBe('Login');
    expect(search.get('start_time')).toBe(new Date(2026, 2, 1).toISOString());
    expect(search.get('end_time')).toBe(new Date(2026, 3, 1).toISOString());
    expect(search.get('page_token')).toBe('p');
    expect(page.entries[0]?.maskedProperties).toEqual(['iban']);
  });

  it('record a decision under one request id', async () => {
    const { people, sent } = answering({});
    await people.recordConsent({
      requestId: 'r',
      id: { login_id: 'ann' },
      purpose: 'PURPOSE_SHARING',
      state: 'CONSENT_STATE_WITHDRAWN',
      textVersion: '2026-05',
    });
    expect(sent).toEqual([
      {
        path: '/api/v1/consents:record',
        body: {
          request_id: 'r',
          decisions: [
            {
              login_id: 'ann',
              purpose: 'PURPOSE_SHARING',
              state: 'CONSENT_STATE_WITHDRAWN',
              text_version: '2026-05',
            },
          ],
        },
      },
    ]);
  });

  it('keep the receipt as it was signed and read what remains', async () => {
    const content = btoa(JSON.stringify({ remarks: ['backup-1 until May'] }));
    const { people } = answering({ receipt: { content, signature: 's', key_id: 'k' } });
    const receipt = await people.receipt('e');
    expect(receipt.document).toEqual({ content, signature: 's', key_id: 'k' });
    expect(receipt.remarks).toEqual(['backup-1 until May']);
  });

  it('fail an export that the server refuses', async () => {
    const { people } = answering({ title: 'Busy', status: 429, detail: 'Another export runs' }, 429);
    const refused = people.exportPerson(7, new AbortController().signal);
    await expect(refused).rejects.toMatchObject({ status: 429, detail: 'Another export runs' });
    await expect(refused).rejects.toBeInstanceOf(Problem);
  });
});

describe('an exported document', () => {
  const whole = `{"sections": {"events": [${'{"a":1},'.repeat(20_000)}{}]},\n"summary": {"counts": {"events": 3}, "remarks": ["late"], "complete": true}}`;

  it('says at its end that it is whole', async () => {
    expect(await exportSummary(new Blob([whole]))).toEqual({
      complete: true,
      counts: [['events', 3]],
      remarks: ['late'],
    });
  });

  it('is not whole when anything of its end is missing', async () => {
    for (const cut of [1, 2, 10, 60, 5_000]) {
      expect((await exportSummary(new Blob([whole.slice(0, -cut)]))).complete).toBe(false);
    }
    expect((await exportSummary(new Blob([]))).complete).toBe(false);
  });
});
