import type { ReactNode } from 'react';
import { useConsole } from '../../app/context';
import { equalArms, sumOf } from '../../experiment/draft';
import { InputField } from '../../ui/InputField';
import { SelectField } from '../../ui/SelectField';
import { TextField } from '../../ui/TextField';
import type { DraftFields } from './DraftPage';

/** What is tried: the flag, its variants as arms, and what is expected. */
export function WhatFields({ draft, known, onChange, isNew }: DraftFields & { isNew: boolean }): ReactNode {
  const { t } = useConsole();
  const choose = (flagKey: string) => {
    const flag = known.flags.find(({ key }) => key === flagKey);
    const variants = flag?.variants.map(({ name }) => name) ?? [];
    onChange({
      ...draft,
      flagKey,
      arms: variants.length > 0 ? equalArms(variants) : [],
      control: flag?.offVariant ?? '',
    });
  };
  return (
    <div className="stack">
      <InputField
        label={t('experiments.draft.key')}
        autoComplete="off"
        maxLength={100}
        readOnly={!isNew}
        data-testid="draft-key"
        value={draft.key}
        onChange={(key) => onChange({ ...draft, key })}
      />
      <InputField
        label={t('experiments.draft.name')}
        autoComplete="off"
        maxLength={200}
        value={draft.name}
        onChange={(name) => onChange({ ...draft, name })}
      />
      <TextField
        label={t('experiments.draft.hypothesis')}
        rows={3}
        value={draft.hypothesis}
        onChange={(hypothesis) => onChange({ ...draft, hypothesis })}
      />
      <SelectField
        label={t('experiments.draft.flag')}
        value={draft.flagKey}
        testId="draft-flag"
        choices={[
          { value: '', label: t('experiments.draft.flag.choose') },
          ...known.flags.map(({ key, name }) => ({
            value: key,
            label: name === key ? key : `${name} (${key})`,
          })),
        ]}
        onChange={choose}
      />
      {draft.flagKey !== '' && <ArmFields draft={draft} known={known} onChange={onChange} />}
    </div>
  );
}

function ArmFields({ draft, known, onChange }: DraftFields): ReactNode {
  const { t, format } = useConsole();
  const flag = known.flags.find(({ key }) => key === draft.flagKey);
  const variants = flag?.variants.map(({ name }) => name) ?? draft.arms.map(({ variant }) => variant);
  const included = (variant: string) => draft.arms.some((arm) => arm.variant === variant);
  const include = (variant: string, wanted: boolean) => {
    const arms = wanted
      ? variants.filter((each) => each === variant || included(each))
      : draft.arms.map((arm) => arm.variant).filter((each) => each !== variant);
    onChange({
      ...draft,
      arms: arms.length > 0 ? equalArms(arms) : [],
      control: arms.includes(draft.control) ? draft.control : '',
    });
  };
  return (
    <fieldset className="plain-fields">
      <legend>{t('experiments.draft.arms')}</legend>
      <p className="hint">{t('experiments.draft.arms.hint')}</p>
      {variants.map((variant) => {
        const arm = draft.arms.find((each) => each.variant === variant);
        return (
          <div key={variant} className="arm-field">
            <label className="choice">
              <input
                type="checkbox"
                aria-label={t('experiments.draft.arms.include', { variant })}
                checked={arm !== undefined}
                onChange={(event) => include(variant, event.target.checked)}
              />
              <span>{variant}</span>
            </label>
            {arm && (
              <input
                aria-label={t('experiments.draft.arms.share', { variant })}
                inputMode="decimal"
                maxLength={6}
                value={arm.share}
                onChange={(event) =>
                  onChange({
                    ...draft,
                    arms: draft.arms.map((each) =>
                      each.variant === variant ? { variant, share: event.target.value } : each,
                    ),
                  })
                }
              />
            )}
          </div>
        );
      })}
      <div className="actions">
        <span className={sumOf(draft.arms) === 10_000 ? 'hint' : 'wrong'} role="status">
          {t('experiments.draft.arms.sum', { sum: format.rate(sumOf(draft.arms) / 10_000) })}
        </span>
        <button
          type="button"
          disabled={draft.arms.length === 0}
          onClick={() => onChange({ ...draft, arms: equalArms(draft.arms.map(({ variant }) => variant)) })}
        >
          {t('experiments.draft.arms.equal')}
        </button>
      </div>
      <SelectField
        label={t('experiments.draft.control')}
        value={draft.control}
        testId="draft-control"
        choices={[
          { value: '', label: t('experiments.draft.control.choose') },
          ...draft.arms.map(({ variant }) => ({ value: variant, label: variant })),
        ]}
        onChange={(control) => onChange({ ...draft, control })}
      />
    </fieldset>
  );
}
