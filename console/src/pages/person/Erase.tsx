import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Erasure, PersonProfile, Receipt } from '../../api/people';
import { useAction } from '../../app/action';
import { mayAdminister, useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { save } from '../../app/save';
import { knownKey } from '../../i18n/translate';
import { Drawer } from '../../ui/Drawer';
import { ConfirmActions } from '../../ui/KeptTools';
import { Card, Failure, Loaded } from '../../ui/parts';

const pollMilliseconds = 2_000;
const states = ['REQUESTED', 'TOMBSTONED', 'COUNTED', 'RECORDS_ERASED', 'PROFILE_ERASED', 'DONE'] as const;

/** Forgets a person: what there is, the person's id typed in once more, how far it is, and the signed receipt. */
export function Erase({ profile, className }: { profile: PersonProfile; className: string }): ReactNode {
  const { t, role } = useConsole();
  const [asking, setAsking] = useState(false);
  const [started, setStarted] = useState<Erasure>();
  return (
    <Card title={t('person.erase')} hint={t('person.erase.hint')} className={className}>
      {!mayAdminister(role) && <p className="hint">{t('person.needsAdministrator')}</p>}
      {mayAdminister(role) && !started && (
        <button type="button" className="danger" data-testid="erase" onClick={() => setAsking(true)}>
          {t('person.erase.start')}
        </button>
      )}
      {started && <Progress started={started} />}
      {asking && (
        <Ask
          profile={profile}
          onClose={() => setAsking(false)}
          onStarted={(erasure) => {
            setAsking(false);
            setStarted(erasure);
          }}
        />
      )}
    </Card>
  );
}

function Ask(props: {
  profile: PersonProfile;
  onClose: () => void;
  onStarted: (erasure: Erasure) => void;
}): ReactNode {
  const { tenure, t } = useConsole();
  const { userNumber, loginId } = props.profile;
  const name = loginId || String(userNumber);
  const [typed, setTyped] = useState('');
  const action = useAction();
  const found = useLoad(
    useCallback(
      (signal: AbortSignal) => tenure.people.previewErasure(userNumber, signal),
      [tenure, userNumber],
    ),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    action.run(async () => props.onStarted(await tenure.people.erase(userNumber)));
  };
  return (
    <Drawer title={t('person.erase')} onClose={props.onClose}>
      <Loaded from={found}>
        {(counts) => (
          <form className="stack" onSubmit={submit}>
            <p>{t('person.erase.found')}</p>
            <Counts counts={counts} />
            <p className="wrong">{t('person.erase.forGood')}</p>
            <label className="field">
              <span>{t('person.erase.type', { name })}</span>
              <input
                autoComplete="off"
                data-testid="erase-name"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </label>
            {action.failure !== undefined && <Failure failure={action.failure} />}
            <ConfirmActions
              action={action}
              label={t('person.erase.confirm')}
              danger
              disabled={typed !== name}
              onCancel={props.onClose}
              testId="confirm-erase"
            />
          </form>
        )}
      </Loaded>
    </Drawer>
  );
}

function Counts({ counts }: { counts: readonly (readonly [string, number])[] }): ReactNode {
  const { format } = useConsole();
  return (
    <dl className="pairs">
      {counts.map(([store, count]) => (
        <div key={store}>
          <dt>{store}</dt>
          <dd>{format.count(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Asks how far it is until it is done; a failed question is asked again. */
function Progress({ started }: { started: Erasure }): ReactNode {
  const { tenure } = useConsole();
  const [erasure, setErasure] = useState(started);
  useEffect(() => {
    if (erasure.state === 'STATE_DONE') {
      return;
    }
    const later = setTimeout(
      () => tenure.people.erasure(erasure.id).then(setErasure, () => setErasure({ ...erasure })),
      pollMilliseconds,
    );
    return () => clearTimeout(later);
  }, [tenure, erasure]);
  return (
    <div className="stack">
      <ErasureSteps erasure={erasure} />
      {erasure.state === 'STATE_DONE' && <Receipted id={erasure.id} />}
    </div>
  );
}

export function ErasureSteps({ erasure }: { erasure: Erasure }): ReactNode {
  const { t } = useConsole();
  const reached = states.findIndex((state) => erasure.state === `STATE_${state}`);
  const key = knownKey(`person.erase.${erasure.state}`);
  return (
    <div role="status" data-testid="erasure">
      <progress
        max={states.length - 1}
        value={Math.max(0, reached)}
        aria-label={t('person.erase.progress')}
      />
      <p>{key ? t(key) : erasure.state}</p>
      {erasure.waitingReason && (
        <p className="hint">{t('person.erase.waiting', { reason: erasure.waitingReason })}</p>
      )}
    </div>
  );
}

function Receipted({ id }: { id: string }): ReactNode {
  const { tenure } = useConsole();
  const receipt = useLoad(
    useCallback((signal: AbortSignal) => tenure.people.receipt(id, signal), [tenure, id]),
  );
  return (
    <Loaded from={receipt}>
      {(value) => (
        <ReceiptView
          receipt={value}
          onSave={() =>
            save(
              `erasure-${id}-receipt.json`,
              new Blob([JSON.stringify(value.document, null, 2)], { type: 'application/json' }),
            )
          }
        />
      )}
    </Loaded>
  );
}

/** What the receipt says; its remarks name, for example, the backups that can still be read. */
export function ReceiptView({ receipt, onSave }: { receipt: Receipt; onSave: () => void }): ReactNode {
  const { t, format } = useConsole();
  return (
    <section aria-label={t('person.receipt')} className="stack" data-testid="receipt">
      <h3>{t('person.receipt')}</h3>
      <dl className="pairs">
        <div>
          <dt>{t('person.receipt.time')}</dt>
          <dd>{format.dateTime(receipt.completionTime)}</dd>
        </div>
        <div>
          <dt>{t('person.receipt.key')}</dt>
          <dd>
            <code>{receipt.keyId}</code>
          </dd>
        </div>
      </dl>
      {receipt.remarks.length > 0 && <h3>{t('person.receipt.remarks')}</h3>}
      <ul className="plain">
        {receipt.remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
      </ul>
      <button type="button" onClick={onSave} data-testid="save-receipt">
        {t('person.receipt.save')}
      </button>
    </section>
  );
}
