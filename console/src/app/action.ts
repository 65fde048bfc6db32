import { useState } from 'react';

/** A change somebody asked for: not yet, under way, or failed. It runs once at a time. */
export interface Action {
  readonly busy: boolean;
  readonly failure: unknown;
  readonly run: (work: () => Promise<void>) => void;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const run = (work: () => Promise<void>) => {
    if (busy) {
      return;
    }
    setBusy(true);
    setFailure(undefined);
    work()
      .catch((cause: unknown) => {
        if (!(cause instanceof DOMException && cause.name === 'AbortError')) {
          setFailure(cause);
        }
      })
      .finally(() => setBusy(false));
  };
  return { busy, failure, run };
}
