import type { ReactNode } from 'react';
import { type Cell, isNumber, type Row, type Sheet, say } from '../../analysis/sheet';
import type { Json } from '../../api/decode';
import { useConsole } from '../../app/context';
import { fullHeat } from '../../charts/HeatTable';
import { TrendChart } from '../../charts/TrendChart';
import { Table } from '../../ui/parts';

/** A number that was opened: what it is called, and its name for the server. */
export interface Opened {
  readonly title: string;
  readonly cell: Json;
}

/** One table of an answer, under its line where it has one. */
export function SheetTable(props: {
  sheet: Sheet;
  label: string;
  onOpen: (opened: Opened) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { sheet, label, onOpen } = props;
  const numeric = sheet.columns.map((_, index) =>
    sheet.rows.some((row) => index > 0 && isNumber(row.cells[index]?.shown)),
  );
  const columns = sheet.columns.map((column) => say(column, t, format));
  return (
    <div>
      {sheet.title && <h3>{label}</h3>}
      {sheet.line && <TrendChart points={sheet.line} label={label} />}
      <div className="sheet">
        <Table label={label}>
          <thead>
            <tr>
              {columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are.
                <th key={index} className={numeric[index] ? 'number' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className={sheet.picture === 'heat' ? 'heat' : undefined}>
            {sheet.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are replaced as a whole.
              <SheetRow key={index} row={row} sheet={sheet} columns={columns} onOpen={onOpen} />
            ))}
          </tbody>
        </Table>
      </div>
    </div>
  );
}

function SheetRow(props: {
  row: Row;
  sheet: Sheet;
  columns: readonly string[];
  onOpen: (opened: Opened) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { row, sheet, columns } = props;
  const head = row.cells
    .filter(
      (cell) => cell.shown.kind === 'text' || cell.shown.kind === 'word' || cell.shown.kind === 'period',
    )
    .map((cell) => say(cell.shown, t, format))
    .join(' · ');
  return (
    <tr>
      {row.cells.map((cell, index) => (
        <SheetCell
          // biome-ignore lint/suspicious/noArrayIndexKey: cells stay under their column.
          key={index}
          cell={cell}
          first={index === 0}
          picture={sheet.picture}
          incomplete={cell.incomplete ?? row.incomplete ?? false}
          onOpen={(users) => props.onOpen({ title: `${head} · ${columns[index] ?? ''}`, cell: users })}
        />
      ))}
    </tr>
  );
}

function SheetCell(props: {
  cell: Cell;
  first: boolean;
  picture: Sheet['picture'];
  incomplete: boolean;
  onOpen: (users: Json) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { cell, first, picture, incomplete, onOpen } = props;
  const { users, weight } = cell;
  const said = say(cell.shown, t, format);
  const bar = picture === 'bars' && weight !== undefined;
  const heat = picture === 'heat' && weight !== undefined;
  const classes = [
    !first && isNumber(cell.shown) && 'number',
    cell.shown.kind === 'period' && 'nowrap',
    bar && 'with-meter',
    heat && 'heat-cell',
    incomplete && !bar && 'incomplete',
  ].filter(Boolean);
  return (
    <td
      className={classes.join(' ') || undefined}
      style={
        heat
          ? ({ '--heat': `${Math.round(Math.min(1, weight) * fullHeat)}%` } as React.CSSProperties)
          : undefined
      }
      title={incomplete ? t('analyses.incomplete') : undefined}
    >
      {bar && <span className="meter" style={{ width: `${weight * 100}%` }} />}
      {users ? (
        <button type="button" className="link" data-testid="number" onClick={() => onOpen(users)}>
          {said}
        </button>
      ) : (
        said
      )}
      {first && incomplete && (
        <span className="unfinished" title={t('analyses.incomplete')}>
          {' '}
          …<span className="visually-hidden">{t('analyses.incomplete')}</span>
        </span>
      )}
    </td>
  );
}
