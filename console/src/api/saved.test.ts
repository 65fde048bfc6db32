import { describe, expect, it } from 'vitest';
import { answering } from '../testing';
import { Problem } from './client';
import { BadAnswer } from './decode';
import { SavedDoor } from './saved';

function door(...replies: readonly unknown[]) {
  const { client, asked } = answering(...replies);
  return { asked, saved: new SavedDoor(client) };
}

const query = { scope: {}, trend: {} };
const question = { id: 'q-1', name: 'Q', description: 'd', query, etag: 'e1' };
const tile = { analysisId: 'q-1', title: '', width: 6 };
const board = { id: 'b-1', name: 'B', description: '', tiles: [tile], etag: 'e1' };

describe('kept questions', () => {
  it('are read page after page, a nameless one by its id', async () => {
    const { saved, asked } = door(
      { analyses: [{ id: 'q-1', query, etag: 'e1' }], next_page_token: 'a b' },
      { analyses: [{ id: 'q-2', display_name: 'Two', query }] },
    );
    expect(await saved.analyses()).toEqual([
      { id: 'q-1', name: 'q-1', description: '', query, etag: 'e1' },
      { id: 'q-2', name: 'Two', description: '', query, etag: '' },
    ]);
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/savedAnalyses?page_size=1000',
      '/api/v1/savedAnalyses?page_size=1000&page_token=a%20b',
    ]);
  });

  it.each([
    [{ analyses: [{ query }] }, 'analysis.id'],
    [{ analyses: [{ id: 'q-1' }] }, 'analysis.query'],
  ])('are not guessed from %j', async (reply, what) => {
    await expect(door(reply).saved.analyses()).rejects.toEqual(new BadAnswer(what));
  });

  it('are saved, and changed with all they say and the revision that was read', async () => {
    const { saved, asked } = door({});
    await saved.create({ id: 'q-1', name: 'Q', query });
    await saved.update({ ...question, name: 'New' });
    expect(asked).toEqual([
      { method: 'POST', path: '/api/v1/savedAnalyses', body: { id: 'q-1', display_name: 'Q', query } },
      {
        method: 'PUT',
        path: '/api/v1/savedAnalyses/q-1',
        body: { id: 'q-1', display_name: 'New', description: 'd', query, etag: 'e1' },
      },
    ]);
  });

  it('are deleted only as they were read', async () => {
    const same = door({ analysis: { id: 'q-1', etag: 'e1' } }, {});
    await same.saved.remove(question);
    expect(same.asked.at(-1)).toEqual({ method: 'DELETE', path: '/api/v1/savedAnalyses/q-1' });

    const changed = door({ analysis: { id: 'q-1', etag: 'e2' } }, {});
    const refused = await changed.saved.remove(question).catch((failure: unknown) => failure);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ status: 409, kind: 'aborted' });
    expect(changed.asked).toHaveLength(1);
  });

  it('tell which of the refusals that share a status it was', async () => {
    const document = { type: 'urn:tenure:problem:failed-precondition', status: 409, detail: 'b-1 shows it' };
    const refusal = new Response(JSON.stringify(document), { status: 409 });
    const { saved } = door({ analysis: { etag: 'e1' } }, refusal);
    await expect(saved.remove(question)).rejects.toMatchObject({ kind: 'failed-precondition' });
  });
});

describe('dashboards', () => {
  it('are read with their tiles, of six columns unless they say otherwise', async () => {
    const tiles = [{ analysis_id: 'q-1', title: 'T', width: 12 }, { analysis_id: 'q-2' }];
    const { saved } = door({ dashboards: [{ id: 'b-1', tiles, etag: 'e' }] });
    expect((await saved.dashboards())[0]?.tiles).toEqual([
      { analysisId: 'q-1', title: 'T', width: 12 },
      { analysisId: 'q-2', title: '', width: 6 },
    ]);
    await expect(door({ dashboards: [{ id: 'b', tiles: [{}] }] }).saved.dashboards()).rejects.toEqual(
      new BadAnswer('dashboard.tiles.analysis_id'),
    );
  });

  it('are created, arranged with the revision that was read, and deleted', async () => {
    const { saved, asked } = door({}, {}, { dashboard: { id: 'b-1', etag: 'e1' } }, {});
    await saved.createDashboard('b-1', 'B');
    await saved.updateDashboard(board);
    await saved.removeDashboard(board);
    expect(asked).toEqual([
      { method: 'POST', path: '/api/v1/dashboards', body: { id: 'b-1', display_name: 'B' } },
      {
        method: 'PUT',
        path: '/api/v1/dashboards/b-1',
        body: {
          id: 'b-1',
          display_name: 'B',
          description: '',
          tiles: [{ analysis_id: 'q-1', title: '', width: 6 }],
          etag: 'e1',
        },
      },
      { path: '/api/v1/dashboards/b-1' },
      { method: 'DELETE', path: '/api/v1/dashboards/b-1' },
    ]);
  });
});
