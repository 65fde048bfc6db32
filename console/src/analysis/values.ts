/** The values a condition compares with, as people write them. */

export const operators = [
  'EQUAL',
  'NOT_EQUAL',
  'LESS',
  'LESS_OR_EQUAL',
  'GREATER',
  'GREATER_OR_EQUAL',
  'CONTAINS',
  'STARTS_WITH',
  'IS_SET',
  'IS_NOT_SET',
  'HAS_ELEMENT',
] as const;
export type Operator = (typeof operators)[number];

/** How many values an operator takes. */
export function takes(operator: Operator): 'none' | 'number' | 'text' | 'many' {
  switch (operator) {
    case 'IS_SET':
    case 'IS_NOT_SET':
      return 'none';
    case 'LESS':
    case 'LESS_OR_EQUAL':
    case 'GREATER':
    case 'GREATER_OR_EQUAL':
      return 'number';
    case 'CONTAINS':
    case 'STARTS_WITH':
      return 'text';
    case 'EQUAL':
    case 'NOT_EQUAL':
    case 'HAS_ELEMENT':
      return 'many';
  }
}

/**
 * The values people wrote. Several stand between commas; a number or true is meant as such unless it stands in quotes, as
 * does a text with a comma.
 */
export function valuesOf(
  operator: Operator,
  written: string,
): readonly (string | number | boolean)[] | undefined {
  switch (takes(operator)) {
    case 'none':
      return [];
    case 'number': {
      const number = Number(written.trim());
      return written.trim() !== '' && Number.isFinite(number) ? [number] : undefined;
    }
    case 'text':
      return written !== '' ? [written] : undefined;
    case 'many': {
      const values = parts(written).map(meant);
      return values.length > 0 ? values : undefined;
    }
  }
}

/** The values of a comparison as valuesOf reads them. */
export function shownValues(operator: Operator, values: unknown): string {
  const given: readonly unknown[] = Array.isArray(values) ? values : [];
  return takes(operator) === 'many' ? given.map(shownValue).join(', ') : String(given[0] ?? '');
}

/** A value as valuesOf reads it. */
export function shownValue(value: unknown): string {
  if (typeof value !== 'string') {
    return String(value);
  }
  const plain = meant(value) === value && !/[,，"]/.test(value) && value.trim() === value && value !== '';
  return plain ? value : JSON.stringify(value);
}

/** Between commas, the Chinese one too; a comma in quotes separates nothing. */
function parts(written: string): string[] {
  return [...written.matchAll(/\s*("(?:[^"\\]|\\.)*"|[^,，]+)\s*/g)]
    .map((match) => (match[1] ?? '').trim())
    .filter((part) => part !== '');
}

function meant(part: string): string | number | boolean {
  if (part === 'true' || part === 'false') {
    return part === 'true';
  }
  if (part.length > 1 && part.startsWith('"') && part.endsWith('"')) {
    return unquoted(part);
  }
  return /^-?\d+(\.\d+)?$/.test(part) && String(Number(part)) === part ? Number(part) : part;
}

function unquoted(part: string): string {
  try {
    return String(JSON.parse(part));
  } catch {
    return part;
  }
}
