import { flag, type Json, record, text } from '../../api/decode';
import { type Shown, word, words } from '../sheet';

/** A text by which events are told apart (tenure.analysis.v1.Label): none, an empty one and all rare ones stay apart. */
export function label(value: unknown): Shown {
  const entry = record(value);
  if (flag(entry.rare)) {
    return word('analyses.other');
  }
  if (entry.text === undefined || entry.text === null) {
    return word('analyses.withoutValue');
  }
  return text(entry.text) === '' ? word('analyses.emptyText') : words(text(entry.text));
}

/** The same label as it goes back to the server, inside a cell. */
export function labelCell(value: unknown): Json {
  const entry = record(value);
  if (flag(entry.rare)) {
    return { rare: true };
  }
  return entry.text === undefined || entry.text === null ? {} : { text: text(entry.text) };
}
