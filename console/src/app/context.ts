import { createContext, useContext } from 'react';
import type { Tenure } from '../api/tenure';
import type { Format } from '../format/format';
import type { Language, Translate } from '../i18n/translate';

/** What every part of the console may need. */
export interface Console {
  readonly tenure: Tenure;
  readonly t: Translate;
  readonly format: Format;
  readonly language: Language;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) {
    throw new Error('ConsoleContext is missing');
  }
  return value;
}
