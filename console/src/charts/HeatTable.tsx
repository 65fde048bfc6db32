import type { ReactNode } from 'react';
import type { Bracket, Retention, RetentionCell } from '../api/models';
import { useConsole } from '../app/context';
import { Table } from '../ui/parts';

/** Percent of colour for everybody; more would cost the text its contrast. */
export const fullHeat = 65;

/** Opens the users of a cohort who are in a column, by the column's number and name; column 0 is the cohort itself. */
export type OpenCohort = (startDate: string, period: number, column: string) => void;

/** Cohorts by period; the stronger the colour, the more came back. The share is always written too. */
export function HeatTable(props: { retention: Retention; onOpen: OpenCohort }): ReactNode {
  const { t, format } = useConsole();
  const { retention, onOpen } = props;
  const { cohorts, meanRates } = retention;
  const periods = Math.max(0, ...cohorts.map((cohort) => cohort.cells.length));
  const columns = Array.from({ length: periods }, (_, index) => columnName(retention.brackets[index], index));
  const users = t('overview.users');
  return (
    <Table label={t('retention.table')}>
      <thead>
        <tr>
          <th>{t('retention.cohort')}</th>
          <th className="number">{users}</th>
          {columns.map((column) => (
            <th key={column} className="number">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="heat">
        <tr className="heat-mean">
          <th scope="row" title={t('retention.mean.hint')}>
            {t('retention.mean')}
          </th>
          <td className="number">{format.count(cohorts.reduce((sum, cohort) => sum + cohort.users, 0))}</td>
          {columns.map((column, index) => (
            <HeatCell key={column} rate={meanRates[index]} />
          ))}
        </tr>
        {cohorts.map(({ startDate, users: members, cells }) => (
          <tr key={startDate}>
            <th scope="row">{format.day(startDate)}</th>
            <td className="number">
              <NumberButton users={members} onOpen={() => onOpen(startDate, 0, users)}>
                {format.count(members)}
              </NumberButton>
            </td>
            {columns.map((column, index) => (
              <HeatCell
                key={column}
                rate={begun(cells, index) ? cells[index]?.rate : undefined}
                users={cells[index]?.users}
                incomplete={cells[index]?.incomplete}
                onOpen={() => onOpen(startDate, index + 1, column)}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Nobody can have come back in a period that has not begun: only the first of those that have not ended can have. */
function begun(cells: readonly RetentionCell[], index: number): boolean {
  const cell = cells[index];
  return !cell?.incomplete || cell.users > 0 || !cells[index - 1]?.incomplete;
}

/** The periods after the cohort's own that a column covers. */
function columnName(bracket: Bracket | undefined, index: number): string {
  const first = bracket?.first || index + 1;
  const last = bracket?.last || first;
  return last > first ? `+${first}–${last}` : `+${first}`;
}

function HeatCell(props: {
  rate: number | undefined;
  users?: number | undefined;
  incomplete?: boolean | undefined;
  onOpen?: () => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { rate, users, incomplete, onOpen } = props;
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
      <NumberButton users={users} onOpen={onOpen}>
        {format.share(rate)}
      </NumberButton>
    </td>
  );
}

/** A number that opens its users; nobody stands behind nothing. */
function NumberButton(props: {
  users: number | undefined;
  onOpen: (() => void) | undefined;
  children: string;
}): ReactNode {
  const { users = 0, onOpen, children } = props;
  return users > 0 && onOpen ? (
    <button type="button" className="link" data-testid="cohort" onClick={onOpen}>
      {children}
    </button>
  ) : (
    children
  );
}
