import { type ReactNode, useId } from 'react';
import type { Field } from '../../analysis/fields';
import { type ModelName, modelNames, models } from '../../analysis/models';
import type { Question } from '../../analysis/question';
import { useConsole } from '../../app/context';
import { FilterList } from '../../ui/conditions/Comparisons';
import { Whose } from '../../ui/conditions/Whose';
import { EventPicker, PropertyPicker } from '../../ui/pickers';
import { RangePicker } from '../../ui/RangePicker';

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
          <FieldInput key={field.name} field={field} question={question} onChange={onChange} />
        ))}
      <RangePicker range={question.range} onChange={(range) => onChange({ ...question, range })} />
      <Whose users={question.users} onChange={(users) => onChange({ ...question, users })} />
      <button type="submit" className="primary" disabled={!onRun}>
        {t('funnel.run')}
      </button>
      {!onRun && <p className="hint">{t('analyses.notWhole')}</p>}
      {props.children}
    </form>
  );
}

interface Editing {
  readonly question: Question;
  readonly onChange: (question: Question) => void;
}

function FieldInput({ field, question, onChange }: Editing & { field: Field }): ReactNode {
  const { t } = useConsole();
  const id = useId();
  const value = question.draft[field.name] ?? '';
  const change = (changed: string) =>
    onChange({ ...question, draft: { ...question.draft, [field.name]: changed } });
  if (field.kind === 'event') {
    return <EventInput field={field} value={value} question={question} onChange={onChange} />;
  }
  if (field.kind === 'text' && field.propertyOf !== undefined) {
    const event = question.draft[field.propertyOf] ?? '';
    return <PropertyPicker label={t(field.label)} value={value} event={event} onChange={change} />;
  }
  return (
    <label className="field" htmlFor={id}>
      <span>{t(field.label)}</span>
      {field.kind === 'text' ? (
        <input
          id={id}
          value={value}
          onChange={(event) => change(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
        />
      ) : (
        <select id={id} value={value} onChange={(event) => change(event.target.value)}>
          {/* A saved question may have a value that is not offered. */}
          {field.options.every((option) => option.value !== value) && <option value={value}>{value}</option>}
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {t(option.label, option.values)}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}

/** An event and, once it is chosen, its filters. */
function EventInput(props: Editing & { field: Extract<Field, { kind: 'event' }>; value: string }): ReactNode {
  const { t } = useConsole();
  const { field, value, question, onChange } = props;
  return (
    <div className="event-field">
      <EventPicker
        label={t(field.label)}
        value={value}
        {...(field.empty !== 'required' && { empty: t(`analyses.event.${field.empty}`) })}
        onChange={(event) => onChange({ ...question, draft: { ...question.draft, [field.name]: event } })}
      />
      {(value !== '' || field.empty === 'any') && (
        <FilterList
          event={value}
          filters={question.filters[field.name] ?? []}
          onChange={(filters) =>
            onChange({ ...question, filters: { ...question.filters, [field.name]: filters } })
          }
        />
      )}
    </div>
  );
}
