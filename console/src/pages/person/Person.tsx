import { type ReactNode, useCallback } from 'react';
import { Problem } from '../../api/client';
import type { PersonProfile } from '../../api/people';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { Card, Empty, Failure, Figure, Loading } from '../../ui/parts';
import { Consent } from './Consent';
import { Erase } from './Erase';
import { Export } from './Export';
import { Identity } from './Identity';
import { Memberships } from './Memberships';
import { Merges } from './Merges';
import { Timeline } from './Timeline';
import { Traits } from './Traits';

/** Everything about one person: what is known and why, what they agreed to, and their rights. */
export function Person({ id }: { id: string }): ReactNode {
  const { tenure, t } = useConsole();
  const profile = useLoad(
    useCallback((signal: AbortSignal) => tenure.people.profile(id, signal), [tenure, id]),
  );
  if (profile.failure instanceof Problem && profile.failure.status === 404) {
    return <Empty>{t('profiles.missing', { id })}</Empty>;
  }
  if (profile.failure !== undefined) {
    return <Failure failure={profile.failure} onRetry={profile.reload} />;
  }
  return profile.value ? <Sections profile={profile.value} onChange={profile.reload} /> : <Loading />;
}

function Sections({ profile, onChange }: { profile: PersonProfile; onChange: () => void }): ReactNode {
  return (
    <div className="grid">
      <Summary profile={profile} />
      <Identity profile={profile} className="half" />
      <Consent profile={profile} className="half" />
      <Merges userNumber={profile.userNumber} onUndone={onChange} />
      <Export userNumber={profile.userNumber} className="half" />
      <Erase profile={profile} className="half" />
      <div className="stack third">
        <Traits profile={profile} />
        <Memberships userNumber={profile.userNumber} />
      </div>
      <Timeline userNumber={profile.userNumber} />
    </div>
  );
}

function Summary({ profile }: { profile: PersonProfile }): ReactNode {
  const { t, format } = useConsole();
  return (
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
  );
}
