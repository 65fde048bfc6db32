import { type ReactNode, useCallback } from 'react';
import { type Operator, shownValue, takes } from '../analysis/values';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { type Choice, Combo } from './Combo';
import { Failure } from './parts';

interface PickerProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** See Combo. */
  readonly eager?: boolean;
}

/** Chooses an event by its name; `empty` says what no name means, where that is possible. */
export function EventPicker(props: PickerProps & { empty?: string }): ReactNode {
  const { tenure, t, format } = useConsole();
  const { empty = t('analyses.event.required') } = props;
  const optional = props.empty !== undefined;
  const source = useCallback(
    async (search: string) => {
      const { entries, whole } = await tenure.catalogue.events(search);
      const none: readonly Choice[] = optional && !search ? [{ value: '', label: empty }] : [];
      const events = entries.map(({ name, events, description }) => ({
        value: name,
        hint: events > 0 ? format.compact(events) : t('catalogue.planned'),
        description,
      }));
      return { entries: [...none, ...events], whole };
    },
    [tenure, t, format, empty, optional],
  );
  return <Combo {...picked(props)} source={source} placeholder={empty} />;
}

/** Chooses a property of an event; of any event when that is empty. */
export function PropertyPicker(props: PickerProps & { event: string; placeholder?: string }): ReactNode {
  const { tenure, t, format } = useConsole();
  const { event } = props;
  const source = useCallback(
    async (search: string) => {
      const { entries, whole } = await tenure.catalogue.properties(event, search);
      return {
        entries: entries.map(({ name, events, share, description, valuesHidden }) => ({
          value: name,
          hint: [
            events > 0 ? format.share(share) : t('catalogue.planned'),
            ...(valuesHidden ? [t('catalogue.hidden')] : []),
          ].join(' · '),
          description,
        })),
        whole,
      };
    },
    [tenure, t, format, event],
  );
  const placeholder = props.placeholder ?? t('condition.property');
  return <Combo {...picked(props)} source={source} placeholder={placeholder} />;
}

/** Chooses a trait that is planned, was seen or is computed. */
export function TraitPicker(props: PickerProps): ReactNode {
  const { tenure, t, format } = useConsole();
  const source = useCallback(async () => {
    const entries = (await tenure.catalogue.traits()).map(({ name, count, computed, sensitive }) => ({
      value: name,
      hint: [
        ...(count > 0 ? [format.compact(count)] : []),
        ...(computed ? [t('catalogue.computed')] : []),
        ...(count === 0 && !computed ? [t('catalogue.planned')] : []),
        ...(sensitive ? [t('catalogue.hidden')] : []),
      ].join(' · '),
    }));
    return { entries, whole: true };
  }, [tenure, t, format]);
  return <Combo {...picked(props)} source={source} placeholder={t('condition.traitName')} />;
}

/** Chooses a segment by its name; the value is its id. One that is no longer there stays chosen until somebody changes it. */
export function SegmentPicker({
  label,
  value,
  onChange,
}: Omit<PickerProps, 'hideLabel' | 'eager'>): ReactNode {
  const { tenure, t } = useConsole();
  const segments = useLoad(useCallback((signal: AbortSignal) => tenure.segments(signal), [tenure]));
  const known = segments.value ?? [];
  return (
    <>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t(segments.loading ? 'app.loading' : 'condition.segment.choose')}</option>
        {value !== '' && known.every(({ id }) => id !== value) && <option value={value}>{value}</option>}
        {known.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {segments.failure !== undefined && <Failure failure={segments.failure} onRetry={segments.reload} />}
    </>
  );
}

/** Values of an event's property. Where several are taken, each choice is one more. */
export function ValuePicker(
  props: PickerProps & { event: string; property: string; operator: Operator },
): ReactNode {
  const { tenure, t, format } = useConsole();
  const { event, property, operator } = props;
  const several = takes(operator) === 'many';
  const source = useCallback(
    async (search: string) => {
      if (property.trim() === '') {
        return { entries: [], whole: true };
      }
      const { entries, whole } = await tenure.catalogue.values(property.trim(), event, search);
      return {
        entries: entries.map(({ value, events }) => ({
          value: several ? shownValue(value) : value,
          label: value === '' ? t('analyses.emptyText') : value,
          hint: format.compact(events),
        })),
        whole,
      };
    },
    [tenure, t, format, event, property, several],
  );
  const placeholder = t(several ? 'condition.values' : 'condition.value');
  return (
    <Combo
      {...picked(props)}
      source={source}
      placeholder={placeholder}
      {...(several && { parts: { search: lastPart, put: withLastPart } })}
    />
  );
}

/** What is being typed behind the last comma. */
export function lastPart(text: string): string {
  return text.slice(lastComma(text)).trim();
}

/** The text with a value in place of what is being typed; behind what is already there. */
export function withLastPart(text: string, value: string): string {
  const before = text.slice(0, lastComma(text)).trim();
  return before ? `${before} ${value}` : value;
}

function lastComma(text: string): number {
  return Math.max(text.lastIndexOf(','), text.lastIndexOf('，')) + 1;
}

function picked(props: PickerProps): Required<PickerProps> {
  const { label, hideLabel = false, value, onChange, eager = true } = props;
  return { label, hideLabel, value, onChange, eager };
}
