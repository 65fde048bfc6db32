import { type ReactNode, useId } from 'react';
import type { Field, Filled } from '../../analysis/fields';
import { useConsole } from '../../app/context';
import { FilterList } from '../../ui/conditions/Comparisons';
import { EventPicker, PropertyPicker } from '../../ui/pickers';

interface Editing {
  readonly filled: Filled;
  readonly onChange: (filled: Filled) => void;
}

/** One choice of a form. */
export function FieldInput({ field, filled, onChange }: Editing & { field: Field }): ReactNode {
  const { t } = useConsole();
  const id = useId();
  const value = filled.draft[field.name] ?? '';
  const change = (changed: string) =>
    onChange({ ...filled, draft: { ...filled.draft, [field.name]: changed } });
  if (field.kind === 'event') {
    return <EventInput field={field} value={value} filled={filled} onChange={onChange} />;
  }
  if (field.kind === 'text' && field.propertyOf !== undefined) {
    const event = filled.draft[field.propertyOf] ?? '';
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
  const { field, value, filled, onChange } = props;
  return (
    <div className="event-field">
      <EventPicker
        label={t(field.label)}
        value={value}
        {...(field.empty !== 'required' && { empty: t(`analyses.event.${field.empty}`) })}
        onChange={(event) => onChange({ ...filled, draft: { ...filled.draft, [field.name]: event } })}
      />
      {(value !== '' || field.empty === 'any') && (
        <FilterList
          event={value}
          filters={filled.filters[field.name] ?? []}
          onChange={(filters) =>
            onChange({ ...filled, filters: { ...filled.filters, [field.name]: filters } })
          }
        />
      )}
    </div>
  );
}
