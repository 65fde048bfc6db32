import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type ExportSummary, exportSummary } from '../../api/people';
import { useAction } from '../../app/action';
import { mayAdminister, useConsole } from '../../app/context';
import { save } from '../../app/save';
import { Card, Failure } from '../../ui/parts';

/** Hands over everything about a person, and says whether the document is whole. */
export function Export({ userNumber, className }: { userNumber: number; className: string }): ReactNode {
  const { tenure, t, role } = useConsole();
  const [summary, setSummary] = useState<ExportSummary>();
  const action = useAction();
  const leaving = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const start = () =>
    action.run(async () => {
      setSummary(undefined);
      leaving.current = new AbortController();
      const document = await tenure.people.exportPerson(userNumber, leaving.current.signal);
      const told = await exportSummary(document);
      if (told.complete) {
        save(`person-${userNumber}.json`, document);
      }
      setSummary(told);
    });
  return (
    <Card title={t('person.export')} hint={t('person.export.hint')} className={className}>
      {mayAdminister(role) ? (
        <div className="stack">
          <div className="actions">
            <button type="button" onClick={start} disabled={action.busy} data-testid="export">
              {action.busy ? t('person.export.running') : t('person.export.start')}
            </button>
            {action.busy && (
              <button type="button" onClick={() => leaving.current?.abort()}>
                {t('person.cancel')}
              </button>
            )}
          </div>
          {action.failure !== undefined && <Failure failure={action.failure} />}
          {summary && <ExportResult summary={summary} />}
        </div>
      ) : (
        <p className="hint">{t('person.needsAdministrator')}</p>
      )}
    </Card>
  );
}

export function ExportResult({ summary }: { summary: ExportSummary }): ReactNode {
  const { t, format } = useConsole();
  if (!summary.complete) {
    return (
      <p role="alert" className="wrong">
        {t('person.export.incomplete')}
      </p>
    );
  }
  return (
    <div role="status" className="stack">
      <p className="fine">{t('person.export.complete')}</p>
      <dl className="pairs">
        {summary.counts.map(([section, count]) => (
          <div key={section}>
            <dt>{section}</dt>
            <dd>{format.count(count)}</dd>
          </div>
        ))}
      </dl>
      {summary.remarks.map((remark) => (
        <p key={remark} className="hint">
          {remark}
        </p>
      ))}
    </div>
  );
}
