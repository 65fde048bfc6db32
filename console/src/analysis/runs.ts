import type { Run } from '../api/analyses';
import { integer, type Json, needed, present } from '../api/decode';

/** A question that is answered in the background. Nobody lists these, so the browser remembers what it began. */
export interface RememberedRun {
  readonly id: string;
  readonly query: Json;
  /** When it was begun, in milliseconds. */
  readonly begun: number;
  /** What was last heard of it; not known right after a reload. */
  readonly run?: Run;
  /** Forgotten by the server too: answers are kept for an hour. */
  readonly gone?: boolean;
}

export type RunsAction =
  | { readonly kind: 'began'; readonly run: Run; readonly query: Json; readonly now: number }
  | { readonly kind: 'heard'; readonly news: readonly News[] }
  | { readonly kind: 'dismissed'; readonly id: string };

/** What a look at a run brought: how far it is, that it is no more, or nothing at all. */
export interface News {
  readonly id: string;
  readonly run?: Run;
  readonly gone?: boolean;
}

export function runsReducer(runs: readonly RememberedRun[], action: RunsAction): readonly RememberedRun[] {
  switch (action.kind) {
    case 'began':
      return [{ id: action.run.id, query: action.query, begun: action.now, run: action.run }, ...runs];
    case 'heard':
      return runs.map((each) => ({ ...each, ...action.news.find((news) => news.id === each.id) }));
    case 'dismissed':
      return runs.filter((each) => each.id !== action.id);
  }
}

/** Whether there is more to hear of it. */
export function unfinished({ run, gone }: RememberedRun): boolean {
  return !gone && (run === undefined || run.state === 'RUNNING');
}

/** Read so far, from 0 to 1; nothing while nobody can tell. */
export function progressOf({ rowsRead, rows }: Run): number | undefined {
  return rows > 0 ? Math.min(1, rowsRead / rows) : undefined;
}

/** What is remembered: neither answers nor states, which the server knows better. */
export function rememberedText(runs: readonly RememberedRun[]): string {
  return JSON.stringify(runs.map(({ id, query, begun }) => ({ id, query, begun })));
}

/** What was remembered; whatever is not ours is as if nothing had been. */
export function remembered(written: string | null): readonly RememberedRun[] {
  try {
    const entries: unknown = JSON.parse(written ?? '[]');
    return Array.isArray(entries)
      ? entries.map((entry) => ({
          id: needed('id')(present(entry, 'run').id),
          query: present(entry.query, 'query'),
          begun: integer(entry.begun),
        }))
      : [];
  } catch {
    return [];
  }
}
