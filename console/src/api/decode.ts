/**
 * The one place where proto JSON becomes values of ours. Proto JSON leaves out default values, writes int64 as text
 * (some printers as a number), durations as "604800s" and instants as RFC 3339.
 */
export type Json = Readonly<Record<string, unknown>>;

/** An answer that is not what the contract says. It is told as such, never shown as one without content. */
export class BadAnswer extends Error {
  constructor(readonly what: string) {
    super(`The answer is not what was expected: ${what}`);
    this.name = 'BadAnswer';
  }
}

/** A text that is never empty, such as an id. */
export function needed(what: string): (value: unknown) => string {
  return (value) => {
    if (typeof value !== 'string' || value === '') {
      throw new BadAnswer(what);
    }
    return value;
  };
}

/** A message that is always there. */
export function present(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadAnswer(what);
  }
  return value as Json;
}

/** A decoder of a message that is always there. */
export function message(what: string): (value: unknown) => Json {
  return (value) => present(value, what);
}

/** A decoder of a double that is never 0 nor less. */
export function positive(what: string): (value: unknown) => number {
  return (value) => {
    const number = decimal(value);
    if (number <= 0) {
      throw new BadAnswer(what);
    }
    return number;
  };
}

type Shape = Readonly<Record<string, (value: unknown) => unknown>>;

/** A decoder of messages: fieldName is decoded from field_name. */
export function shaped<S extends Shape>(
  shape: S,
): (value: unknown) => { readonly [Name in keyof S]: ReturnType<S[Name]> } {
  const fields = Object.entries(shape).map(
    ([name, decode]) =>
      [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), decode] as const,
  );
  return (value) => {
    const message = record(value);
    return Object.fromEntries(
      fields.map(([name, key, decode]) => [name, decode(message[key])]),
    ) as ReturnType<ReturnType<typeof shaped<S>>>;
  };
}

/** A decoder of lists. */
export function listOf<T>(decode: (entry: Json) => T): (value: unknown) => readonly T[] {
  return (value) => list(value, decode);
}

export function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list<T>(value: unknown, decode: (entry: Json) => T): T[] {
  return Array.isArray(value) ? value.map((entry) => decode(record(entry))) : [];
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function integers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(integer) : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A text that may be absent, which is not an empty one. */
export function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function flag(value: unknown): boolean {
  return value === true;
}

/** An int64 or int32, given as number or text; 0 when absent. */
export function integer(value: unknown): number {
  const number = Number(value ?? 0);
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** A double; proto JSON writes the special ones as text. 0 when absent. */
export function decimal(value: unknown): number {
  const number = Number(value ?? 0);
  return Number.isNaN(number) ? 0 : number;
}

/** A double that may be absent, which is not 0. */
export function decimalOrNone(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : decimal(value);
}

/** An int64 that may be absent, which is not 0. */
export function integerOrNone(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : integer(value);
}

/** A decoder of a message that may be absent. */
export function optional<T>(decode: (value: unknown) => T): (value: unknown) => T | undefined {
  return (value) => (value === undefined || value === null ? undefined : decode(value));
}

export function decimals(value: unknown): number[] {
  return Array.isArray(value) ? value.map(decimal) : [];
}

/** A duration like "90.500s" in seconds; nothing when absent or malformed. */
export function seconds(value: unknown): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)s$/.exec(text(value));
  return match ? Number(match[1]) : undefined;
}

/** An RFC 3339 instant; nothing when absent or malformed. */
export function instant(value: unknown): Date | undefined {
  const date = new Date(text(value));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Bytes, which proto JSON writes as base64, read as UTF-8 text; what is no text shows as replacement characters. */
export function bytesAsText(value: unknown): string {
  try {
    const binary = atob(text(value).replace(/-/g, '+').replace(/_/g, '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}

/** A map from text to int64, as pairs, largest first. */
export function counts(value: unknown): [string, number][] {
  return Object.entries(record(value))
    .map(([key, count]): [string, number] => [key, integer(count)])
    .sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]));
}
