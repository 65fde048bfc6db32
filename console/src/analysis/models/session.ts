import { decimal, flag, integer, type Json, list, record, seconds, text } from '../../api/decode';
import type { Key } from '../../i18n/translate';
import { unitField } from '../options';
import {
  type Cell,
  line,
  number,
  people,
  type Row,
  type Sheet,
  type Shown,
  weights,
  word,
  words,
} from '../sheet';
import { label, labelCell } from './label';
import type { Model } from './model';

const figureColumns: readonly Shown[] = [
  word('analyses.session.sessions'),
  word('overview.users'),
  word('analyses.session.perUser'),
  word('analyses.session.depth'),
  word('analyses.session.median'),
  word('analyses.session.bounceRate'),
  word('analyses.session.bounced'),
];

/** How users come, stay and leave. */
export const session: Model = {
  fields: [
    unitField,
    {
      kind: 'text',
      name: 'property',
      label: 'analyses.session.property',
      path: ['property'],
      propertyOf: '',
    },
  ],
  sheets: (answer) => {
    if (integer(record(answer.total).sessions) === 0) {
      return [];
    }
    const values = list(answer.values, (entry) => entry);
    return [
      periods(answer),
      ...(values.length > 0 ? [byValue(values)] : []),
      events(answer),
      buckets(
        'analyses.session.depths',
        'depth',
        list(answer.depths, (entry) => entry),
      ),
      buckets(
        'analyses.session.durations',
        'duration',
        list(answer.durations, (entry) => entry),
      ),
    ];
  },
};

function periods(answer: Json): Sheet {
  const found = list(answer.periods, (period) => period);
  return {
    columns: [word('analyses.period'), ...figureColumns],
    line: line(
      found.map((period) => ({
        startDate: text(period.start_date),
        value: integer(record(period.figures).sessions),
        incomplete: flag(period.incomplete),
      })),
    ),
    rows: [
      { cells: [{ shown: word('analyses.total') }, ...figures(answer.total, {})] },
      ...found.map(
        (period): Row => ({
          incomplete: flag(period.incomplete),
          cells: [
            { shown: { kind: 'period', start: text(period.start_date) } },
            ...figures(period.figures, { start_date: text(period.start_date) }),
          ],
        }),
      ),
    ],
  };
}

function byValue(values: readonly Json[]): Sheet {
  return {
    title: word('analyses.session.values'),
    columns: [word('analyses.value'), ...figureColumns],
    rows: values.map((entry) => ({
      cells: [{ shown: label(entry.value) }, ...figures(entry.figures, { value: labelCell(entry.value) })],
    })),
  };
}

function figures(value: unknown, cell: Json): Cell[] {
  const entry = record(value);
  const none = integer(entry.sessions) === 0;
  const mean = (field: unknown) => (none ? undefined : decimal(field));
  return [
    { shown: number(integer(entry.sessions)) },
    people(integer(entry.users), { session: cell }),
    { shown: number(mean(entry.per_user)) },
    { shown: number(mean(entry.mean_depth)) },
    { shown: { kind: 'time', seconds: seconds(record(entry.duration).median) } },
    { shown: { kind: 'share', value: mean(entry.bounce_rate) } },
    people(integer(entry.bounced_users), { session: { ...cell, bounced: true } }),
  ];
}

function events(answer: Json): Sheet {
  const found = list(answer.events, (entry) => entry);
  const bars = weights(found.map((entry) => integer(entry.sessions)));
  return {
    title: word('analyses.session.events'),
    columns: [
      word('analyses.event'),
      word('analyses.session.sessions'),
      word('overview.users'),
      word('analyses.session.entryUsers'),
      word('analyses.session.exitUsers'),
      word('analyses.session.exitRate'),
    ],
    picture: 'bars',
    rows: found.map((entry, index) => ({
      cells: [
        { shown: label(entry.name), weight: bars[index] },
        { shown: number(integer(entry.sessions)) },
        people(integer(entry.users), { session: { event: labelCell(entry.name) } }),
        people(integer(entry.entry_users), { session: { entry: labelCell(entry.name) } }),
        people(integer(entry.exit_users), { session: { exit: labelCell(entry.name) } }),
        { shown: { kind: 'share', value: decimal(entry.exit_rate) } },
      ],
    })),
  };
}

function buckets(title: Key, part: 'depth' | 'duration', found: readonly Json[]): Sheet {
  const bars = weights(found.map((entry) => integer(entry.sessions)));
  return {
    title: word(title),
    columns: [word('analyses.atLeast'), word('analyses.session.sessions'), word('overview.users')],
    picture: 'bars',
    rows: found.map((entry, index) => ({
      cells: [
        {
          shown:
            part === 'depth'
              ? words(String(integer(entry.least)))
              : { kind: 'time', seconds: seconds(entry.least) ?? 0 },
          weight: bars[index],
        },
        { shown: number(integer(entry.sessions)) },
        people(integer(entry.users), { session: { [part]: index } }),
      ],
    })),
  };
}
