import type { Client } from './client';
import {
  flag as bool,
  instant,
  integer,
  type Json,
  list,
  needed,
  present,
  record,
  text,
  texts,
} from './decode';
import { at, everyPage, removeUnchanged } from './kept';

/** A switch whose value is decided for each unit. */
export interface Flag {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly variants: readonly FlagVariant[];
  readonly offVariant: string;
  readonly rules: readonly FlagRule[];
  readonly fallthrough: readonly Share[];
  readonly unitType: string;
  readonly forced: readonly Forced[];
  readonly prerequisites: readonly Prerequisite[];
  readonly updateTime: Date | undefined;
  readonly etag: string;
  /** As it came, so that what the console has no words for is sent back as it was. */
  readonly definition: Json;
}

export interface FlagVariant {
  readonly name: string;
  readonly value: unknown;
}

export interface Share {
  readonly variant: string;
  /** Parts of 10000. */
  readonly weight: number;
}

export interface Forced {
  readonly unitType: string;
  /** Unit and variant. */
  readonly variants: readonly (readonly [string, string])[];
}

export interface Prerequisite {
  readonly flagKey: string;
  readonly variants: readonly string[];
}

export interface FlagRule {
  readonly name: string;
  /** Not there for everybody. */
  readonly condition: Json | undefined;
  readonly serving: Serving;
  readonly startTime: Date | undefined;
  readonly endTime: Date | undefined;
  readonly prerequisites: readonly Prerequisite[];
}

export type Serving =
  | { readonly kind: 'allocation'; readonly shares: readonly Share[] }
  | { readonly kind: 'experiment'; readonly key: string }
  | { readonly kind: 'split'; readonly split: Split }
  | { readonly kind: 'unknown' };

/** Variants as another system dealt them. */
export interface Split {
  readonly key: string;
  readonly gates: readonly Gate[];
  readonly arms: readonly { readonly variant: string; readonly share: number | undefined }[];
  readonly sticky: boolean;
}

export interface Gate {
  readonly kind: 'layer' | 'holdout' | 'enrolment' | 'unknown';
  readonly name: string;
}

export interface Explanation {
  readonly variant: string;
  readonly value: unknown;
  readonly reason: string;
  readonly rule: string;
  readonly experiment: string;
  readonly degraded: boolean;
  readonly steps: readonly Step[];
}

/** One step of a decision; `body` is of its kind. */
export interface Step {
  readonly rule: string;
  readonly kind: string;
  readonly body: Json;
}

export const importFormats = ['GROWTHBOOK', 'UNLEASH', 'FLAGD', 'EPPO'] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface Imported {
  readonly flags: readonly Flag[];
  readonly premises: readonly Premise[];
  readonly refusals: readonly Refusal[];
}

export interface Premise {
  readonly flagKey: string;
  readonly attributes: readonly string[];
  readonly kinds: readonly string[];
}

export interface Refusal {
  readonly flagKey: string;
  readonly path: string;
  readonly reason: string;
}

const path = '/api/v1/flags';

/** Flags and who gets what. */
export class FlagDoor {
  constructor(private readonly client: Client) {}

  all(signal?: AbortSignal): Promise<readonly Flag[]> {
    return everyPage(this.client, path, 'flags', flag, signal);
  }

  async one(key: string, signal?: AbortSignal): Promise<Flag> {
    return flag(present((await this.client.get(at(path, key), signal)).flag, 'flag'));
  }

  /** Switches what was read on or off; a problem of kind "aborted" when somebody else changed it meanwhile. */
  async switch(read: Flag, enabled: boolean): Promise<void> {
    const body = { ...read.definition, enabled, etag: read.etag };
    await this.client.call(at(path, read.key), { method: 'PUT', body });
  }

  /** Deletes what was read; a problem of kind "failed-precondition" while something needs it. */
  remove({ key, etag }: Flag): Promise<void> {
    return removeUnchanged(this.client, at(path, key), 'flag', etag);
  }

  async explain(key: string, targetingKey: string, context: Json): Promise<Explanation> {
    const body = { targeting_key: targetingKey, context };
    const reply = await this.client.post(`${at(path, key)}:explain`, body);
    const evaluation = present(reply.evaluation, 'evaluation');
    return {
      variant: text(evaluation.variant),
      value: evaluation.value,
      reason: text(evaluation.reason),
      rule: text(evaluation.rule),
      experiment: text(evaluation.experiment),
      degraded: bool(evaluation.degraded),
      steps: list(reply.steps, step),
    };
  }

