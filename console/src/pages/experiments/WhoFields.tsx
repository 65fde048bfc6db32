import type { ReactNode } from 'react';
import { useConsole } from '../../app/context';
import { type DraftStage, unitTypes } from '../../experiment/draft';
import { CheckField } from '../../ui/CheckField';
import { Whose } from '../../ui/conditions/Whose';
import { InputField } from '../../ui/InputField';
import { IconButton } from '../../ui/parts';
import { SelectField } from '../../ui/SelectField';
import type { DraftFields } from './DraftPage';

const mostStages = 50;

/** Who takes part, how many of them, and whom it must not meet. */
export function WhoFields({ draft, known, onChange }: DraftFields): ReactNode {
  const { t, format } = useConsole();
  return (
    <div className="stack">
      <SelectField
        label={t('experiments.draft.unit')}
        value={draft.unitType}
        choices={unitTypes.map((value) => ({ value, label: t(`flags.unit.UNIT_TYPE_${value}`) }))}
        onChange={(unitType) => onChange({ ...draft, unitType })}
      />
      {/* Flags are decided in memory, so only what is known of a user at once can be asked. */}
      <Whose
        users={draft.audience}
        everybody={t('experiments.audience.all')}
        kinds={['segment', 'trait']}
        onChange={(audience) => onChange({ ...draft, audience })}
      />
      <SelectField
        label={t('experiments.layer')}
        value={draft.layerKey}
        choices={[
          { value: '', label: t('experiments.draft.layer.none') },
          ...known.layers.map(({ key, name, share }) => ({
            value: key,
            label: t('experiments.draft.layer.free', { name, share: format.rate(share / 10_000) }),
          })),
        ]}
        onChange={(layerKey) => onChange({ ...draft, layerKey })}
      />
      {draft.layerKey !== '' && (
        <InputField
          label={t('experiments.draft.layer.share')}
          inputMode="decimal"
          value={draft.layerShare}
          onChange={(layerShare) => onChange({ ...draft, layerShare })}
        />
      )}
      {known.holdouts.length > 0 && (
        <fieldset className="plain-fields">
          <legend>{t('experiments.holdouts')}</legend>
          {known.holdouts.map(({ key, name, share }) => (
            <CheckField
              key={key}
              label={`${name} (${format.rate(share / 10_000)})`}
              checked={draft.holdoutKeys.includes(key)}
              onChange={(chosen) =>
                onChange({
                  ...draft,
                  holdoutKeys: chosen
                    ? [...draft.holdoutKeys, key]
                    : draft.holdoutKeys.filter((each) => each !== key),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <RampFields ramp={draft.ramp} onChange={(ramp) => onChange({ ...draft, ramp })} />
    </div>
  );
}

function RampFields(props: {
  ramp: readonly DraftStage[];
  onChange: (ramp: readonly DraftStage[]) => void;
}): ReactNode {
  const { t } = useConsole();
  const { ramp, onChange } = props;
  const change = (index: number, stage: DraftStage) =>
    onChange(ramp.map((other, place) => (place === index ? stage : other)));
  return (
    <fieldset className="plain-fields">
      <legend>{t('experiments.ramp')}</legend>
      {ramp.length === 0 && <p className="hint">{t('experiments.ramp.none')}</p>}
      {ramp.map((stage, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stage is known by its place.
        <div key={index} className="field-row">
          <InputField
            label={t('experiments.draft.ramp.share', { number: index + 1 })}
            inputMode="decimal"
            value={stage.share}
            onChange={(share) => change(index, { ...stage, share })}
          />
          <InputField
            label={t('experiments.draft.ramp.hours', { number: index + 1 })}
            inputMode="decimal"
            value={stage.hours}
            onChange={(hours) => change(index, { ...stage, hours })}
          />
          <IconButton
            small
            icon="close"
            label={t('experiments.draft.ramp.remove', { number: index + 1 })}
            onClick={() => onChange(ramp.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      {ramp.length < mostStages && (
        <button
          type="button"
          onClick={() => onChange([...ramp, { share: '', hours: ramp.length === 0 ? '0' : '' }])}
        >
          {t('experiments.draft.ramp.add')}
        </button>
      )}
    </fieldset>
  );
}
