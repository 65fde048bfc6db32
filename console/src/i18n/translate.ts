import { type Dictionary, en, type Key } from './en';
import { zh } from './zh';

export type { Key } from './en';
export type Language = 'en' | 'zh';

/** Says a key in the current language, with its {placeholders} filled. */
export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

export const dictionaries: Readonly<Record<Language, Dictionary>> = { en, zh };

/** What the languages are called by those who speak them, and how the browser knows them. */
export const languages: readonly { id: Language; name: string; locale: string }[] = [
  { id: 'en', name: 'English', locale: 'en-GB' },
  { id: 'zh', name: '中文', locale: 'zh-CN' },
];

export function locale(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-GB';
}

export function translator(language: Language): Translate {
  const dictionary = dictionaries[language];
  return (key, values = {}) =>
    dictionary[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}

/** The key when it is one, for words that arrive from the server. */
export function knownKey(key: string): Key | undefined {
  return Object.hasOwn(en, key) ? (key as Key) : undefined;
}

/** The remembered language, or else the browser's. */
export function initialLanguage(remembered: string | null, preferred: readonly string[]): Language {
  if (remembered === 'en' || remembered === 'zh') {
    return remembered;
  }
  const first = preferred.map((tag) => tag.toLowerCase()).find((tag) => /^(en|zh)\b/.test(tag));
  return first?.startsWith('zh') ? 'zh' : 'en';
}
