import { flag, integer, list, text } from '../../api/decode';
import { unitField } from '../options';
import { people, weights, word } from '../sheet';
import type { Model } from './model';

const parts = ['new', 'returning', 'resurrecting', 'dormant'] as const;

/** Who is new, comes again, comes back after a pause, or stays away. */
export const lifecycle: Model = {
  fields: [
    { kind: 'event', name: 'event', label: 'analyses.event', path: ['selector'], empty: 'any' },
    { ...unitField, initial: ['TIME_UNIT_WEEK'] },
    {
      kind: 'choice',
      name: 'newcomer',
      label: 'analyses.newcomer',
      path: ['newcomer'],
      options: [
        { value: 'LIFECYCLE_NEWCOMER_FIRST_MATCHING', label: 'analyses.newcomer.matching' },
        { value: 'LIFECYCLE_NEWCOMER_FIRST_OF_PROFILE', label: 'analyses.newcomer.profile' },
      ],
      initial: ['LIFECYCLE_NEWCOMER_FIRST_MATCHING'],
    },
  ],
  sheets: (answer) => [
    {
      columns: [word('analyses.period'), ...parts.map((part) => word(`analyses.lifecycle.${part}`))],
      picture: 'heat',
      rows: list(answer.periods, (period) => {
        const start_date = text(period.start_date);
        const users = parts.map((part) => integer(period[`${part}_users`]));
        const heat = weights(users);
        return {
          incomplete: flag(period.incomplete),
          cells: [
            { shown: { kind: 'period', start: start_date } },
            ...parts.map((part, index) =>
              people(
                users[index] ?? 0,
                { lifecycle: { start_date, part: `LIFECYCLE_PART_${part.toUpperCase()}` } },
                { weight: heat[index] },
              ),
            ),
          ],
        };
      }),
    },
  ],
};
