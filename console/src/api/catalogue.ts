import { type Client, query } from './client';
import { decimal, flag, instant, integer, type Json, list, needed, shaped, text } from './decode';

const catalogueEvent = shaped({
  name: needed('catalogue event name'),
  events: integer,
  users: integer,
  lastTime: instant,
  planned: flag,
  description: text,
});
export type CatalogueEvent = ReturnType<typeof catalogueEvent>;

const catalogueProperty = shaped({
  name: needed('catalogue property name'),
  events: integer,
  /** Of the events looked at, the part that has it. */
  share: decimal,
  planned: flag,
  description: text,
  /** Its values are shown to nobody here: the tracking plan has it in class C2 or C3. */
  valuesHidden: flag,
});
export type CatalogueProperty = ReturnType<typeof catalogueProperty>;

const catalogueValue = shaped({ value: text, events: integer });
export type CatalogueValue = ReturnType<typeof catalogueValue>;

/** Names or values that were found, and whether there are more than came. */
export interface Found<T> {
  readonly entries: readonly T[];
  readonly whole: boolean;
}

/** How long names are not asked for again: they hardly change, and a form has many fields. */
const freshMilliseconds = 60_000;

/** What a project can ask about. Many fields ask for the same names, so these are kept for a minute. */
export class CatalogueDoor {
  private readonly kept = new Map<string, { readonly until: number; readonly found: Promise<Json> }>();

  constructor(
    private readonly client: Client,
    private readonly now: () => number = Date.now,
  ) {}

  async events(search = ''): Promise<Found<CatalogueEvent>> {
    const reply = await this.ask('events', { search, page_size: 1000 });
    return { entries: list(reply.events, catalogueEvent), whole: text(reply.next_page_token) === '' };
  }

  async properties(event: string, search = ''): Promise<Found<CatalogueProperty>> {
    const reply = await this.ask('properties', { event, search, page_size: 1000 });
    return { entries: list(reply.properties, catalogueProperty), whole: text(reply.next_page_token) === '' };
  }

  /** The most frequent values. They are one page, so only few of them are surely all. */
  async values(property: string, event: string, search = ''): Promise<Found<CatalogueValue>> {
    const reply = await this.ask('values', { property, event, search, page_size: mostValues });
    const entries = list(reply.values, catalogueValue);
    return { entries, whole: entries.length < mostValues };
  }

  private ask(what: string, parameters: Readonly<Record<string, string | number>>): Promise<Json> {
    const path = `/api/v1/catalogue/${what}${query(parameters)}`;
    const key = `${this.client.project} ${path}`;
    const kept = this.kept.get(key);
    if (kept && this.now() < kept.until) {
      return kept.found;
    }
    const found = this.client.get(path);
    this.kept.set(key, { until: this.now() + freshMilliseconds, found });
    found.catch(() => this.kept.delete(key));
    return found;
  }
}

const mostValues = 100;
