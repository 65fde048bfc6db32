import { describe, expect, it } from 'vitest';
import { en } from './en';
import { dictionaries, initialLanguage, type Key, knownKey, languages, translator } from './translate';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('the dictionaries', () => {
  it.each(languages)('$name has exactly the keys of English', ({ id }) => {
    expect(Object.keys(dictionaries[id]).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(languages)('$name has a word and the same placeholders for every key', ({ id }) => {
    for (const key of Object.keys(en) as Key[]) {
      expect(dictionaries[id][key].trim(), key).not.toBe('');
      expect(placeholders(dictionaries[id][key]), key).toEqual(placeholders(en[key]));
    }
  });

  it('keep no key in two of their parts, where one would hide the other', () => {
    const parts = Object.values(import.meta.glob<object>('./en/*.ts', { eager: true, import: '*' }));
    const keys = parts.flatMap((part) =>
      Object.entries(part).flatMap(([name, words]) => (name === 'en' ? [] : Object.keys(words))),
    );
    expect(keys).toHaveLength(Object.keys(en).length);
  });

  it('are really two languages', () => {
    const same = (Object.keys(en) as Key[]).filter(
      (key) => en[key] === dictionaries.zh[key] && /[a-z]{3}/i.test(en[key].replace(/\{\w+\}/g, '')),
    );
    expect(same).toEqual([]);
  });
});

describe('translation', () => {
  it('fills placeholders and leaves unknown ones visible', () => {
    expect(translator('en')('funnel.lost', { count: '1,204' })).toBe('1,204 lost');
    expect(translator('en')('funnel.lost')).toBe('{count} lost');
  });

  it('knows which words of the server have a translation', () => {
    expect(knownKey('role.ROLE_EDITOR')).toBe('role.ROLE_EDITOR');
    expect(knownKey('problem.418')).toBeUndefined();
    expect(knownKey('toString')).toBeUndefined();
  });

  it('prefers the remembered language, then the first the browser and we both speak', () => {
    expect(initialLanguage('en', ['zh-CN'])).toBe('en');
    expect(initialLanguage(null, ['de-DE', 'zh-TW', 'en'])).toBe('zh');
    expect(initialLanguage('xx', ['de-DE'])).toBe('en');
  });
});
