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
  /** Id of the project in front. */
  readonly project: string;
  /** What the signed-in person may do; empty while nobody is. */
  readonly role: string;
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) {
    throw new Error('ConsoleContext is missing');
  }
  return value;
}

/** Whether the signed-in person may change what editors may; the server checks once more. */
export function mayEdit(role: string): boolean {
  return role === 'ROLE_EDITOR' || mayAdminister(role);
}

export function mayAdminister(role: string): boolean {
  return role === 'ROLE_ADMINISTRATOR';
}
