import type { ReactNode } from 'react';
import type { Metric } from '../../api/experiments';
import { useConsole } from '../../app/context';
import { breakers, corrections, type DraftGuardrail, designs } from '../../experiment/draft';
import { CheckField } from '../../ui/CheckField';
import { InputField } from '../../ui/InputField';
import { IconButton } from '../../ui/parts';
import { SelectField } from '../../ui/SelectField';
import type { DraftFields } from './DraftPage';

/** How it will be judged. */
export function PlanFields({ draft, known, onChange }: DraftFields): ReactNode {
  const { t } = useConsole();
  return (
    <div className="stack">
      <fieldset className="plain-fields">
        <legend>{t('experiments.draft.goals')}</legend>
        {known.metrics.length === 0 && <p className="hint">{t('experiments.draft.goals.none')}</p>}
        {known.metrics.map(({ key, name }) => (
          <CheckField
            key={key}
            label={name}
            checked={draft.goals.includes(key)}
            onChange={(chosen) =>
              onChange({
                ...draft,
                goals: chosen ? [...draft.goals, key] : draft.goals.filter((each) => each !== key),
              })
            }
          />
        ))}
      </fieldset>
      <GuardrailFields
        guardrails={draft.guardrails}
        metrics={known.metrics}
        onChange={(guardrails) => onChange({ ...draft, guardrails })}
      />
      <SelectField
        label={t('experiments.plan.design')}
        value={draft.design}
        choices={designs.map((value) => ({ value, label: t(`experiments.design.${value}`) }))}
        onChange={(design) => onChange({ ...draft, design })}
      />
      <SelectField
        label={t('experiments.plan.correction')}
        value={draft.correction}
        choices={corrections.map((value) => ({ value, label: t(`experiments.correction.${value}`) }))}
        onChange={(correction) => onChange({ ...draft, correction })}
      />
      <div className="fields numbers">
        {(['alpha', 'power', 'smallestEffect', 'plannedUnits', 'covariateDays'] as const).map((name) => (
          <InputField
            key={name}
            label={t(`experiments.draft.${name}`)}
            inputMode="decimal"
            maxLength={15}
            data-testid={`draft-${name}`}
            value={draft[name]}
            onChange={(value) => onChange({ ...draft, [name]: value })}
          />
        ))}
      </div>
      <SelectField
        label={t('experiments.plan.breaker')}
        value={draft.breaker}
        choices={breakers.map((value) => ({ value, label: t(`experiments.breaker.${value}`) }))}
        onChange={(breaker) => onChange({ ...draft, breaker })}
      />
    </div>
  );
}

function GuardrailFields(props: {
  guardrails: readonly DraftGuardrail[];
  metrics: readonly Metric[];
  onChange: (guardrails: readonly DraftGuardrail[]) => void;
}): ReactNode {
  const { t } = useConsole();
  const { guardrails, metrics, onChange } = props;
  const change = (index: number, guardrail: DraftGuardrail) =>
    onChange(guardrails.map((other, place) => (place === index ? guardrail : other)));
  return (
    <fieldset className="plain-fields">
      <legend>{t('experiments.draft.guardrails')}</legend>
      {guardrails.map((guardrail, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal while they are edited.
        <div key={index} className="field-row">
          <SelectField
            label={t('results.metric')}
            value={guardrail.metricKey}
            choices={[
              { value: '', label: t('experiments.draft.guardrail.choose') },
              ...metrics.map(({ key, name }) => ({ value: key, label: name })),
            ]}
            onChange={(metricKey) => change(index, { ...guardrail, metricKey })}
          />
          <InputField
            label={t('experiments.draft.guardrail.margin', { metric: guardrail.metricKey })}
            inputMode="decimal"
            value={guardrail.margin}
            onChange={(margin) => change(index, { ...guardrail, margin })}
          />
          <IconButton
            small
            icon="close"
            label={t('experiments.draft.guardrail.remove', { number: index + 1 })}
            onClick={() => onChange(guardrails.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <button
        type="button"
        disabled={metrics.length === 0}
        onClick={() => onChange([...guardrails, { metricKey: '', margin: '1' }])}
      >
        {t('experiments.draft.guardrail.add')}
      </button>
    </fieldset>
  );
}
