import { type ReactNode, useCallback, useState } from 'react';
import type { Page } from '../api/page';
import { useConsole } from '../app/context';
import { type Reloadable, useLoad } from '../app/load';
import { Empty, Failure, Loaded } from './parts';

/** Loads the page behind a token; the empty token is the first. */
export type PageSource<T> = (pageToken: string, signal?: AbortSignal) => Promise<Page<T>>;

/** The pages of a list loaded so far. */
export interface Pages<T> {
  readonly first: Reloadable<Page<T>>;
  readonly entries: readonly T[];
  readonly failure: unknown;
  /** Loads the next page; not there at the end. */
  readonly more: (() => void) | undefined;
}

/** Pages after the first, which are void once the first is loaded anew. */
interface Later<T> {
  readonly after: Page<T> | undefined;
  readonly pages: readonly Page<T>[];
  readonly failure: unknown;
}

export function usePages<T>(source: PageSource<T>): Pages<T> {
  const first = useLoad(useCallback((signal: AbortSignal) => source('', signal), [source]));
  const [loaded, setLoaded] = useState<Later<T>>({ after: undefined, pages: [], failure: undefined });
  const later = loaded.after === first.value ? loaded : { pages: [], failure: undefined };
  const pages = first.value ? [first.value, ...later.pages] : [];
  const token = pages.at(-1)?.nextPageToken;
  const more = (nextToken: string) =>
    source(nextToken).then(
      (page) => setLoaded({ after: first.value, pages: [...later.pages, page], failure: undefined }),
      (failure: unknown) => setLoaded({ after: first.value, pages: later.pages, failure }),
    );
  return {
    first,
    entries: pages.flatMap((page) => page.entries),
    failure: later.failure,
    more: token ? () => more(token) : undefined,
  };
}

/** Shows the pages loaded so far, with a button for the next. */
export function Paged<T>(props: {
  pages: Pages<T>;
  empty: string;
  children: (entries: readonly T[], first: Page<T>) => ReactNode;
}): ReactNode {
  const { t } = useConsole();
  const { pages, empty, children } = props;
  return (
    <Loaded from={pages.first}>
      {(first) =>
        pages.entries.length === 0 ? (
          <Empty>{empty}</Empty>
        ) : (
          <>
            {children(pages.entries, first)}
            {pages.failure !== undefined && <Failure failure={pages.failure} />}
            {pages.more && (
              <button type="button" className="more" onClick={pages.more}>
                {t('app.more')}
              </button>
            )}
          </>
        )
      }
    </Loaded>
  );
}
