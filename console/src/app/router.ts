import { useSyncExternalStore } from 'react';

/** The pages; each is the first segment of the address after the hash. */
export const pages = [
  'overview',
  'analyses',
  'dashboards',
  'funnel',
  'retention',
  'segments',
  'alerts',
  'profiles',
] as const;
export type PageName = (typeof pages)[number];

/** Where the console is: a page and what it shows, for example a profile's id. */
export interface Route {
  readonly page: PageName | undefined;
  readonly argument: string;
}

/** Addresses live in the hash, so that any static server can serve every page. */
export function parseRoute(hash: string): Route {
  const [name = '', argument = ''] = hash.replace(/^#\/?/, '').split('/');
  if (name === '') {
    return { page: 'overview', argument: '' };
  }
  return { page: pages.find((page) => page === name), argument: decoded(argument) };
}

export function href(page: PageName, argument = ''): string {
  return argument ? `#/${page}/${encodeURIComponent(argument)}` : `#/${page}`;
}

export function navigate(page: PageName, argument = ''): void {
  window.location.hash = href(page, argument);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => window.location.hash));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function decoded(argument: string): string {
  try {
    return decodeURIComponent(argument);
  } catch {
    return argument;
  }
}
