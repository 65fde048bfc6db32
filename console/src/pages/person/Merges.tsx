import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Merge, MergePreview } from '../../api/people';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { knownKey } from '../../i18n/translate';
import { Drawer } from '../../ui/Drawer';
import { Paged, usePages } from '../../ui/Paged';
import { Card, Failure, Figure, Loaded, Table } from '../../ui/parts';
import { shown } from './shown';

const pollMilliseconds = 1_500;

/** Users who turned out to be this one; editors can take them apart again. */
export function Merges({ userNumber, onUndone }: { userNumber: number; onUndone: () => void }): ReactNode {
  const { tenure, t, role } = useConsole();
  const [asked, setAsked] = useState<Merge>();
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) => tenure.people.merges(userNumber, pageToken, signal),
      [tenure, userNumber],
    ),
  );
  return (
    <Card title={t('person.merges')} hint={t('person.merges.hint')} className="wide">
      <Paged pages={pages} empty={t('person.merges.empty')}>
        {(merges) => <MergeTable merges={merges} onUndo={mayEdit(role) ? setAsked : undefined} />}
      </Paged>
      {!mayEdit(role) && pages.entries.length > 0 && <p className="hint">{t('person.needsEditor')}</p>}
      {asked && (
        <Undo
          merge={asked}
          onClose={() => setAsked(undefined)}
          onUndone={() => {
            setAsked(undefined);
            pages.first.reload();
            onUndone();
          }}
        />
      )}
    </Card>
  );
}

export function MergeTable(props: {
  merges: readonly Merge[];
  onUndo: ((merge: Merge) => void) | undefined;
}): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('person.merges')}>
      <thead>
        <tr>
          <th>{t('person.merge.time')}</th>
          <th>{t('person.merge.users')}</th>
          <th>{t('person.merge.why')}</th>
          <th>{t('alerts.state')}</th>
          <th>
            <span className="visually-hidden">{t('person.undo')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.merges.map((merge) => (
          <tr key={merge.id} data-testid="merge">
            <td className="nowrap">{format.dateTime(merge.createTime)}</td>
            <td>{t('person.merge.into', { absorbed: merge.absorbed, survivor: merge.survivor })}</td>
            <td>
              {merge.automatic ? t('person.merge.automatic') : merge.reason || t('app.none')}
              {merge.author && <small>{merge.author}</small>}
            </td>
            <td>
              {stateOf(merge, t)}
              {merge.state === 'STATE_MERGED' && merge.expireTime && (
                <small>{t('person.merge.until', { time: format.date(merge.expireTime) })}</small>
              )}
            </td>
            <td className="number">
              {merge.state === 'STATE_MERGED' && props.onUndo && (
                <button type="button" data-testid="undo" onClick={() => props.onUndo?.(merge)}>
                  {t('person.undo')}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function stateOf(merge: Merge, t: ReturnType<typeof useConsole>['t']): string {
  const key = knownKey(`person.merge.${merge.state}`);
  return key ? t(key) : merge.state;
}

function Undo(props: { merge: Merge; onClose: () => void; onUndone: () => void }): ReactNode {
  const { tenure, t } = useConsole();
  const { merge, onUndone } = props;
  const preview = useLoad(
    useCallback((signal: AbortSignal) => tenure.people.previewUndo(merge.id, signal), [tenure, merge.id]),
  );
  const [undoing, setUndoing] = useState<Merge>();
  const action = useAction();
  useEffect(() => {
    if (!undoing) {
      return;
    }
    if (undoing.state === 'STATE_UNDONE') {
      onUndone();
      return;
    }
    const later = setTimeout(
      () =>
        tenure.people.merge(merge.id).then(setUndoing, () => {
          setUndoing({ ...undoing });
        }),
      pollMilliseconds,
    );
    return () => clearTimeout(later);
  }, [tenure, merge.id, undoing, onUndone]);
  const busy = action.busy || undoing !== undefined;
  return (
    <Drawer title={t('person.undo.title')} onClose={props.onClose}>
      <Loaded from={preview}>
        {(value) => (
          <div className="stack">
            <UndoPreview preview={value} />
            {action.failure !== undefined && <Failure failure={action.failure} />}
            {busy && <p role="status">{t('person.undo.running')}</p>}
            <div className="actions">
              <button
                type="button"
                className="primary"
                data-testid="confirm-undo"
                disabled={busy}
                onClick={() => action.run(async () => setUndoing(await tenure.people.undoMerge(merge.id)))}
              >
                {t('person.undo')}
              </button>
              <button type="button" onClick={props.onClose}>
                {t('person.cancel')}
              </button>
            </div>
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

/** What moves, and what comes back. */
export function UndoPreview({ preview }: { preview: MergePreview }): ReactNode {
  const { t, format } = useConsole();
  const ids = [...preview.loginIds, ...preview.anonymousIds, ...preview.identities];
  return (
    <>
      <p>{t('person.undo.lead', { absorbed: preview.absorbed, survivor: preview.survivor })}</p>
      <dl className="figures">
        <Figure label={t('person.undo.events')} value={format.count(preview.eventCount)} />
        <Figure
          label={t('person.undo.left')}
          value={`${format.count(preview.eventCountBefore)} → ${format.count(preview.eventCountAfter)}`}
        />
      </dl>
      <h3>{t('person.undo.ids')}</h3>
      <ul className="plain">
        {ids.map((id) => (
          <li key={id}>
            <code>{id}</code>
          </li>
        ))}
        {ids.length === 0 && <li className="hint">{t('app.none')}</li>}
      </ul>
      <h3>{t('person.undo.traits')}</h3>
      <dl className="pairs">
        {preview.changes.map((change) => (
          <div key={change.name}>
            <dt>{change.name}</dt>
            <dd>{`${shown(change.value)} → ${shown(change.otherValue)}`}</dd>
          </div>
        ))}
        {preview.maskedTraits.map((name) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="badge">{t('person.masked')}</span>
            </dd>
          </div>
        ))}
      </dl>
      {preview.changes.length + preview.maskedTraits.length === 0 && <p className="hint">{t('app.none')}</p>}
    </>
  );
}
