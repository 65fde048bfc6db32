import type { Json } from '../api/decode';
import type { Funnel, FunnelStep } from '../api/models';
import { label, labelCell } from './models/label';
import { type Cell, number, people, type Row, type Sheet, type Shown, weights, word, words } from './sheet';

/** How far each value of the breakdown got, with all that are not shown in one row; nothing without a breakdown. */
export function valueSheet({ steps, values, others }: Funnel, by: string): Sheet | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const rows = values.map(({ value, steps: reached }) => {
    const part = value === undefined ? { without_value: true } : { value };
    return valueRow(label({ text: value }), reached, part);
  });
  return {
    title: word('funnel.values', { name: by }),
    columns: [
      word('funnel.value'),
      ...steps.map((step, index) => words(`${index + 1} ${step.name}`)),
      word('funnel.conversion'),
    ],
    picture: 'heat',
    rows: others.length > 0 ? [...rows, valueRow(word('funnel.others'), others, { others: true })] : rows,
  };
}

function valueRow(shown: Shown, steps: readonly FunnelStep[], part: Json): Row {
  const reached: Cell[] = steps.map(({ users, totalRate }, step) =>
    people(users, { funnel: { step, ...part } }, { weight: totalRate }),
  );
  return { cells: [{ shown }, ...reached, { shown: { kind: 'share', value: steps.at(-1)?.totalRate } }] };
}

/** What those lost went on with: a table for each step before which attempts were lost. */
export function nextEventSheets({ steps, nextEvents }: Funnel): readonly Sheet[] {
  return steps.flatMap(({ name }, step) => {
    const found = nextEvents.filter((next) => next.step === step);
    return found.length === 0 ? [] : [nextEventSheet(step, name, found)];
  });
}

function nextEventSheet(step: number, name: string, found: Funnel['nextEvents']): Sheet {
  const bars = weights(found.map(({ attempts }) => attempts));
  return {
    title: word('funnel.next.before', { number: step + 1, name }),
    columns: [
      word('funnel.next.event'),
      word('funnel.next.attempts'),
      word('overview.users'),
      word('funnel.next.dwell'),
    ],
    picture: 'bars',
    rows: found.map(({ event, attempts, users, medianDwell }, index) => ({
      cells: [
        { shown: nextLabel(event), weight: bars[index] },
        { shown: number(attempts) },
        people(users, { funnel: { step, lost: true, next_event: labelCell(event) } }),
        { shown: { kind: 'time', seconds: medianDwell } },
      ],
    })),
  };
}

/** An event without a text stands for none at all. */
function nextLabel(event: Json): Shown {
  const shown = label(event);
  return shown.kind === 'word' && shown.key === 'analyses.withoutValue' ? word('funnel.next.none') : shown;
}

/** How long the attempts that did all steps took; nothing without any. */
export function timeSheet({ times }: Funnel): Sheet | undefined {
  if (times.length === 0) {
    return undefined;
  }
  const bars = weights(times.map(({ attempts }) => attempts));
  return {
    columns: [
      word('analyses.from'),
      word('analyses.to'),
      word('funnel.next.attempts'),
      word('overview.users'),
    ],
    picture: 'bars',
    rows: times.map(({ leastTime = 0, mostTime = 0, attempts, users }, bar) => ({
      cells: [
        { shown: { kind: 'time', seconds: leastTime }, weight: bars[bar] },
        { shown: { kind: 'time', seconds: mostTime } },
        { shown: number(attempts) },
        people(users, { funnel: { bar } }),
      ],
    })),
  };
}
