import { decimal, integer, type Json, list, record, seconds } from '../../api/decode';
import { type Cell, people, type Sheet, weights, word } from '../sheet';
import { label, labelCell } from './label';
import type { Model } from './model';
import { spread, spreadColumns } from './spread';

const whole = { begun: 'STARTED', submitted: 'SUBMITTED', abandoned: 'ABANDONED', open: 'OPEN' } as const;
const ofQuestion = {
  shown: 'SHOWN',
  started: 'STARTED',
  answered: 'ANSWERED',
  edits: 'EDITED',
  returns: 'RETURNED',
  abandoned: 'ABANDONED',
} as const;

/** How a form is filled in, question by question; never what was answered. Every figure counts users. */
export const form: Model = {
  fields: [
    { kind: 'text', name: 'form', label: 'analyses.form.id', path: ['form_id'], required: true },
    {
      kind: 'event',
      name: 'question',
      label: 'analyses.form.question',
      path: ['question'],
      empty: 'usual',
    },
    { kind: 'event', name: 'submit', label: 'analyses.form.submit', path: ['submit'], empty: 'usual' },
  ],
  sheets: (answer) =>
    integer(record(answer.begun).users) === 0 && integer(record(answer.open).users) === 0
      ? []
      : [fillings(answer), questions(list(answer.questions, (entry) => entry))],
};

/** How long submitted fillings took stands beside their users; its number of samples would say them twice. */
function fillings(answer: Json): Sheet {
  return {
    columns: [
      word('analyses.form.fillings'),
      ...(['begun', 'submitted', 'abandoned', 'open'] as const).map((part) => word(`analyses.form.${part}`)),
      ...spreadColumns.slice(1),
    ],
    rows: [
      {
        cells: [
          { shown: word('analyses.all') },
          ...figures(answer, whole, {}),
          ...spread(answer.submit_time).slice(1),
        ],
      },
    ],
  };
}

function questions(found: readonly Json[]): Sheet {
  const bars = weights(found.map((entry) => integer(record(entry.shown).users)));
  return {
    title: word('analyses.form.questions'),
    columns: [
      word('analyses.form.one'),
      ...(['shown', 'started', 'answered', 'edits', 'returns', 'abandoned'] as const).map((part) =>
        word(`analyses.form.${part}`),
      ),
      word('analyses.form.abandonRate'),
      word('analyses.form.time'),
    ],
    picture: 'bars',
    rows: found.map((entry, index) => ({
      cells: [
        { shown: label(entry.question), weight: bars[index] },
        ...figures(entry, ofQuestion, { question: labelCell(entry.question) }),
        { shown: { kind: 'share', value: decimal(entry.abandon_rate) } },
        { shown: { kind: 'time', seconds: seconds(record(entry.time).median) } },
      ],
    })),
  };
}

function figures(entry: Json, named: Readonly<Record<string, string>>, of: Json): Cell[] {
  return Object.entries(named).map(([part, figure]) =>
    people(integer(record(entry[part]).users), { form: { figure: `FORM_FIGURE_${figure}`, ...of } }),
  );
}
