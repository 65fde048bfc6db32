import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { Problem } from '../api/client';
import type { Profile } from '../api/tenure';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { href, navigate } from '../app/router';
import { Paged, usePages } from '../ui/Paged';
import { Card, Empty, Failure, Figure, Loaded, Loading, Table } from '../ui/parts';

/** Looks one user up. */
export function Profiles({ id }: { id: string }): ReactNode {
  const { t } = useConsole();
  return (
    <div className="stack">
      <Search key={id} id={id} />
      {id ? <Result key={id} id={id} /> : <Empty>{t('profiles.hint')}</Empty>}
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

function Result({ id }: { id: string }): ReactNode {
  const { tenure, t } = useConsole();
  const profile = useLoad(useCallback((signal: AbortSignal) => tenure.profile(id, signal), [tenure, id]));
  if (profile.failure instanceof Problem && profile.failure.status === 404) {
    return <Empty>{t('profiles.missing', { id })}</Empty>;
  }
  if (profile.failure !== undefined) {
    return <Failure failure={profile.failure} onRetry={profile.reload} />;
  }
  return profile.value ? <Person profile={profile.value} /> : <Loading />;
}

function Person({ profile }: { profile: Profile }): ReactNode {
  const { t, format } = useConsole();
  return (
    <div className="grid">
      <Card
        title={
          <span data-testid="profile">
            {profile.loginId || t('users.unknown', { number: profile.userNumber })}
          </span>
        }
        hint={profile.loginId ? undefined : t('profiles.anonymous')}
        className="wide"
      >
        <dl className="figures">
          <Figure label={t('profiles.number')} value={profile.userNumber} />
          <Figure label={t('profiles.firstSeen')} value={format.date(profile.firstSeenTime)} />
          <Figure label={t('profiles.lastSeen')} value={format.date(profile.lastSeenTime)} />
          <Figure label={t('profiles.events')} value={format.count(profile.eventCount)} />
        </dl>
      </Card>
      <div className="stack third">
        <Card title={t('profiles.traits')}>
          <Pairs pairs={profile.traits} empty={t('profiles.traits.empty')} />
        </Card>
        <Memberships userNumber={profile.userNumber} />
        <Card title={t('profiles.devices')}>
          {profile.anonymousIds.length === 0 ? (
            <p className="hint">{t('app.none')}</p>
          ) : (
            <ul className="plain">
              {profile.anonymousIds.map((device) => (
                <li key={device}>
                  <code>{device}</code>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
      <Timeline user={`user_number:${profile.userNumber}`} />
    </div>
  );
}

function Pairs({ pairs, empty }: { pairs: Readonly<Record<string, unknown>>; empty: string }): ReactNode {
  const entries = Object.entries(pairs);
  if (entries.length === 0) {
    return <p className="hint">{empty}</p>;
  }
  return (
    <dl className="pairs">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{shown(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Memberships({ userNumber }: { userNumber: number }): ReactNode {
  const { tenure, t } = useConsole();
  const segments = useLoad(
    useCallback((signal: AbortSignal) => tenure.memberships(userNumber, signal), [tenure, userNumber]),
  );
  return (
    <Card title={t('profiles.segments')}>
      <Loaded from={segments}>
        {(ids) =>
          ids.length === 0 ? (
            <p className="hint">{t('profiles.segments.empty')}</p>
          ) : (
            <p className="chips">
              {ids.map((id) => (
                <a key={id} className="chip" href={href('segments', id)}>
                  {id}
                </a>
              ))}
            </p>
          )
        }
      </Loaded>
    </Card>
  );
}

function Timeline({ user }: { user: string }): ReactNode {
  const { tenure, t, format } = useConsole();
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) => tenure.events(user, pageToken, signal),
      [tenure, user],
    ),
  );
  return (
    <Card title={t('profiles.timeline')} className="two-thirds">
      <Paged pages={pages} empty={t('profiles.timeline.empty')}>
        {(events) => (
          <Table label={t('profiles.timeline')}>
            <tbody>
              {events.map((event) => (
                <tr key={event.id} data-testid="event">
                  <td className="nowrap hint">{format.dateTime(event.eventTime)}</td>
                  <td>
                    <code>{event.name}</code>
                  </td>
                  <td className="properties">
                    {Object.entries(event.properties).map(([name, value]) => (
                      <span key={name}>
                        {name} <b>{shown(value)}</b>
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Paged>
    </Card>
  );
}

function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
