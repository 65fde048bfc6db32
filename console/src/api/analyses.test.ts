import { describe, expect, it } from 'vitest';
import { AnalysisDoor } from './analyses';
import { Client } from './client';

function door(reply: unknown) {
  const asked: { path: string; body: unknown }[] = [];
  const client = new Client(async (input, init) => {
    asked.push({ path: String(input), body: init?.body ? JSON.parse(String(init.body)) : undefined });
    return new Response(JSON.stringify(reply));
  });
  return { asked, door: new AnalysisDoor(client) };
}

const query = { scope: {}, trend: {} };
const cell = { trend: { measure: 0 } };

describe('the door of all models', () => {
  it('tells whether an answer was repeated', async () => {
    const freshness = { rows_read: '9', repeated: true, sample_per_mille: 100 };
    const { door: analyses, asked } = door({ result: { freshness, trend: { series: [] } } });
    const answer = await analyses.run(query);
    expect(asked).toEqual([{ path: '/api/v1/analyses:run', body: { query } }]);
    expect(answer.freshness).toMatchObject({ rowsRead: 9, repeated: true, samplePerMille: 100 });
    expect(answer.result.trend).toEqual({ series: [] });
  });

  it('lists the users of a cell page by page', async () => {
    const { door: analyses, asked } = door({ user_numbers: [3, 5], total_size: '7', next_page_token: 'n' });
    const page = await analyses.users(query, cell, 'p');
    expect(asked[0]?.body).toEqual({ query, cell, page_size: 50, page_token: 'p' });
    expect(page.entries.map((member) => member.userNumber)).toEqual([3, 5]);
    expect([page.total, page.nextPageToken]).toEqual([7, 'n']);
  });

  it('keeps users as a segment and questions under a name', async () => {
    const { door: analyses, asked } = door({ segment: { id: 'may', snapshot: { members: '7' } } });
    expect(await analyses.saveSegment('may', 'May', query, cell)).toBe(7);
    await analyses.save({ id: 'q-1', name: 'Q', query });
    expect(asked).toEqual([
      {
        path: '/api/v1/segments:fromAnalysis',
        body: { segment: { id: 'may', display_name: 'May' }, query, cell },
      },
      { path: '/api/v1/savedAnalyses', body: { id: 'q-1', display_name: 'Q', query } },
    ]);
  });

  it('lists kept questions, a nameless one by its id', async () => {
    const { door: analyses } = door({ analyses: [{ id: 'q-1', query }] });
    expect(await analyses.saved()).toEqual([{ id: 'q-1', name: 'q-1', query }]);
  });
});
