import { type ReactNode, useCallback } from 'react';
import type { QuarantinedRecord } from '../api/tenure';
import { useConsole } from '../app/context';
import { Paged, usePages } from './Paged';

/** The records kept aside for one reason, each with what a developer needs to mend it. */
export function Quarantine({ reason }: { reason: string }): ReactNode {
  const { tenure, t, format } = useConsole();
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) => tenure.quarantine(reason, pageToken, signal),
      [tenure, reason],
    ),
  );
  return (
    <Paged pages={pages} empty={t('overview.reasons.empty')}>
      {(records) => (
        <ul className="records">
          {records.map((record) => (
            <li key={record.id} data-testid="quarantined">
              <p className="hint">
                {format.dateTime(record.receiveTime)} · {record.dialect}
              </p>
              <p>{record.detail}</p>
              <Content record={record} />
            </li>
          ))}
        </ul>
      )}
    </Paged>
  );
}

/** What arrived; for those who may not read it, its shape, and that it is only that. */
export function Content({ record }: { record: QuarantinedRecord }): ReactNode {
  const { t } = useConsole();
  if (record.original) {
    return <pre>{record.original}</pre>;
  }
  return (
    record.masked && (
      <>
        <p className="hint">{t('overview.reasons.masked')}</p>
        <pre>{record.masked}</pre>
      </>
    )
  );
}
