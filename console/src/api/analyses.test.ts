import { describe, expect, it } from 'vitest';
import { answering } from '../testing';
import { AnalysisDoor } from './analyses';
import { BadAnswer } from './decode';

function door(...replies: readonly unknown[]) {
  const { client, asked } = answering(...replies);
  return { asked, door: new AnalysisDoor(client) };
}

const query = { scope: {}, trend: {} };
const cell = { trend: { measure: 0 } };

describe('the door of all models', () => {
  it('tells whether an answer was repeated', async () => {
    const freshness = { rows_read: '9', repeated: true, sample_per_mille: 100 };
    const { door: analyses, asked } = door({ result: { freshness, trend: { series: [] } } });
    const answer = await analyses.run(query);
    expect(asked).toEqual([{ method: 'POST', path: '/api/v1/analyses:run', body: { query } }]);
    expect(answer.freshness).toMatchObject({ rowsRead: 9, repeated: true, samplePerMille: 100 });
    expect(answer.result.trend).toEqual({ series: [] });
  });

  it('says which age of an answer will do', async () => {
    const { door: analyses, asked } = door({ result: { trend: {} } });
    await analyses.run(query, undefined, 60);
    expect(asked[0]?.body).toEqual({ query, max_age: '60s' });
  });

  it.each([
    [{}, 'result'],
    [{ result: [] }, 'result'],
    [{ result: { funnel: {} } }, 'result.trend'],
  ])('takes %j for no answer at all', async (reply, what) => {
    await expect(door(reply).door.run(query)).rejects.toEqual(new BadAnswer(what));
  });

  it('lists the users of a cell page by page', async () => {
    const { door: analyses, asked } = door({ user_numbers: [3, 5], total_size: '7', next_page_token: 'n' });
    const page = await analyses.users(query, cell, 'p');
    expect(asked[0]?.body).toEqual({ query, cell, page_size: 50, page_token: 'p' });
    expect(page.entries.map((member) => member.userNumber)).toEqual([3, 5]);
    expect([page.total, page.nextPageToken]).toEqual([7, 'n']);
  });

  it('keeps users as a segment', async () => {
    const { door: analyses, asked } = door({ segment: { id: 'may', snapshot: { members: '7' } } });
    expect(await analyses.saveSegment('may', 'May', query, cell)).toBe(7);
    expect(asked).toEqual([
      {
        method: 'POST',
        path: '/api/v1/segments:fromAnalysis',
        body: { segment: { id: 'may', display_name: 'May' }, query, cell },
      },
    ]);
    await expect(door({}).door.saveSegment('may', 'May', query, cell)).rejects.toEqual(
      new BadAnswer('segment'),
    );
  });

  it('asks for a file of either kind', async () => {
    const { door: analyses, asked } = door({});
    await analyses.file(query, 'CSV', new AbortController().signal);
    await analyses.file(query, 'PARQUET', new AbortController().signal);
    expect(asked.map(({ body }) => body)).toEqual([
      { query, format: 'EXPORT_FORMAT_CSV' },
      { query, format: 'EXPORT_FORMAT_PARQUET' },
    ]);
  });

  it('reads what a question would cost, int64 as text', async () => {
    expect(await door({ rows: '12', max_rows: '900' }).door.estimate(query)).toEqual({
      rows: 12,
      maxRows: 900,
    });
  });
});

describe('a question in the background', () => {
  const run = { id: 'r/1', state: 'ANALYSIS_RUN_STATE_RUNNING', rows: '100', rows_read: '20' };

  it('is begun, followed and stopped under its id', async () => {
    const { door: analyses, asked } = door({ run }, { run }, {});
    expect(await analyses.start(query)).toMatchObject({ id: 'r/1', state: 'RUNNING', rowsRead: 20 });
    await analyses.progress('r/1');
    await analyses.cancel('r/1');
    expect(asked).toEqual([
      { method: 'POST', path: '/api/v1/analysisRuns', body: { query } },
      { path: '/api/v1/analysisRuns/r%2F1' },
      { method: 'POST', path: '/api/v1/analysisRuns/r%2F1:cancel', body: {} },
    ]);
  });

  it('has an answer only when it is done', async () => {
    const result = { trend: {} };
    const done = { ...run, state: 'ANALYSIS_RUN_STATE_DONE' };
    expect((await door({ run: { ...done, result } }).door.progress('r')).result).toEqual(result);
    expect((await door({ run: { ...run, result } }).door.progress('r')).result).toBeUndefined();
    await expect(door({ run: done }).door.progress('r')).rejects.toEqual(new BadAnswer('run.result'));
  });

  it.each([
    [{}, 'run'],
    [{ run: { state: 'ANALYSIS_RUN_STATE_RUNNING' } }, 'run.id'],
    [{ run: { id: 'r' } }, 'run.state'],
    [{ run: { id: 'r', state: 'ANALYSIS_RUN_STATE_PAUSED' } }, 'run.state'],
  ])('of which %j says nothing is an error', async (reply, what) => {
    await expect(door(reply).door.progress('r')).rejects.toEqual(new BadAnswer(what));
  });
});
