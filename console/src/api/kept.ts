import { type Client, Problem } from './client';
import { type Json, list, present, text } from './decode';

/** What all things have in common that are kept under an id, with revisions. */

const pageSize = 1000;

/** Every entry of a list, page after page. */
export async function everyPage<T>(
  client: Client,
  path: string,
  field: string,
  decode: (entry: Json) => T,
  signal?: AbortSignal,
): Promise<readonly T[]> {
  const found: T[] = [];
  let token = '';
  do {
    const page: Json = await client.get(
      `${path}?page_size=${pageSize}${token && `&page_token=${encodeURIComponent(token)}`}`,
      signal,
    );
    found.push(...list(page[field], decode));
    token = text(page.next_page_token);
  } while (token);
  return found;
}

/** A deletion carries no etag, so what is there is looked at once more right before. */
export async function removeUnchanged(
  client: Client,
  path: string,
  kind: string,
  etag: string,
): Promise<void> {
  const current = present((await client.get(path))[kind], kind);
  if (text(current.etag) !== etag) {
    throw new Problem(409, '', '', '', [], 'aborted');
  }
  await client.call(path, { method: 'DELETE' });
}

/** The address of one thing of a list. */
export function at(path: string, id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
