import { type Client, query } from './client';
import {
  decimal,
  flag,
  instant,
  integer,
  type Json,
  list,
  needed,
  record,
  shaped,
  text,
  texts,
} from './decode';

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

/** A trait by any way there is to know one: planned, sent by an app, or computed here. */
export interface CatalogueTrait {
  readonly name: string;
  /** Records it was seen in. */
  readonly count: number;
  readonly computed: boolean;
  /** Planned in class C2 or C3. */
  readonly sensitive: boolean;
}

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
    const reply = await this.ask('/api/v1/catalogue/events', { search, page_size: 1000 });
    return { entries: list(reply.events, catalogueEvent), whole: text(reply.next_page_token) === '' };
  }

  async properties(event: string, search = ''): Promise<Found<CatalogueProperty>> {
    const reply = await this.ask('/api/v1/catalogue/properties', { event, search, page_size: 1000 });
    return { entries: list(reply.properties, catalogueProperty), whole: text(reply.next_page_token) === '' };
  }

  /** The most frequent values. They are one page, so only few of them are surely all. */
  async values(property: string, event: string, search = ''): Promise<Found<CatalogueValue>> {
    const reply = await this.ask('/api/v1/catalogue/values', {
      property,
      event,
      search,
      page_size: mostValues,
    });
    const entries = list(reply.values, catalogueValue);
    return { entries, whole: entries.length < mostValues };
  }

  /** Most frequent first. */
  async traits(): Promise<readonly CatalogueTrait[]> {
    const [plan, seen, computed] = await Promise.all([
      this.ask('/api/v1/tracking-plan', {}),
      this.pages('/api/v1/catalogue', 'names'),
      this.pages('/api/v1/computedTraits', 'computed_traits'),
    ]);
    const found = new Map<string, CatalogueTrait>();
    const add = (name: string, more: Partial<CatalogueTrait>) =>
      found.set(name, { name, count: 0, computed: false, sensitive: false, ...found.get(name), ...more });
    for (const trait of list(record(plan.plan).traits, (entry) => entry)) {
      add(needed('plan.traits.name')(trait.name), { sensitive: /_C[23]$/.test(text(trait.data_class)) });
    }
    for (const name of seen.filter((entry) => entry.scope === 'SCOPE_TRAIT')) {
      add(needed('names.name')(name.name), { count: integer(name.count) });
    }
    for (const name of computed.flatMap((definition) => texts(definition.traits))) {
      add(name, { computed: true });
    }
    return [...found.values()].sort(
      (left, right) => right.count - left.count || left.name.localeCompare(right.name),
    );
  }

  private async pages(path: string, field: string): Promise<readonly Json[]> {
    const found: Json[] = [];
    let token = '';
    do {
      const page = await this.ask(path, { page_size: 1000, page_token: token });
      found.push(...list(page[field], (entry) => entry));
      token = text(page.next_page_token);
    } while (token);
    return found;
  }

  private ask(what: string, parameters: Readonly<Record<string, string | number>>): Promise<Json> {
    const path = `${what}${query(parameters)}`;
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