  /** Reads a document of another system; a dry run only tells what would come of it. */
  async importFrom(format: ImportFormat, document: string, dryRun: boolean): Promise<Imported> {
    const body = { format: `IMPORT_FORMAT_${format}`, document, dry_run: dryRun };
    const reply = await this.client.post(`${path}:import`, body);
    return {
      flags: list(reply.flags, flag),
      premises: list(reply.premises, (entry) => ({
        flagKey: text(entry.flag_key),
        attributes: texts(entry.attributes),
        kinds: texts(entry.kinds),
      })),
      refusals: list(reply.refusals, (entry) => ({
        flagKey: text(entry.flag_key),
        path: text(entry.path),
        reason: text(entry.reason),
      })),
    };
  }
}

function flag(entry: Json): Flag {
  const key = needed('flag.key')(entry.key);
  return {
    key,
    name: text(entry.display_name) || key,
    description: text(entry.description),
    enabled: bool(entry.enabled),
    variants: list(entry.variants, (variant) => ({ name: text(variant.name), value: variant.value })),
    offVariant: text(entry.off_variant),
    rules: list(entry.rules, rule),
    fallthrough: shares(record(entry.fallthrough).shares),
    unitType: text(entry.unit_type),
    forced: list(entry.forced, (forced) => ({
      unitType: text(forced.unit_type),
      variants: Object.entries(record(forced.variants)).map(
        ([unit, variant]) => [unit, text(variant)] as const,
      ),
    })),
    prerequisites: prerequisites(entry.prerequisites),
    updateTime: instant(entry.update_time),
    etag: text(entry.etag),
    definition: entry,
  };
}

function rule(entry: Json): FlagRule {
  return {
    name: text(entry.name),
    condition:
      entry.condition === undefined || entry.condition === null ? undefined : record(entry.condition),
    serving: serving(entry),
    startTime: instant(entry.start_time),
    endTime: instant(entry.end_time),
    prerequisites: prerequisites(entry.prerequisites),
  };
}

function serving(entry: Json): Serving {
  if (entry.experiment !== undefined) {
    return { kind: 'experiment', key: text(entry.experiment) };
  }
  if (entry.split !== undefined) {
    return { kind: 'split', split: split(record(entry.split)) };
  }
  return entry.allocation === undefined
    ? { kind: 'unknown' }
    : { kind: 'allocation', shares: shares(record(entry.allocation).shares) };
}

function split(entry: Json): Split {
  return {
    key: text(entry.key),
    gates: list(entry.gates, gate),
    arms: list(entry.arms, (arm) => ({ variant: text(arm.variant), share: shareOf(arm.places) })),
    sticky: entry.stickiness !== undefined && entry.stickiness !== null,
  };
}

function gate(entry: Json): Gate {
  const kind = (['layer', 'holdout', 'enrolment'] as const).find((each) => entry[each] !== undefined);
  return { kind: kind ?? 'unknown', name: kind ? text(record(entry[kind]).name) : '' };
}

/** Share of the buckets an arm takes; nothing where it wants several places at once, which no one number says. */
function shareOf(places: unknown): number | undefined {
  const [place, ...others] = list(places, (entry) => ({
    all: integer(record(entry.dealing).buckets),
    taken: list(entry.stretches, (stretch) => integer(stretch.to) - integer(stretch.from)),
  }));
  if (!place || others.length > 0 || place.all <= 0) {
    return undefined;
  }
  return place.taken.reduce((sum, part) => sum + part, 0) / place.all;
}

export function shares(value: unknown): readonly Share[] {
  return list(value, (share) => ({ variant: text(share.variant), weight: integer(share.weight) }));
}

function prerequisites(value: unknown): readonly Prerequisite[] {
  return list(value, (entry) => ({ flagKey: text(entry.flag_key), variants: texts(entry.variants) }));
}

function step(entry: Json): Step {
  const kind = Object.keys(entry).find((name) => name !== 'rule') ?? '';
  return { rule: text(entry.rule), kind, body: record(entry[kind]) };
}
