import type { Json } from '../api/decode';
import type { LinePoint } from '../charts/TrendChart';
import type { Format } from '../format/format';
import type { Key, Translate } from '../i18n/translate';

/** What a cell shows; people read it in their language. */
export type Shown =
  | { readonly kind: 'word'; readonly key: Key; readonly values?: Readonly<Record<string, string | number>> }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'period'; readonly start: string }
  | { readonly kind: 'number'; readonly value: number | undefined }
  | { readonly kind: 'share'; readonly value: number | undefined }
  | { readonly kind: 'time'; readonly seconds: number | undefined };

export interface Cell {
  readonly shown: Shown;
  /** Names the number to the server (the model's cell), where users stand behind it. */
  readonly users?: Json | undefined;
  /** From 0 to 1: how strong its colour, or how long its bar. */
  readonly weight?: number | undefined;
  readonly incomplete?: boolean | undefined;
}

export interface Row {
  readonly cells: readonly Cell[];
  readonly incomplete?: boolean;
}

/** A part of an answer as a table, with a picture where one fits. */
export interface Sheet {
  readonly title?: Shown | undefined;
  readonly columns: readonly Shown[];
  readonly rows: readonly Row[];
  readonly picture?: 'bars' | 'heat';
  readonly line?: readonly LinePoint[] | undefined;
}

export const word = (key: Key, values?: Readonly<Record<string, string | number>>): Shown =>
  values ? { kind: 'word', key, values } : { kind: 'word', key };
export const words = (text: string): Shown => ({ kind: 'text', text });
export const number = (value: number | undefined): Shown => ({ kind: 'number', value });

/** A number with users behind it; nobody stands behind nothing. */
export function people(value: number, users: Json, more: Omit<Cell, 'shown' | 'users'> = {}): Cell {
  return { shown: number(value), users: value > 0 ? users : undefined, ...more };
}

/** Parts of the largest. */
export function weights(values: readonly (number | undefined)[]): number[] {
  const most = Math.max(0, ...values.map((value) => value ?? 0));
  return values.map((value) => (most > 0 ? Math.max(0, value ?? 0) / most : 0));
}

/** A line when every period has a number that can be drawn over an axis from zero. */
export function line(points: readonly (Omit<LinePoint, 'value'> & { value: number | undefined })[]) {
  const drawn = points.flatMap(({ value, ...point }) =>
    value !== undefined && value >= 0 ? [{ ...point, value }] : [],
  );
  return drawn.length === points.length && drawn.length > 1 ? drawn : undefined;
}

export function isNumber(shown: Shown | undefined): boolean {
  return shown?.kind === 'number' || shown?.kind === 'share' || shown?.kind === 'time';
}

export function say(shown: Shown, t: Translate, format: Format): string {
  switch (shown.kind) {
    case 'word':
      return t(shown.key, shown.values);
    case 'text':
      return shown.text;
    case 'period':
      return format.day(shown.start);
    case 'number':
      return shown.value === undefined ? '–' : format.number(shown.value);
    case 'share':
      return shown.value === undefined ? '–' : format.share(shown.value);
    case 'time':
      return format.duration(shown.seconds);
  }
}
