import { type ReactNode, useCallback } from 'react';
import type { Json } from '../../api/decode';
import type { PersonProfile } from '../../api/people';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { Card, Failure } from '../../ui/parts';
import { shown } from './shown';

/** A trait as the server lets it be seen; without a value it is masked. */
export interface ShownTrait {
  readonly name: string;
  readonly value?: unknown;
}

const classOrder = ['DATA_CLASS_C2', 'DATA_CLASS_C1', ''] as const;

/** Traits by class, the personal ones first; computed ones are left out, they have their own card. */
export function byClass(
  profile: Pick<PersonProfile, 'traits' | 'maskedTraits'>,
  classes: ReadonlyMap<string, string>,
  computed: Json,
): readonly (readonly [string, readonly ShownTrait[]])[] {
  const all: ShownTrait[] = [
    ...Object.entries(profile.traits)
      .filter(([name]) => !Object.hasOwn(computed, name))
      .map(([name, value]) => ({ name, value })),
    ...profile.maskedTraits.map((name) => ({ name })),
  ].sort((left, right) => left.name.localeCompare(right.name));
  const classOf = (name: string) => {
    const found = classes.get(name) ?? '';
    return found === 'DATA_CLASS_C1' || found === '' || found.endsWith('UNSPECIFIED')
      ? found.replace('DATA_CLASS_UNSPECIFIED', '')
      : 'DATA_CLASS_C2';
  };
  return classOrder
    .map((name) => [name, all.filter((trait) => classOf(trait.name) === name)] as const)
    .filter(([, traits]) => traits.length > 0);
}

/** What is known: traits by class, masked as the server masks, and what was computed. */
export function Traits({ profile }: { profile: PersonProfile }): ReactNode {
  const { tenure, t } = useConsole();
  const { userNumber } = profile;
  const classes = useLoad(useCallback((signal: AbortSignal) => tenure.people.traitClasses(signal), [tenure]));
  const computed = useLoad(
    useCallback((signal: AbortSignal) => tenure.people.computed(userNumber, signal), [tenure, userNumber]),
  );
  const groups = byClass(profile, classes.value ?? new Map(), computed.value ?? {});
  return (
    <>
      <Card title={t('profiles.traits')}>
        {groups.length === 0 && <p className="hint">{t('profiles.traits.empty')}</p>}
        {groups.map(([name, traits]) => (
          <TraitGroup key={name} name={name} traits={traits} />
        ))}
      </Card>
      <Card title={t('person.habits')} hint={t('person.habits.hint')}>
        {computed.failure !== undefined && <Failure failure={computed.failure} onRetry={computed.reload} />}
        <Pairs
          traits={Object.entries(computed.value ?? {}).map(([name, value]) => ({ name, value }))}
          empty={t('person.habits.empty')}
        />
      </Card>
    </>
  );
}

export function TraitGroup({ name, traits }: { name: string; traits: readonly ShownTrait[] }): ReactNode {
  const { t } = useConsole();
  const title =
    name === 'DATA_CLASS_C2'
      ? t('person.class.C2')
      : name === 'DATA_CLASS_C1'
        ? t('person.class.C1')
        : t('person.class.none');
  return (
    <>
      <h3>{title}</h3>
      <Pairs traits={traits} empty="" />
    </>
  );
}

function Pairs({ traits, empty }: { traits: readonly ShownTrait[]; empty: string }): ReactNode {
  const { t } = useConsole();
  if (traits.length === 0) {
    return <p className="hint">{empty}</p>;
  }
  return (
    <dl className="pairs">
      {traits.map((trait) => (
        <div key={trait.name}>
          <dt>{trait.name}</dt>
          <dd>
            {'value' in trait ? shown(trait.value) : <span className="badge">{t('person.masked')}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
