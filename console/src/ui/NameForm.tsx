import { type ReactNode, useState } from 'react';
import type { Action } from '../app/action';
import { useConsole } from '../app/context';
import { Failure } from './parts';

/** Asks for a name and hands it over. */
export function NameForm(props: {
  submit: string;
  /** The name so far. */
  initial?: string;
  action: Action;
  onSubmit: (name: string) => void;
}): ReactNode {
  const { t } = useConsole();
  const { submit, action, onSubmit } = props;
  const [name, setName] = useState(props.initial ?? '');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(name.trim());
      }}
    >
      <div className="search">
        <label>
          <span className="visually-hidden">{t('analyses.name')}</span>
          <input
            required
            autoComplete="off"
            maxLength={200}
            placeholder={t('analyses.name')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <button type="submit" disabled={action.busy || name.trim() === ''}>
          {submit}
        </button>
      </div>
      {action.failure !== undefined && <Failure failure={action.failure} />}
    </form>
  );
}
