import { useEffect, useReducer, useRef } from 'react';
import {
  type News,
  type RememberedRun,
  remembered,
  rememberedText,
  runsReducer,
  unfinished,
} from '../analysis/runs';
import { Problem } from '../api/client';
import type { Json } from '../api/decode';
import type { Tenure } from '../api/tenure';
import { useConsole } from './context';

/** The questions this browser tab has begun in the background, and what can be done with them. */
export interface Runs {
  readonly runs: readonly RememberedRun[];
  readonly start: (query: Json) => Promise<void>;
  readonly cancel: (id: string) => Promise<void>;
  readonly dismiss: (id: string) => void;
}

const pollMilliseconds = 1_000;

/**
 * They outlive a reload but not the tab: a question can name people's values, which have no place in a browser that others
 * use later.
 */
export function useRuns(): Runs {
  const { tenure, project } = useConsole();
  const name = `tenure.runs.${project}`;
  const [runs, dispatch] = useReducer(runsReducer, name, (key) => remembered(stored(key)));
  useEffect(() => store(name, rememberedText(runs)), [name, runs]);
  const looked = useRef(false);
  useEffect(() => {
    const waited = runs.filter(unfinished);
    if (waited.length === 0) {
      return;
    }
    const leaving = new AbortController();
    const look = async () => {
      const news = await Promise.all(waited.map(({ id }) => hear(tenure, id, leaving.signal)));
      if (!leaving.signal.aborted) {
        dispatch({ kind: 'heard', news });
      }
    };
    const later = setTimeout(look, looked.current ? pollMilliseconds : 0);
    looked.current = true;
    return () => {
      clearTimeout(later);
      leaving.abort();
    };
  }, [tenure, runs]);
  return {
    runs,
    start: async (query) => {
      const run = await tenure.analyses.start(query);
      dispatch({ kind: 'began', run, query, now: Date.now() });
    },
    cancel: (id) => tenure.analyses.cancel(id),
    dismiss: (id) => dispatch({ kind: 'dismissed', id }),
  };
}

/** Anything but its absence may pass, and is asked for again. */
async function hear(tenure: Tenure, id: string, signal: AbortSignal): Promise<News> {
  try {
    return { id, run: await tenure.analyses.progress(id, signal) };
  } catch (failure) {
    return failure instanceof Problem && failure.status === 404 ? { id, gone: true } : { id };
  }
}

/** Whoever signs out leaves no questions behind. */
export function forgetRuns(): void {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith('tenure.runs.')) {
        sessionStorage.removeItem(key);
      }
    }
  } catch {
    // Storage is forbidden: nothing was kept.
  }
}

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name: string, runs: string): void {
  try {
    sessionStorage.setItem(name, runs);
  } catch {
    // Storage is forbidden or full: the runs are known until the page is left.
  }
}
