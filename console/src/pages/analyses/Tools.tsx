import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ModelName } from '../../analysis/models';
import { idOf } from '../../api/analyses';
import type { Json } from '../../api/decode';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { Drawer } from '../../ui/Drawer';
import { Failure } from '../../ui/parts';
import { save } from '../person/save';
import { NameForm } from './NameForm';

/** What can be done with a question: take its answer as a file, and keep it. */
export function Tools(props: { model: ModelName; query: Json; onSaved: () => void }): ReactNode {
  const { tenure, t, role } = useConsole();
  const { model, query, onSaved } = props;
  const [naming, setNaming] = useState(false);
  const download = useAction();
  const keeping = useAction();
  const leaving = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const takeFile = () =>
    download.run(async () => {
      leaving.current = new AbortController();
      save(`${model}.csv`, await tenure.analyses.csv(query, leaving.current.signal));
    });
  const keep = (name: string) =>
    keeping.run(async () => {
      await tenure.analyses.save({ id: idOf(name, new Date()), name, query });
      setNaming(false);
      onSaved();
    });
  return (
    <>
      <button type="button" onClick={takeFile} disabled={download.busy} data-testid="csv">
        {t('analyses.csv')}
      </button>
      {mayEdit(role) && (
        <button type="button" onClick={() => setNaming(true)} data-testid="save-question">
          {t('analyses.save')}
        </button>
      )}
      {download.failure !== undefined && <Failure failure={download.failure} />}
      {naming && (
        <Drawer title={t('analyses.save')} onClose={() => setNaming(false)}>
          <NameForm submit={t('analyses.save')} action={keeping} onSubmit={keep} />
        </Drawer>
      )}
    </>
  );
}
