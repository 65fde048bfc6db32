import type { ReactNode } from 'react';
import type { Field } from '../../analysis/fields';
import { type ModelName, modelNames, models } from '../../analysis/models';
import type { Question } from '../../analysis/question';
import { useConsole } from '../../app/context';
import { Whose } from '../../ui/conditions/Whose';
import { RangePicker } from '../../ui/RangePicker';
import { FieldInput } from './FieldInput';
import { WhichSessions } from './WhichSessions';

/** The form of any model: its fields one below the other, then when and about whom. */
export function Form(props: {
  question: Question;
  onChange: (question: Question) => void;
  /** Asks; not there while the question is not whole. */
  onRun: (() => void) | undefined;
  /** What else can be done with a whole question. */
  children?: ReactNode;
}): ReactNode {
  const { t } = useConsole();
  const { question, onChange, onRun } = props;
  const fields: readonly Field[] = models[question.model].fields;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onRun?.();
      }}
    >
      <label className="field">
        <span>{t('analyses.model')}</span>
        <select
          value={question.model}
          data-testid="model"
          onChange={(event) => onChange({ ...question, model: event.target.value as ModelName })}
        >
          {modelNames.map((model) => (
            <option key={model} value={model}>
              {t(`analyses.model.${model}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="hint">{t(`analyses.model.${question.model}.hint`)}</p>
      {fields
        .filter((field) => field.shown?.(question.draft) ?? true)
        .map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            filled={question}
            onChange={(filled) => onChange({ ...question, ...filled })}
          />
        ))}
      <RangePicker range={question.range} onChange={(range) => onChange({ ...question, range })} />
      <Whose users={question.users} onChange={(users) => onChange({ ...question, users })} />
      <WhichSessions
        sessions={question.sessions}
        onChange={(sessions) => onChange({ ...question, sessions })}
      />
      <button type="submit" className="primary" disabled={!onRun}>
        {t('funnel.run')}
      </button>
      {!onRun && <p className="hint">{t('analyses.notWhole')}</p>}
      {props.children}
    </form>
  );
}
