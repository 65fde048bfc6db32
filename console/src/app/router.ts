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
  'flags',
  'experiments',
] as const;
export type PageName = (typeof pages)[number];

/** Where the console is: a page and what it shows, for example a profile's id. */
export interface Route {
  readonly page: PageName | undefined;
  readonly argument: string;
  /** Which part of what is shown, for example the results of an experiment; empty for the first. */
  readonly part: string;
}

/** Addresses live in the hash, so that any static server can serve every page. */
export function parseRoute(hash: string): Route {
  const [name = '', argument = '', part = ''] = hash.replace(/^#\/?/, '').split('/');
  if (name === '') {
    return { page: 'overview', argument: '', part: '' };
  }
  return { page: pages.find((page) => page === name), argument: decoded(argument), part: decoded(part) };
}

export function href(page: PageName, argument = '', part = ''): string {
  return ['#', page, ...[argument, part].filter((each) => each !== '').map(encodeURIComponent)].join('/');
}

export function navigate(page: PageName, argument = '', part = ''): void {
  window.location.hash = href(page, argument, part);
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
