import { describe, expect, it } from 'vitest';
import { Client } from './client';
import { Tenure } from './tenure';

function answering(body: unknown) {
  const sent: { path: string; body: unknown }[] = [];
  const tenure = new Tenure(
    new Client(async (path, init) => {
      sent.push({ path: String(path), body: init?.body ? JSON.parse(String(init.body)) : undefined });
      return new Response(JSON.stringify(body));
    }),
  );
  return { sent, tenure };
}

describe('the calls', () => {
  it('read a ledger with left-out zeros', async () => {
    const { tenure } = answering({
      ledger: { received: '12', accepted: 12, quarantine_reasons: { A: '1' } },
    });
    expect(await tenure.ledger()).toMatchObject({
      received: 12,
      accepted: 12,
      refused: 0,
      quarantineReasons: [['A', 1]],
    });
  });

  it('tell a segment that was never computed from an empty one', async () => {
    const { tenure } = answering({ segments: [{ id: 'new' }, { id: 'empty', snapshot: {} }] });
    const segments = await tenure.segments();
    expect(segments.map((segment) => segment.members)).toEqual([undefined, 0]);
    expect(segments[0]?.name).toBe('new');
  });

  it('ask for members page by page, with the id escaped', async () => {
    const { tenure, sent } = answering({
      members: [{ user_number: 7 }],
      total_size: '101',
      next_page_token: 'n',
    });
    const page = await tenure.members('a b', 'p');
    expect(sent[0]?.path).toBe('/api/v1/segments/a%20b/members?page_size=50&page_token=p');
    expect(page).toEqual({ entries: [{ userNumber: 7, loginId: '' }], total: 101, nextPageToken: 'n' });
  });

  it('tell third parties from receivers of the institution', async () => {
    const { tenure, sent } = answering({ receivers: [{ id: 'desk' }, { id: 'agency', third_party: true }] });
    const receivers = await tenure.receivers();
    expect(receivers.map((receiver) => receiver.thirdParty)).toEqual([false, true]);
    await tenure.createReceiver({
      id: 'agency-2',
      name: 'Agency',
      webhookUrl: 'https://a.example',
      signingSecret: 's',
      thirdParty: true,
    });
    expect(sent[1]?.body).toMatchObject({ id: 'agency-2', third_party: true });
  });

  it('ask for a back-test in proto durations', async () => {
    const { tenure, sent } = answering({ backtest: { precision: 0.7, precision_interval: [0.6, 0.8] } });
    const backtest = await tenure.backtest('silent', new Date('2026-01-01T00:00:00Z'), 7);
    expect(sent[0]).toEqual({
      path: '/api/v1/rules/silent:backtest',
      body: { start_time: '2026-01-01T00:00:00.000Z', step: '604800s' },
    });
    expect(backtest).toMatchObject({ precision: 0.7, precisionInterval: [0.6, 0.8], periods: [] });
  });

  it('read quarantined records as an editor and as an analyst sees them', async () => {
    const { tenure } = answering({
      records: [
        { id: '1', original: btoa('{"type":"?"}'), masked: '{"type":"text≤1"}' },
        { id: '2', masked: '{"type":"text≤1"}' },
      ],
    });
    const page = await tenure.quarantine('TYPE_UNKNOWN', '');
    expect(page.entries.map((entry) => [entry.original, entry.masked])).toEqual([
      ['{"type":"?"}', '{"type":"text≤1"}'],
      ['', '{"type":"text≤1"}'],
    ]);
  });
});
