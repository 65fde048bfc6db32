import type { ReactNode } from 'react';
import type { Leaf } from '../../analysis/conditions';
import { anybody, type Users } from '../../analysis/scope';
import { useConsole } from '../../app/context';
import { describeCondition } from '../../format/conditions';
import { ConditionEditor } from './ConditionEditor';

/** Which users a question is about. */
export function Whose(props: {
  users: Users;
  /** Whether something else says above what this is about. */
  hideLabel?: boolean;
  /** What it means that there is no condition. */
  everybody?: string;
  /** Which conditions can be added; all where it is not there. */
  kinds?: readonly Leaf['kind'][];
  onChange: (users: Users) => void;
}): ReactNode {
  const { t, format } = useConsole();
  const { users, hideLabel = false, everybody = t('analyses.users.all'), kinds, onChange } = props;
  return (
    <fieldset className="whose">
      <legend className={hideLabel ? 'visually-hidden' : undefined}>{t('analyses.users')}</legend>
      {users.kind === 'edited' ? (
        <>
          {users.group.leaves.length === 0 && <p className="hint">{everybody}</p>}
          <ConditionEditor
            group={users.group}
            {...(kinds && { kinds })}
            onChange={(group) => onChange({ kind: 'edited', group })}
          />
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
