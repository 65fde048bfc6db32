import { type FormEvent, type ReactNode, useState } from 'react';
import { useConsole } from '../app/context';
import { navigate } from '../app/router';
import { Empty } from '../ui/parts';
import { Person } from './person/Person';

/** Looks one person up. */
export function Profiles({ id }: { id: string }): ReactNode {
  const { t } = useConsole();
  return (
    <div className="stack">
      <Search key={`search ${id}`} id={id} />
      {id ? <Person key={id} id={id} /> : <Empty>{t('profiles.hint')}</Empty>}
    </div>
  );
}

function Search({ id }: { id: string }): ReactNode {
  const { t } = useConsole();
  const [entered, setEntered] = useState(id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    navigate('profiles', entered.trim());
  };
  return (
    <search>
      <form className="search" onSubmit={submit}>
        <label>
          <span className="visually-hidden">{t('profiles.search')}</span>
          <input
            type="search"
            placeholder={t('profiles.search')}
            value={entered}
            onChange={(event) => setEntered(event.target.value)}
          />
        </label>
        <button type="submit" className="primary" disabled={entered.trim() === ''}>
          {t('profiles.find')}
        </button>
      </form>
    </search>
  );
}
