import { type FormEvent, type ReactNode, useState } from 'react';
import type { Dimension, Version } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { InputField } from '../../../ui/InputField';
import { PropertyPicker, TraitPicker } from '../../../ui/pickers';
import { SelectField } from '../../../ui/SelectField';

/** Which numbers are shown, and by what they are told apart. */
export interface Choice {
  readonly version: Version;
  readonly dimension: Dimension | undefined;
}

/** The event that says who saw what. */
const exposure = 'experiment_exposure';

/** Chooses run, version of the data and dimension. */
export function VersionForm(props: {
  runs: number;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}): ReactNode {
  const { t } = useConsole();
  const { runs, choice, onChoose } = props;
  const [phase, setPhase] = useState(String(choice.version.phase || runs));
  const [asOf, setAsOf] = useState('');
  const [kind, setKind] = useState<Dimension['kind'] | 'none'>(choice.dimension?.kind ?? 'none');
  const [name, setName] = useState(choice.dimension?.name ?? '');
  const whole = kind === 'none' || name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChoose({
      version: { phase: Number(phase), asOf: asOf ? new Date(asOf) : undefined },
      dimension: kind === 'none' ? undefined : { kind, name: name.trim() },
    });
  };
  return (
    <form className="version" onSubmit={submit}>
      {runs > 1 && (
        <SelectField
          label={t('results.phase')}
          value={phase}
          testId="phase"
          choices={Array.from({ length: runs }, (_, index) => String(index + 1)).map((value) => ({
            value,
            label: t('experiments.run', { phase: value }),
          }))}
          onChange={setPhase}
        />
      )}
      <InputField
        label={t('results.asOf')}
        type="datetime-local"
        data-testid="as-of"
        value={asOf}
        onChange={setAsOf}
      />
      <SelectField
        label={t('results.dimension')}
        value={kind}
        testId="dimension"
        choices={(['none', 'trait', 'property'] as const).map((value) => ({
          value,
          label: t(`results.dimension.${value}`),
        }))}
        onChange={(chosen) => {
          setKind(chosen);
          setName('');
        }}
      />
      {kind === 'trait' && <TraitPicker label={t('condition.traitName')} value={name} onChange={setName} />}
      {kind === 'property' && (
        <PropertyPicker label={t('condition.property')} value={name} event={exposure} onChange={setName} />
      )}
      <button type="submit" className="primary" data-testid="show-results" disabled={!whole}>
        {t('results.ask')}
      </button>
    </form>
  );
}
