import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import type { PersonId, PersonProfile, PurposeConsent } from '../../api/people';
import { useAction } from '../../app/action';
import { mayEdit, useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { knownKey, type Translate } from '../../i18n/translate';
import { Drawer } from '../../ui/Drawer';
import { ConfirmActions } from '../../ui/KeptTools';
import { Paged, usePages } from '../../ui/Paged';
import { Card, Failure, Loaded, ReloadButton, Table } from '../../ui/parts';

/** How each purpose stands for a person and why; editors write down what the person says. */
export function Consent({ profile, className }: { profile: PersonProfile; className: string }): ReactNode {
  const { tenure, t, role } = useConsole();
  const { userNumber } = profile;
  const [asked, setAsked] = useState<PurposeConsent>();
  const [history, setHistory] = useState(false);
  const consents = useLoad(
    useCallback((signal: AbortSignal) => tenure.people.consents(userNumber, signal), [tenure, userNumber]),
  );
  const id = decidingId(profile);
  const changeable = mayEdit(role) && id !== undefined;
  return (
    <Card
      title={t('person.consent')}
      className={className}
      actions={
        <>
          <button type="button" onClick={() => setHistory(true)}>
            {t('person.consent.history')}
          </button>
          <ReloadButton of={consents} />
        </>
      }
    >
      <Loaded from={consents}>
        {(purposes) => <ConsentTable purposes={purposes} onChange={changeable ? setAsked : undefined} />}
      </Loaded>
      {!mayEdit(role) && <p className="hint">{t('person.needsEditor')}</p>}
      {mayEdit(role) && id === undefined && <p className="hint">{t('person.consent.noId')}</p>}
      {asked && id && (
        <Change
          consent={asked}
          id={id}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined);
            consents.reload();
          }}
        />
      )}
      {history && (
        <Drawer title={t('person.consent.history')} onClose={() => setHistory(false)}>
          <Entries userNumber={userNumber} />
        </Drawer>
      )}
    </Card>
  );
}

/** Decisions are recorded for a login or a device id. */
function decidingId(profile: PersonProfile): PersonId | undefined {
  if (profile.loginId) {
    return { login_id: profile.loginId };
  }
  const device = profile.anonymousIds[0];
  return device ? { anonymous_id: device } : undefined;
}

export function ConsentTable(props: {
  purposes: readonly PurposeConsent[];
  onChange: ((purpose: PurposeConsent) => void) | undefined;
}): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('person.consent')}>
      <tbody>
        {props.purposes.map((consent) => (
          <tr key={consent.purpose} data-testid="consent">
            <td>
              <b>{word(t, consent.purpose)}</b>
              <small>{word(t, consent.reason)}</small>
            </td>
            <td>
              <span className={consent.allowed ? 'badge good' : 'badge bad'}>
                {consent.allowed ? t('person.allowed') : t('person.notAllowed')}
              </span>
            </td>
            <td>
              {consent.entry && (
                <>
                  <span className="nowrap">{format.dateTime(consent.entry.effectiveTime)}</span>
                  {consent.entry.textVersion && (
                    <small>{t('person.consent.text', { version: consent.entry.textVersion })}</small>
                  )}
                </>
              )}
            </td>
            {props.onChange && (
              <td className="number">
                <button
                  type="button"
                  onClick={() => props.onChange?.(consent)}
                  aria-label={t(consent.allowed ? 'person.withdraw.of' : 'person.grant.of', {
                    purpose: word(t, consent.purpose),
                  })}
                >
                  {t(consent.allowed ? 'person.withdraw' : 'person.grant')}
                </button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Change(props: {
  consent: PurposeConsent;
  id: PersonId;
  onClose: () => void;
  onDone: () => void;
}): ReactNode {
  const { tenure, t } = useConsole();
  const { consent, id } = props;
  const [textVersion, setTextVersion] = useState('');
  // Chosen once, so that a second try after a lost answer writes nothing twice.
  const [requestId] = useState(() => `console-${Date.now()}-${Math.random().toString(36).slice(2)}`);
  const action = useAction();
  const title = t(consent.allowed ? 'person.withdraw.of' : 'person.grant.of', {
    purpose: word(t, consent.purpose),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const state = consent.allowed ? 'CONSENT_STATE_WITHDRAWN' : 'CONSENT_STATE_GRANTED';
    action.run(async () => {
      await tenure.people.recordConsent({ requestId, id, purpose: consent.purpose, state, textVersion });
      props.onDone();
    });
  };
  return (
    <Drawer title={title} onClose={props.onClose}>
      <form className="stack" onSubmit={submit}>
        <p>{word(t, `${consent.purpose}.${consent.allowed ? 'without' : 'with'}`)}</p>
        <p className="hint">{t('person.consent.recorded', { id: Object.values(id).join() })}</p>
        <label className="field">
          <span>{t('person.consent.version')}</span>
          <input
            maxLength={100}
            value={textVersion}
            onChange={(event) => setTextVersion(event.target.value)}
          />
        </label>
        {action.failure !== undefined && <Failure failure={action.failure} />}
        <ConfirmActions action={action} label={title} onCancel={props.onClose} testId="confirm-consent" />
      </form>
    </Drawer>
  );
}

function Entries({ userNumber }: { userNumber: number }): ReactNode {
  const { tenure, t, format } = useConsole();
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) =>
        tenure.people.consentEntries(userNumber, pageToken, signal),
      [tenure, userNumber],
    ),
  );
  return (
    <Paged pages={pages} empty={t('person.consent.empty')}>
      {(entries) => (
        <ol className="records">
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no id and are only ever added.
            <li key={index}>
              <b>
                {word(t, entry.purpose)}: {word(t, entry.state)}
              </b>
              <p className="hint">
                {format.dateTime(entry.effectiveTime)} · {word(t, entry.source)} · {entry.author}
                {entry.textVersion && ` · ${t('person.consent.text', { version: entry.textVersion })}`}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Paged>
  );
}

/** A name of the interface in words. */
function word(t: Translate, name: string): string {
  const key = knownKey(`person.${name}`);
  return key ? t(key) : name;
}
