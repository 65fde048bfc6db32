import { useCallback, useEffect, useReducer, useRef } from 'react';

/** A value on its way from the server. The last value stays visible while a newer one is loading. */
export interface Load<T> {
  readonly loading: boolean;
  readonly value: T | undefined;
  readonly failure: unknown;
}

export type LoadAction<T> =
  | { readonly kind: 'started' }
  | { readonly kind: 'succeeded'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: unknown };

export function loadReducer<T>(state: Load<T>, action: LoadAction<T>): Load<T> {
  switch (action.kind) {
    case 'started':
      return { ...state, loading: true, failure: undefined };
    case 'succeeded':
      return { loading: false, value: action.value, failure: undefined };
    case 'failed':
      return { ...state, loading: false, failure: action.failure };
  }
}

export interface Reloadable<T> extends Load<T> {
  readonly reload: () => void;
}

/** Loads on mount and whenever `load` changes identity; an answer that is no longer wanted is dropped. */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>): Reloadable<T> {
  const [state, dispatch] = useReducer(loadReducer<T>, {
    loading: true,
    value: undefined,
    failure: undefined,
  });
  const running = useRef<AbortController | undefined>(undefined);

  const reload = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    dispatch({ kind: 'started' });
    load(controller.signal).then(
      (value) => controller.signal.aborted || dispatch({ kind: 'succeeded', value }),
      (failure: unknown) => controller.signal.aborted || dispatch({ kind: 'failed', failure }),
    );
  }, [load]);

  useEffect(() => {
    reload();
    return () => running.current?.abort();
  }, [reload]);

  return { ...state, reload };
}
