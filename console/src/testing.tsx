import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Client } from './api/client';
import { Tenure } from './api/tenure';
import { ConsoleContext } from './app/context';
import { format } from './format/format';
import { type Language, translator } from './i18n/translate';

/** What a part of the console looks like at first, for tests. */
export function markup(element: ReactNode, language: Language = 'en', role = 'ROLE_EDITOR'): string {
  const value = {
    tenure: new Tenure(new Client()),
    t: translator(language),
    format: format(language),
    language,
    role,
    project: 'demo',
  };
  return renderToStaticMarkup(<ConsoleContext value={value}>{element}</ConsoleContext>);
}

/** A client that gives one answer after the other, the last one again and again, and notes what it was asked. */
export function answering(...replies: readonly unknown[]): { client: Client; asked: Asked[] } {
  const asked: Asked[] = [];
  const client = new Client(async (input, init) => {
    const body = init?.body ? { body: JSON.parse(String(init.body)) } : {};
    const method = init?.method ?? 'GET';
    asked.push({ ...(method !== 'GET' && { method }), path: String(input), ...body });
    const reply = replies[Math.min(asked.length, replies.length) - 1];
    return reply instanceof Response ? reply.clone() : new Response(JSON.stringify(reply));
  });
  return { client, asked };
}

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
}
