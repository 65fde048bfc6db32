import { decimal, flag, integer, type Json, list, text } from '../../api/decode';
import { units } from '../options';
import { number, people, type Sheet, type Shown, weights, word, words } from '../sheet';
import type { Model } from './model';

/** How users differ in what they do; with active days, weeks or months it is stickiness. */
export const distribution: Model = {
  fields: [
    { kind: 'event', name: 'event', label: 'analyses.event', path: ['selector'], empty: 'any' },
    {
      kind: 'choice',
      name: 'active',
      label: 'analyses.measured',
      path: ['active_periods'],
      options: [
        { value: '', label: 'analyses.measured.events' },
        { value: 'TIME_UNIT_DAY', label: 'analyses.measured.days' },
        { value: 'TIME_UNIT_WEEK', label: 'analyses.measured.weeks' },
        { value: 'TIME_UNIT_MONTH', label: 'analyses.measured.months' },
      ],
    },
    {
      kind: 'text',
      name: 'sum',
      label: 'analyses.measured.sum',
      path: ['sum_property'],
      propertyOf: 'event',
      shown: (draft) => !draft.active,
    },
    {
      kind: 'choice',
      name: 'frame',
      label: 'analyses.frame',
      path: ['frame'],
      options: [{ value: '', label: 'analyses.frame.none' }, ...units.slice(1)],
    },
  ],
  finish: (asked) => (asked.active_periods || asked.sum_property ? asked : { ...asked, events: true }),
  sheets: (answer, asked) => {
    const whole = !asked.sum_property;
    const frames = list(answer.frames, (frame) => frame);
    const [only] = frames;
    return only && frames.length === 1 && !text(only.start_date)
      ? [buckets(only, whole)]
      : [byFrame(frames, whole)];
  },
};

function buckets(frame: Json, whole: boolean): Sheet {
  const found = list(frame.buckets, (bucket) => bucket);
  const users = found.map((bucket) => integer(bucket.users));
  const bars = weights(users);
  const all = integer(frame.users);
  return {
    columns: [word('analyses.bucket'), word('overview.users'), word('overview.share')],
    picture: 'bars',
    rows: found.map((bucket, index) => ({
      incomplete: flag(frame.incomplete),
      cells: [
        { shown: name(bucket, whole), weight: bars[index] },
        people(users[index] ?? 0, cell('', bucket)),
        { shown: { kind: 'share', value: all > 0 ? (users[index] ?? 0) / all : undefined } },
      ],
    })),
  };
}

function byFrame(frames: readonly Json[], whole: boolean): Sheet {
  return {
    columns: [
      word('analyses.period'),
      word('overview.users'),
      word('analyses.mean'),
      ...list(frames[0]?.buckets, (bucket) => name(bucket, whole)),
    ],
    picture: 'heat',
    rows: frames.map((frame) => {
      const found = list(frame.buckets, (bucket) => bucket);
      const heat = weights(found.map((bucket) => integer(bucket.users)));
      return {
        incomplete: flag(frame.incomplete),
        cells: [
          { shown: { kind: 'period', start: text(frame.start_date) } },
          { shown: number(integer(frame.users)) },
          { shown: number(text(frame.mean) ? decimal(frame.mean) : undefined) },
          ...found.map((bucket, index) =>
            people(integer(bucket.users), cell(text(frame.start_date), bucket), { weight: heat[index] }),
          ),
        ],
      };
    }),
  };
}

/** A bucket of whole numbers that holds a single one is called by it. */
function name(bucket: Json, whole: boolean): Shown {
  const least = text(bucket.least);
  const below = text(bucket.below);
  if (!least) {
    return below ? word('analyses.bucket.below', { below }) : word('analyses.all');
  }
  if (!below) {
    return words(`≥ ${least}`);
  }
  const single = whole && Number.isInteger(Number(least)) && Number(below) - Number(least) === 1;
  return words(single ? least : `${least} ≤ x < ${below}`);
}

function cell(start_date: string, bucket: Json): Json {
  return { distribution: { ...(start_date && { start_date }), least: text(bucket.least) } };
}
