import type { ReactNode } from 'react';
import { type Comparison, firstComparison, type Selection } from '../../analysis/conditions';
import { type Operator, operators, takes } from '../../analysis/values';
import { useConsole } from '../../app/context';
import { IconButton } from '../parts';
import { EventPicker, PropertyPicker, TraitPicker, ValuePicker } from '../pickers';

/** A value under a name, compared: one property of an event or one trait. */
export function ComparisonEditor(props: {
  comparison: Comparison;
  /** What has the value. */
  of: { readonly kind: 'property'; readonly event: string } | { readonly kind: 'trait' };
  onChange: (comparison: Comparison) => void;
}): ReactNode {
  const { t } = useConsole();
  const { comparison, of, onChange } = props;
  const name = {
    label: t(of.kind === 'trait' ? 'condition.traitName' : 'condition.property'),
    hideLabel: true,
    value: comparison.name,
    onChange: (changed: string) => onChange({ ...comparison, name: changed }),
  };
  return (
    <div className="comparison">
      {of.kind === 'trait' ? <TraitPicker {...name} /> : <PropertyPicker {...name} event={of.event} />}
      <OperatorChoice
        value={comparison.operator}
        from={operators}
        onChange={(operator) => onChange({ ...comparison, operator })}
      />
      <Values comparison={comparison} of={of} onChange={(values) => onChange({ ...comparison, values })} />
    </div>
  );
}

export function OperatorChoice<T extends Operator>(props: {
  value: T;
  from: readonly T[];
  onChange: (operator: T) => void;
}): ReactNode {
  const { t } = useConsole();
  return (
    <select
      aria-label={t('condition.operator')}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value as T)}
    >
      {props.from.map((operator) => (
        <option key={operator} value={operator}>
          {t(`condition.operator.${operator}`)}
        </option>
      ))}
    </select>
  );
}

function Values(props: {
  comparison: Comparison;
  of: { readonly kind: 'property'; readonly event: string } | { readonly kind: 'trait' };
  onChange: (values: string) => void;
}): ReactNode {
  const { t } = useConsole();
  const { comparison, of, onChange } = props;
  const taken = takes(comparison.operator);
  if (taken === 'none') {
    return null;
  }
  if (taken === 'many' && of.kind === 'property') {
    return (
      <ValuePicker
        label={t('condition.values')}
        hideLabel
        value={comparison.values}
        event={of.event}
        property={comparison.name}
        operator={comparison.operator}
        onChange={onChange}
      />
    );
  }
  const label = t(taken === 'many' ? 'condition.values' : 'condition.value');
  return (
    <input
      aria-label={label}
      placeholder={label}
      value={comparison.values}
      inputMode={taken === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      maxLength={2000}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Filters of an event that must all hold. */
export function FilterList(props: {
  event: string;
  filters: readonly Comparison[];
  onChange: (filters: readonly Comparison[]) => void;
}): ReactNode {
  const { t } = useConsole();
  const { event, filters, onChange } = props;
  return (
    <div className="filters">
      {filters.map((filter, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two filters may be equal; their place is their identity.
        <div key={index} className="removable">
          <ComparisonEditor
            comparison={filter}
            of={{ kind: 'property', event }}
            onChange={(changed) =>
              onChange(filters.map((other, place) => (place === index ? changed : other)))
            }
          />
          <IconButton
            small
            icon="close"
            label={t('condition.filter.remove', { number: index + 1 })}
            onClick={() => onChange(filters.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      {filters.length < mostFilters && (
        <button type="button" className="link" onClick={() => onChange([...filters, firstComparison])}>
          {t('condition.filter.add')}
        </button>
      )}
    </div>
  );
}

/** An event with its filters. */
export function SelectionEditor(props: {
  selection: Selection;
  onChange: (selection: Selection) => void;
}): ReactNode {
  const { t } = useConsole();
  const { selection, onChange } = props;
  return (
    <>
      <EventPicker
        label={t('overview.event')}
        hideLabel
        empty={t('analyses.event.any')}
        value={selection.event}
        onChange={(event) => onChange({ ...selection, event })}
      />
      <FilterList
        event={selection.event}
        filters={selection.filters}
        onChange={(filters) => onChange({ ...selection, filters })}
      />
    </>
  );
}

const mostFilters = 20;
