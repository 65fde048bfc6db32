import { decimal, integer, type Json, list, record, seconds } from '../../api/decode';
import type { Field } from '../fields';
import { people, type Sheet, weights, word, words } from '../sheet';
import { label, labelCell } from './label';
import type { Model } from './model';

const figures = { seen: 'SEEN', clicked: 'CLICKED', clicked_when_seen: 'CLICKED_WHEN_SEEN' } as const;
const parts = ['seen', 'clicked', 'clicked_when_seen'] as const;

const event = (part: string, name: 'view' | 'scroll' | 'seen' | 'clicked'): Field => ({
  kind: 'event',
  name,
  label: `analyses.exposure.${name}`,
  path: [part, name],
  empty: 'none',
});
const property = (part: string, name: 'page' | 'depth' | 'element', propertyOf: string): Field => ({
  kind: 'text',
  propertyOf,
  name,
  label: `analyses.exposure.${name}`,
  path: [part, `${name}_property`],
});

/** How far pages are scrolled, and which elements are seen and clicked. Every figure counts users. */
export const exposure: Model = {
  fields: [
    event('pages', 'view'),
    event('pages', 'scroll'),
    property('pages', 'page', 'view'),
    property('pages', 'depth', 'scroll'),
    event('elements', 'seen'),
    event('elements', 'clicked'),
    property('elements', 'element', 'seen'),
  ],
  // Pages, elements or both; of each all or nothing.
  finish: (asked) => {
    const said = (part: unknown) => Object.keys(record(part)).length;
    const fine = [0, 4].includes(said(asked.pages)) && [0, 3].includes(said(asked.elements));
    return fine && (asked.pages || asked.elements) ? asked : undefined;
  },
  sheets: (answer) =>
    [pages(list(answer.pages, (entry) => entry)), elements(list(answer.elements, (entry) => entry))].filter(
      (sheet) => sheet.rows.length > 0,
    ),
};

function pages(found: readonly Json[]): Sheet {
  return {
    title: word('analyses.exposure.pages'),
    columns: [
      word('analyses.exposure.onePage'),
      word('overview.users'),
      word('analyses.exposure.dwell'),
      ...Array.from({ length: 10 }, (_, index) => words(`${(index + 1) * 10}%`)),
    ],
    picture: 'heat',
    rows: found.map((entry) => {
      const page = labelCell(entry.page);
      const viewers = integer(record(entry.views).users);
      return {
        cells: [
          { shown: label(entry.page) },
          people(viewers, { exposure: { page } }),
          { shown: { kind: 'time', seconds: seconds(entry.median_dwell) } },
          ...list(entry.reached, (count) => integer(count.users)).map((users, index) =>
            people(
              users,
              { exposure: { page, percent: (index + 1) * 10 } },
              { weight: viewers > 0 ? users / viewers : 0 },
            ),
          ),
        ],
      };
    }),
  };
}

function elements(found: readonly Json[]): Sheet {
  const bars = weights(found.map((entry) => integer(record(entry.seen).users)));
  return {
    title: word('analyses.exposure.elements'),
    columns: [
      word('analyses.exposure.oneElement'),
      ...parts.map((part) => word(`analyses.exposure.users.${part}`)),
      word('analyses.exposure.rate'),
    ],
    picture: 'bars',
    rows: found.map((entry, index) => ({
      cells: [
        { shown: label(entry.element), weight: bars[index] },
        ...parts.map((part) =>
          people(integer(record(entry[part]).users), {
            exposure: { element: labelCell(entry.element), figure: `EXPOSURE_FIGURE_${figures[part]}` },
          }),
        ),
        { shown: { kind: 'share', value: decimal(entry.user_click_rate) } },
      ],
    })),
  };
}
