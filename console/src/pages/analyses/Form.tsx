import { type ReactNode, useId } from 'react';
import type { Field } from '../../analysis/fields';
import { type ModelName, modelNames, models } from '../../analysis/models';
import type { Question } from '../../analysis/question';
import { useConsole } from '../../app/context';
import { RangePicker } from '../../ui/RangePicker';

/** The form of any model: its fields one below the other. */
export function Form(props: {
  question: Question;
  events: readonly string[];
  onChange: (question: Question) => void;
  /** Asks; not there while the question is not whole. */
  onRun: (() => void) | undefined;
}): ReactNode {
  const { t } = useConsole();
  const { question, events, onChange, onRun } = props;
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
            value={question.draft[field.name] ?? ''}
            events={events}
            onChange={(value) => onChange({ ...question, draft: { ...question.draft, [field.name]: value } })}
          />
        ))}
      <RangePicker range={question.range} onChange={(range) => onChange({ ...question, range })} />
      <button type="submit" className="primary" disabled={!onRun}>
        {t('funnel.run')}
      </button>
      {!onRun && <p className="hint">{t('analyses.notWhole')}</p>}
    </form>
  );
}

function FieldInput(props: {
  field: Field;
  value: string;
  events: readonly string[];
  onChange: (value: string) => void;
}): ReactNode {
  const { t } = useConsole();
  const { field, value } = props;
  const id = useId();
  const change = (event: { target: { value: string } }) => props.onChange(event.target.value);
  return (
    <label className="field" htmlFor={id}>
      <span>{t(field.label)}</span>
      {field.kind === 'text' && (
        <input
          id={id}
          value={value}
          onChange={change}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
        />
      )}
      {field.kind === 'choice' && (
        <select id={id} value={value} onChange={change}>
          {/* A saved question may have a value that is not offered. */}
          {field.options.every((option) => option.value !== value) && <option value={value}>{value}</option>}
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {t(option.label, option.values)}
            </option>
          ))}
        </select>
      )}
      {field.kind === 'event' && (
        <select id={id} value={value} onChange={change}>
          <option value="">{t(`analyses.event.${field.empty}`)}</option>
          {value !== '' && !props.events.includes(value) && <option value={value}>{value}</option>}
          {props.events.map((event) => (
            <option key={event} value={event}>
              {event}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}
