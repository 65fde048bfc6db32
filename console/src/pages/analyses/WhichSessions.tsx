import type { ReactNode } from 'react';
import type { Filled } from '../../analysis/fields';
import { allSessions, sessionFields } from '../../analysis/sessions';
import { useConsole } from '../../app/context';
import { FieldInput } from './FieldInput';

/** Which sessions events must lie in to count; closed while it is about all of them. */
export function WhichSessions(props: { sessions: Filled; onChange: (sessions: Filled) => void }): ReactNode {
  const { t } = useConsole();
  const { sessions, onChange } = props;
  const chosen = Object.values(sessions.draft).some((value) => value !== '');
  return (
    <details className="narrow" data-testid="sessions" {...(chosen && { open: true })}>
      <summary>{t('sessions.title')}</summary>
      <div className="stack">
        <p className="hint">{t('sessions.hint')}</p>
        {sessionFields.map((field) => (
          <FieldInput key={field.name} field={field} filled={sessions} onChange={onChange} />
        ))}
        {chosen && (
          <button type="button" onClick={() => onChange(allSessions)}>
            {t('sessions.drop')}
          </button>
        )}
      </div>
    </details>
  );
}
