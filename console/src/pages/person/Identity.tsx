import { type ReactNode, useCallback, useState } from 'react';
import type { IdentityDecision, PersonProfile } from '../../api/people';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { knownKey } from '../../i18n/translate';
import { Drawer } from '../../ui/Drawer';
import { Card, Loaded } from '../../ui/parts';

/** An id of a person, under the name the server knows its kind by. */
export interface PersonalId {
  readonly kind: 'login_id' | 'anonymous_id' | 'identity';
  readonly value: string;
}

/** All ids of a person, each once: by ID_MAPPING those with keys, else logins and devices. */
export function idsOf(profile: PersonProfile): readonly PersonalId[] {
  if (profile.identities.length > 0) {
    return profile.identities.map((value) => ({ kind: 'identity', value }));
  }
  const logins = profile.loginId ? [profile.loginId, ...profile.otherLoginIds] : profile.otherLoginIds;
  return [
    ...logins.map((value): PersonalId => ({ kind: 'login_id', value })),
    ...profile.anonymousIds.map((value): PersonalId => ({ kind: 'anonymous_id', value })),
  ];
}

/** Who this is: the ids, and for each the decisions that made it this person's. */
export function Identity({ profile, className }: { profile: PersonProfile; className: string }): ReactNode {
  const { t } = useConsole();
  const [asked, setAsked] = useState<PersonalId>();
  return (
    <Card title={t('person.ids')} hint={t('person.ids.hint')} className={className}>
      <ul className="records">
        {idsOf(profile).map((id) => (
          <li key={`${id.kind}:${id.value}`} className="row">
            <span>
              <code>{id.value}</code> <small className="hint">{t(`person.id.${id.kind}`)}</small>
            </span>
            <button
              type="button"
              className="link"
              onClick={() => setAsked(id)}
              aria-label={t('person.why.of', { id: id.value })}
            >
              {t('person.why')}
            </button>
          </li>
        ))}
      </ul>
      {asked && (
        <Drawer title={t('person.why.of', { id: asked.value })} onClose={() => setAsked(undefined)}>
          <Decisions id={asked} />
        </Drawer>
      )}
    </Card>
  );
}

function Decisions({ id }: { id: PersonalId }): ReactNode {
  const { tenure, t } = useConsole();
  const { kind, value } = id;
  const decisions = useLoad(
    useCallback((signal: AbortSignal) => tenure.people.decisions(kind, value, signal), [tenure, kind, value]),
  );
  return (
    <Loaded from={decisions}>
      {(found) =>
        found.length === 0 ? (
          <p className="hint">{t('person.why.empty')}</p>
        ) : (
          <DecisionList decisions={found} />
        )
      }
    </Loaded>
  );
}

/** The decisions about one id in words, newest first. */
export function DecisionList({ decisions }: { decisions: readonly IdentityDecision[] }): ReactNode {
  const { t, format } = useConsole();
  return (
    <ol className="records">
      {decisions.map((decision, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: decisions have no id and never change their order.
        <li key={index}>
          <small className="hint">{format.dateTime(decision.decideTime)}</small>
          <p>{ruleInWords(decision, t)}</p>
        </li>
      ))}
    </ol>
  );
}

function ruleInWords(decision: IdentityDecision, t: ReturnType<typeof useConsole>['t']): string {
  const key = knownKey(`person.rule.${decision.rule}`);
  const numbers = {
    user: decision.userNumber,
    former: decision.formerUserNumber,
    other: decision.otherUserNumber,
  };
  return key ? t(key, numbers) : decision.rule;
}
