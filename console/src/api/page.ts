import { type Json, text } from './decode';

/** A part of a list, and the token of the next part. */
export interface Page<T> {
  readonly entries: readonly T[];
  readonly total: number;
  readonly nextPageToken: string;
}

/** A page of a list whose whole length nobody counts. */
export function paged<T>(entries: readonly T[], reply: Json): Page<T> {
  return { entries, total: entries.length, nextPageToken: text(reply.next_page_token) };
}
