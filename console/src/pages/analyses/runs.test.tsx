import { describe, expect, it } from 'vitest';
import type { RememberedRun } from '../../analysis/runs';
import type { Run } from '../../api/analyses';
import type { Runs } from '../../app/runs';
import { markup } from '../../testing';
import { Large } from './Cost';
import { RunList } from './RunList';

const run: Run = { id: 'r', state: 'RUNNING', rowsRead: 20, rows: 100, result: undefined, failure: '' };
const known: RememberedRun = { id: 'r', query: { scope: {}, trend: {} }, begun: 0, run };

function listed(...runs: RememberedRun[]): string {
  const all: Runs = { runs, start: async () => {}, cancel: async () => {}, dismiss: () => {} };
  return markup(<RunList runs={all} onOpen={() => {}} />);
}

describe('the list of runs', () => {
  it('is not there without one', () => {
    expect(listed()).toBe('');
  });

  it('shows how far one is and lets it be stopped', () => {
    const list = listed(known);
    expect(list).toMatch(/<progress aria-label="Events read" value="0.2"/);
    expect(list).toContain('20 of about 100 events read');
    expect(list).toContain('cancel-run');
    expect(list).not.toContain('open-run');
  });

  it('waits for one it has not heard of since the reload', () => {
    const { run: _, ...again } = known;
    expect(listed(again)).toContain('cancel-run');
  });

  it('opens what is done, and says why there is nothing to open', () => {
    const as = (state: Run['state'], failure = '') => listed({ ...known, run: { ...run, state, failure } });
    expect(as('DONE')).toContain('open-run');
    expect(as('CANCELLED')).toContain('Stopped.');
    expect(as('FAILED', 'Too much memory')).toContain('It failed: Too much memory');
    expect(listed({ ...known, gone: true })).toContain('no longer kept');
    for (const list of [as('CANCELLED'), as('FAILED'), listed({ ...known, gone: true })]) {
      expect(list).not.toContain('open-run');
      expect(list).not.toContain('cancel-run');
      expect(list).toContain('Remove from the list');
    }
  });
});

describe('a large question', () => {
  const asked = (rows: number) =>
    markup(
      <Large estimate={{ rows, maxRows: 100_000_000 }} onWait={() => {}} onBackground={async () => {}} />,
    );

  it('is asked here or in the background, whoever likes', () => {
    expect(asked(60_000_000)).toContain('about 60,000,000 events');
    expect(asked(60_000_000).match(/<button/g)).toHaveLength(2);
  });

  it('above the limit is not asked at all', () => {
    expect(asked(100_000_001)).not.toContain('<button');
    expect(asked(100_000_001)).toContain('Choose a shorter range');
  });
});
