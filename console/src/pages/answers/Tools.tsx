import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type FileFormat, idOf, modelOf } from '../../api/analyses';
import type { Json } from '../../api/decode';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { href } from '../../app/router';
import { save } from '../../app/save';
import { Drawer } from '../../ui/Drawer';
import { NameForm } from '../../ui/NameForm';
import { Failure } from '../../ui/parts';

/** What can be done with a question: take its answer as a file, and keep it. */
export function Tools({ query, onSaved }: { query: Json; onSaved?: () => void }): ReactNode {
  const { tenure, t, role } = useConsole();
  const [naming, setNaming] = useState(false);
  const [saved, setSaved] = useState<string>();
  const keeping = useAction();
  const keep = (name: string) =>
    keeping.run(async () => {
      const id = idOf(name, new Date());
      await tenure.saved.create({ id, name, query });
      setNaming(false);
      setSaved(id);
      onSaved?.();
    });
  return (
    <>
      <FileButton query={query} format="CSV" />
      <FileButton query={query} format="PARQUET" />
      {mayEdit(role) && (
        <button type="button" onClick={() => setNaming(true)} data-testid="save-question">
          {t('analyses.save')}
        </button>
      )}
      <span role="status">
        {saved !== undefined && <a href={href('analyses', saved)}>{t('analyses.save.done')}</a>}
      </span>
      {naming && (
        <Drawer title={t('analyses.save')} onClose={() => setNaming(false)}>
          <NameForm submit={t('analyses.save')} action={keeping} onSubmit={keep} />
        </Drawer>
      )}
    </>
  );
}

/** The answer as a file; leaving the page ends the transfer. */
function FileButton({ query, format }: { query: Json; format: FileFormat }): ReactNode {
  const { tenure, t } = useConsole();
  const download = useAction();
  const leaving = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const takeFile = () =>
    download.run(async () => {
      leaving.current = new AbortController();
      const file = await tenure.analyses.file(query, format, leaving.current.signal);
      save(`${modelOf(query)}.${format.toLowerCase()}`, file);
    });
  return (
    <>
      <button
        type="button"
        onClick={takeFile}
        disabled={download.busy}
        title={t('analyses.file', { format: t(`analyses.file.${format}`) })}
        data-testid={format.toLowerCase()}
      >
        {t(`analyses.file.${format}`)}
      </button>
      {download.failure !== undefined && <Failure failure={download.failure} />}
    </>
  );
}
