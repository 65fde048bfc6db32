import type { ReactNode } from 'react';
import { anybody, type Users } from '../../analysis/scope';
import { useConsole } from '../../app/context';
import { describeCondition } from '../../format/conditions';
import { ConditionEditor } from './ConditionEditor';

/** Which users a question is about. */
export function Whose(props: {
  users: Users;
  /** Whether something else says above what this is about. */
  hideLabel?: boolean;
  onChange: (users: Users) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { users, hideLabel = false, onChange } = props;
  return (
    <fieldset className="whose">
      <legend className={hideLabel ? 'visually-hidden' : undefined}>{t('analyses.users')}</legend>
      {users.kind === 'edited' ? (
        <>
          {users.group.leaves.length === 0 && <p className="hint">{t('analyses.users.all')}</p>}
          <ConditionEditor group={users.group} onChange={(group) => onChange({ kind: 'edited', group })} />
        </>
      ) : (
        <>
          <p>{describeCondition(users.condition, t, format)}</p>
          <button type="button" onClick={() => onChange(anybody)}>
            {t('analyses.users.drop')}
          </button>
        </>
      )}
    </fieldset>
  );
}
