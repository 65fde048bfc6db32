import type { ReactNode } from 'react';

/** Line icons on a 20 x 20 grid; decoration only, a label always stands beside them. */
const paths = {
  overview: 'M3 11h5v6H3zM12 3h5v14h-5zM3 3h5v5H3z',
  analyses: 'M3 17h14M5 14V9M10 14V4M15 14v-7',
  funnel: 'M3 4h14l-5.5 6.5V16l-3 1.5v-7z',
  retention: 'M3 4h14M3 8h11M3 12h7M3 16h4',
  segments: 'M10 3a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM3.5 17a6.6 6.6 0 0 1 13 0',
  alerts: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3',
  profiles: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4',
  flags: 'M5 18V3M5 4h10l-2 3.500 2 3.500H5',
  experiments: 'M8 3h4M8.500 3v5L4 16.500h12L11.500 8V3M6.500 12.500h7',
  menu: 'M3 5h14M3 10h14M3 15h14',
  close: 'M5 5l10 10M15 5L5 15',
  up: 'M10 15V5M5.5 9.5L10 5l4.5 4.5',
  down: 'M10 5v10M5.5 10.5L10 15l4.5-4.5',
  choose: 'M5 8l5 5 5-5',
  plus: 'M10 4v12M4 10h12',
  reload: 'M15.5 8A6 6 0 1 0 16 11M16 4v4h-4',
  system: 'M3 4h14v9H3zM7 17h6M10 13v4',
  light:
    'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1 1M14.7 14.7l1 1M4.3 15.7l1-1M14.7 5.3l1-1',
  dark: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.500 8.5z',
  signOut: 'M8 3H4v14h4M13 6.500l3.500 3.500-3.500 3.500M16.500 10H8',
  rename: 'M4 16l1-4 8.500-8.500 3 3L8 15zM11.500 5l3 3',
  remove: 'M4 6h12M8 6V4h4v2M6 6l.8 10.500h6.400L14 6',
  dashboards: 'M3 3h6v8H3zM11 3h6v5h-6zM11 10h6v7h-6zM3 13h6v4H3z',
  check: 'M4.500 10.500l3.500 3.500 7.500-8',
  warning: 'M10 3l7.500 13.500h-15zM10 8v4M10 14.200v.2',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
