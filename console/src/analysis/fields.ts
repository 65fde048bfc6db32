import { type Json, record, text } from '../api/decode';
import type { Key } from '../i18n/translate';
import { type Comparison, selectionOf, selectorOf } from './conditions';

/** What is chosen in a model's form, by the name of the field. Empty means not chosen. */
export type Draft = Readonly<Record<string, string>>;

/** Filters of the events chosen in a model's form, by the name of the field. */
export type Filters = Readonly<Record<string, readonly Comparison[]>>;

/** What is chosen in a form. */
export interface Filled {
  readonly draft: Draft;
  readonly filters: Filters;
}

/** Where a value stands in the model's message, like measures, 0, selector, name. */
type Path = readonly (string | number)[];

interface Common {
  readonly name: string;
  readonly label: Key;
  readonly path: Path;
  /** What it is at first; for events one of these, where the project knows it. */
  readonly initial?: readonly string[];
  readonly shown?: (draft: Draft) => boolean;
}

/** One choice of a form. Each stands at one place of the message, so that a form becomes a question and back. */
export type Field =
  | (Common & {
      readonly kind: 'event';
      /** What no event means: any event, none at all, the usual one, or that the question is not whole. */
      readonly empty: 'any' | 'none' | 'usual' | 'required';
      /** For touches, which have a name beside their selector. */
      readonly touch?: boolean;
    })
  | (Common & {
      readonly kind: 'text';
      readonly required?: boolean;
      /** The field with the event whose property this is; empty for a property of any event. */
      readonly propertyOf?: string;
    })
  | (Common & { readonly kind: 'choice'; readonly options: readonly Option[]; readonly numeric?: boolean });

export interface Option {
  readonly value: string;
  readonly label: Key;
  readonly values?: Readonly<Record<string, number>>;
}

/** The model's message; nothing while the form is not whole. */
export function message(fields: readonly Field[], draft: Draft, filters: Filters = {}): Json | undefined {
  let result: unknown = {};
  for (const field of fields) {
    const value = draft[field.name]?.trim() ?? '';
    if (field.shown && !field.shown(draft)) {
      continue;
    }
    if (value === '' && missing(field)) {
      return undefined;
    }
    if (value !== '' || (field.kind === 'event' && field.empty === 'any')) {
      const part = written(field, value, filters[field.name] ?? []);
      if (part === undefined) {
        return undefined;
      }
      result = put(result, field.path, part);
    }
  }
  return compact(result) as Json;
}

/** The form that would ask the message. */
export function draftOf(fields: readonly Field[], asked: Json): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, read(field, at(asked, field.path))]));
}

/** A form in which nothing is chosen. */
export function unfilled(fields: readonly Field[]): Filled {
  return { draft: firstDraft(fields, []), filters: {} };
}

/** The form that would ask the message, with its filters. */
export function filledOf(fields: readonly Field[], asked: Json): Filled {
  return { draft: draftOf(fields, asked), filters: filtersOf(fields, asked) };
}

/** The filters of the events in the message, as far as the form has words for them. */
export function filtersOf(fields: readonly Field[], asked: Json): Filters {
  const found = fields.flatMap((field) => {
    const value = record(at(asked, field.path));
    const selection = field.kind === 'event' && selectionOf(field.touch ? record(value.selector) : value);
    return selection && selection.filters.length > 0 ? [[field.name, selection.filters] as const] : [];
  });
  return Object.fromEntries(found);
}

/** The form at first. */
export function firstDraft(fields: readonly Field[], events: readonly string[]): Draft {
  return Object.fromEntries(fields.map((field) => [field.name, first(field, events)]));
}

/** Without what proto JSON leaves out, so that two ways to write one message are equal. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) => canonical(entry) ?? {});
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([key, entry]) => [key, canonical(entry)] as const)
      .filter(([, entry]) => entry !== undefined && !(Array.isArray(entry) && entry.length === 0));
    return Object.fromEntries(entries.sort(([left], [right]) => left.localeCompare(right)));
  }
  if (value === '' || value === 0 || value === false || value === null) {
    return undefined;
  }
  const instant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);
  return instant ? new Date(value).toISOString() : value;
}

function missing(field: Field): boolean {
  return (
    (field.kind === 'event' && field.empty === 'required') ||
    (field.kind === 'text' && field.required === true)
  );
}

function first(field: Field, events: readonly string[]): string {
  if (field.kind !== 'event') {
    return field.initial?.[0] ?? '';
  }
  const known = field.initial?.find((event) => events.includes(event));
  return known ?? (field.empty === 'required' ? (events[0] ?? '') : '');
}

function written(field: Field, value: string, filters: readonly Comparison[]): unknown {
  if (field.kind === 'event') {
    const selector = selectorOf({ event: value, filters });
    return selector && field.touch ? { name: value, selector } : selector;
  }
  return field.kind === 'choice' && field.numeric ? Number(value) : value;
}

function read(field: Field, value: unknown): string {
  if (field.kind === 'event') {
    return text(record(value).name);
  }
  return value === undefined || value === null ? '' : String(value);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

function put(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) {
    return value;
  }
  if (typeof step === 'number') {
    const entries: unknown[] = Array.isArray(whole) ? [...whole] : [];
    entries[step] = put(entries[step], rest, value);
    return entries;
  }
  const entries = record(whole);
  return { ...entries, [step]: put(entries[step], rest, value) };
}

/** Closes the gaps that empty fields leave in lists. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((entry) => entry !== undefined).map(compact);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, compact(entry)]));
  }
  return value;
}
