import type { ReactNode } from 'react';
import type { Retention } from '../api/models';
import { useConsole } from '../app/context';
import { Table } from '../ui/parts';

/** Percent of colour for everybody; more would cost the text its contrast. */
export const fullHeat = 65;

/** Cohorts by period; the stronger the colour, the more came back. The share is always written too. */
export function HeatTable({ retention }: { retention: Retention }): ReactNode {
  const { t, format } = useConsole();
  const periods = Math.max(0, ...retention.cohorts.map((cohort) => cohort.cells.length));
  const numbers = Array.from({ length: periods }, (_, index) => index + 1);
  return (
    <Table label={t('retention.table')}>
      <thead>
        <tr>
          <th>{t('retention.cohort')}</th>
          <th className="number">{t('overview.users')}</th>
          {numbers.map((number) => (
            <th key={number} className="number">
              +{number}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="heat">
        <tr className="heat-mean">
          <th scope="row" title={t('retention.mean.hint')}>
            {t('retention.mean')}
          </th>
          <td className="number">
            {format.count(retention.cohorts.reduce((sum, cohort) => sum + cohort.users, 0))}
          </td>
          {numbers.map((number) => (
            <HeatCell key={number} rate={retention.meanRates[number - 1]} />
          ))}
        </tr>
        {retention.cohorts.map((cohort) => (
          <tr key={cohort.startDate}>
            <th scope="row">{format.day(cohort.startDate)}</th>
            <td className="number">{format.count(cohort.users)}</td>
            {numbers.map((number) => {
              const cell = cohort.cells[number - 1];
              return (
                <HeatCell key={number} rate={cell?.rate} users={cell?.users} incomplete={cell?.incomplete} />
              );
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function HeatCell(props: {
  rate: number | undefined;
  users?: number | undefined;
  incomplete?: boolean | undefined;
}): ReactNode {
  const { t, format } = useConsole();
  const { rate, users, incomplete } = props;
  if (rate === undefined) {
    return <td />;
  }
  const title = [
    users === undefined ? '' : t('users.total', { count: format.count(users) }),
    incomplete ? t('retention.incomplete') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <td
      className={incomplete ? 'number heat-cell incomplete' : 'number heat-cell'}
      style={{ '--heat': `${Math.round(Math.min(1, rate) * fullHeat)}%` } as React.CSSProperties}
      title={title}
    >
      {format.share(rate)}
    </td>
  );
}
