import { decimal, flag, integer, type Json, list, record, seconds, text } from '../../api/decode';
import { numbers } from '../options';
import { number, people, type Sheet, type Shown, weights, word, words } from '../sheet';
import type { Model } from './model';

/** What users do after an event, before one, or between two. */
export const path: Model = {
  fields: [
    {
      kind: 'event',
      name: 'start',
      label: 'analyses.path.start',
      path: ['start'],
      empty: 'none',
      initial: ['Login', 'AppInstall'],
    },
    { kind: 'event', name: 'end', label: 'analyses.path.end', path: ['end'], empty: 'none' },
    {
      kind: 'choice',
      name: 'steps',
      label: 'analyses.path.steps',
      path: ['steps'],
      options: numbers(3, 5, 8, 12),
      numeric: true,
      initial: ['5'],
    },
    { kind: 'text', name: 'property', label: 'analyses.path.property', path: ['property'], propertyOf: '' },
  ],
  // A start, an end or both; the page first offers a start.
  finish: (asked) => (asked.start || asked.end ? asked : undefined),
  sheets: (answer) => {
    const nodes = list(answer.nodes, (entry) => entry);
    return nodes.length === 0 ? [] : [nodeSheet(nodes, flag(answer.incomplete)), edgeSheet(answer)];
  },
};

function nodeSheet(nodes: readonly Json[], incomplete: boolean): Sheet {
  const bars = weights(nodes.map((entry) => integer(record(entry.count).users)));
  return {
    title: word('analyses.path.nodes'),
    columns: [
      word('analyses.path.step'),
      word('analyses.path.node'),
      word('overview.users'),
      word('analyses.path.paths'),
      word('analyses.path.lost'),
      word('analyses.path.churn'),
      word('analyses.path.dwell'),
    ],
    picture: 'bars',
    rows: nodes.map((entry, index) => {
      const count = record(entry.count);
      const place = { step: integer(entry.step), node: nodeCell(entry.node) };
      return {
        incomplete,
        cells: [
          { shown: words(String(integer(entry.step) + 1)) },
          { shown: node(entry.node), weight: bars[index] },
          people(integer(count.users), { path: { at: place } }),
          { shown: number(integer(count.paths)) },
          people(integer(entry.lost_users), { path: { lost: place } }),
          { shown: { kind: 'share', value: decimal(entry.churn_rate) } },
          { shown: { kind: 'time', seconds: seconds(entry.median_dwell) } },
        ],
      };
    }),
  };
}

function edgeSheet(answer: Json): Sheet {
  const edges = list(answer.edges, (entry) => entry);
  const bars = weights(edges.map((entry) => integer(record(entry.count).users)));
  return {
    title: word('analyses.path.edges'),
    columns: [
      word('analyses.path.step'),
      word('analyses.path.from'),
      word('analyses.path.to'),
      word('overview.users'),
      word('analyses.path.paths'),
    ],
    picture: 'bars',
    rows: edges.map((entry, index) => {
      const count = record(entry.count);
      const between = {
        step: integer(entry.step),
        from: nodeCell(entry.from),
        to: nodeCell(entry.to),
      };
      return {
        incomplete: flag(answer.incomplete),
        cells: [
          { shown: words(`${between.step + 1} → ${between.step + 2}`) },
          { shown: node(entry.from) },
          { shown: node(entry.to), weight: bars[index] },
          people(integer(count.users), { path: { between } }),
          { shown: number(integer(count.paths)) },
        ],
      };
    }),
  };
}

function node(value: unknown): Shown {
  const entry = record(value);
  if (flag(entry.other)) {
    return word('analyses.other');
  }
  return words(entry.value === undefined ? text(entry.name) : `${text(entry.name)} · ${text(entry.value)}`);
}

function nodeCell(value: unknown): Json {
  const entry = record(value);
  if (flag(entry.other)) {
    return { other: true };
  }
  return { name: text(entry.name), ...(entry.value !== undefined && { value: text(entry.value) }) };
}
