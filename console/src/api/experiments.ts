import type { Client } from './client';
import {
  decimal,
  instant,
  integer,
  type Json,
  list,
  needed,
  present,
  record,
  seconds,
  text,
  texts,
} from './decode';
import { type Share, shares } from './flags';
import { at, everyPage, removeUnchanged } from './kept';
import { type Page, paged } from './page';

/** Variants of a flag dealt by chance, to learn what they do. */
export interface Experiment {
  readonly key: string;
  readonly name: string;
  readonly hypothesis: string;
  readonly flagKey: string;
  readonly unitType: string;
  readonly audience: Json | undefined;
  readonly arms: readonly Share[];
  readonly control: string;
  readonly layer: LayerShare | undefined;
  readonly holdoutKeys: readonly string[];
  readonly ramp: readonly RampStage[];
  readonly plan: Plan;
  readonly state: State;
  readonly phase: number;
  readonly runs: readonly Run[];
  readonly updateTime: Date | undefined;
  readonly etag: string;
  /** As it came, so that what the console has no words for is sent back as it was. */
  readonly definition: Json;
}

export interface LayerShare {
  readonly layerKey: string;
  /** Parts of 10000. */
  readonly share: number;
}

export interface RampStage {
  /** Parts of 10000. */
  readonly share: number;
  readonly afterSeconds: number;
}

/** How it will be judged; what is not set has its default. */
export interface Plan {
  readonly goals: readonly string[];
  readonly guardrails: readonly Guardrail[];
  readonly design: string;
  readonly alpha: number;
  readonly power: number;
  readonly smallestEffect: number;
  readonly plannedUnits: number;
  readonly correction: string;
  readonly covariateDays: number;
  readonly breaker: string;
}

export interface Guardrail {
  readonly metricKey: string;
  readonly margin: number;
}

export const states = [
  'DRAFT',
  'IN_REVIEW',
  'APPROVED',
  'RAMPING',
  'RUNNING',
  'PAUSED',
  'STOPPED',
  'DECIDED',
  'ARCHIVED',
] as const;
export type State = (typeof states)[number] | 'UNKNOWN';

/** What a start fixed, and what happened since. */
export interface Run {
  readonly startTime: Date | undefined;
  readonly stopTime: Date | undefined;
  readonly stages: readonly { readonly startTime: Date | undefined; readonly share: number }[];
  readonly currentShare: number;
  readonly layerParts: readonly { readonly from: number; readonly to: number }[];
  readonly registration: string;
  readonly registrationSha256: string;
  readonly decidedVariant: string;
}

export interface Change {
  readonly action: string;
  readonly from: State;
  readonly to: State;
  readonly author: string;
  readonly time: Date | undefined;
  readonly comment: string;
}

/** A number experiments are judged by. */
export interface Metric {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly lowerIsBetter: boolean;
}

export interface Named {
  readonly key: string;
  readonly name: string;
  /** Parts of 10000: of a layer what nobody owns, of a hold-out what is held out. */
  readonly share: number;
}

/** What a sample-size calculator answers. */
export interface SampleSize {
  readonly armUnits: readonly number[];
  readonly totalUnits: number;
  /** Why there is no number; empty when there is one. */
  readonly obstacle: string;
}

const path = '/api/v1/experiments';

/** Experiments, and what they are made of. */
export class ExperimentDoor {
  constructor(private readonly client: Client) {}

  async page(pageToken: string, signal?: AbortSignal): Promise<Page<Experiment>> {
    const token = pageToken && `&page_token=${encodeURIComponent(pageToken)}`;
    const reply = await this.client.get(`${path}?page_size=50${token}`, signal);
    return paged(list(reply.experiments, experiment), reply);
  }

  async one(key: string, signal?: AbortSignal): Promise<Experiment> {
    return only(await this.client.get(at(path, key), signal));
  }

  async create(definition: Json): Promise<Experiment> {
    return only(await this.client.post(path, definition));
  }

  /** Replaces a design and makes it a draft again. The definition carries the etag of what was read. */
  async update(key: string, definition: Json): Promise<Experiment> {
    return only(await this.client.call(at(path, key), { method: 'PUT', body: definition }));
  }

  remove({ key, etag }: Experiment): Promise<void> {
    return removeUnchanged(this.client, at(path, key), 'experiment', etag);
  }

  /** Does the next thing with what was read. */
  async move({ key, etag }: Experiment, move: Json, comment: string): Promise<Experiment> {
    return only(await this.client.post(`${at(path, key)}:move`, { etag, comment, ...move }));
  }

  async changes(key: string, signal?: AbortSignal): Promise<readonly Change[]> {
    const reply = await this.client.get(`${at(path, key)}/changes`, signal);
    return list(reply.changes, (entry) => ({
      action: text(entry.action),
      from: state(entry.from),
      to: state(entry.to),
      author: text(entry.author),
      time: instant(entry.time),
      comment: text(entry.comment),
    }));
  }

  metrics(signal?: AbortSignal): Promise<readonly Metric[]> {
    return everyPage(this.client, '/api/v1/metrics', 'metrics', metric, signal);
  }

  layers(signal?: AbortSignal): Promise<readonly Named[]> {
    return everyPage(this.client, '/api/v1/layers', 'layers', named('free_share'), signal);
  }

  holdouts(signal?: AbortSignal): Promise<readonly Named[]> {
    return everyPage(this.client, '/api/v1/holdouts', 'holdouts', named('share'), signal);
  }

  async sampleSize(question: Json): Promise<SampleSize> {
    const reply = await this.client.post('/api/v1/statistics:sampleSize', question);
    return {
      armUnits: Array.isArray(reply.arm_units) ? reply.arm_units.map(integer) : [],
      totalUnits: integer(reply.total_units),
      obstacle: text(record(reply.obstacle).message),
    };
  }
}

function only(reply: Json): Experiment {
  return experiment(present(reply.experiment, 'experiment'));
}

export function experiment(entry: Json): Experiment {
  const key = needed('experiment.key')(entry.key);
  return {
    key,
    name: text(entry.display_name) || key,
    hypothesis: text(entry.hypothesis),
    flagKey: text(entry.flag_key),
    unitType: text(entry.unit_type),
    audience: entry.audience === undefined || entry.audience === null ? undefined : record(entry.audience),
    arms: shares(entry.arms),
    control: text(entry.control),
    layer: layerShare(record(entry.layer)),
    holdoutKeys: texts(entry.holdout_keys),
    ramp: list(entry.ramp, (stage) => ({
      share: integer(stage.share),
      afterSeconds: seconds(stage.after) ?? 0,
    })),
    plan: plan(record(entry.plan)),
    state: state(entry.state),
    phase: integer(entry.phase),
    runs: list(entry.runs, run),
    updateTime: instant(entry.update_time),
    etag: text(entry.etag),
    definition: entry,
  };
}

function layerShare(entry: Json): LayerShare | undefined {
  const layerKey = text(entry.layer_key);
  return layerKey ? { layerKey, share: integer(entry.share) } : undefined;
}

function plan(entry: Json): Plan {
  return {
    goals: texts(entry.goal_metric_keys),
    guardrails: list(entry.guardrails, (guardrail) => ({
      metricKey: text(guardrail.metric_key),
      margin: decimal(guardrail.margin),
    })),
    design: text(entry.design) || 'DESIGN_KIND_GROUP_SEQUENTIAL',
    alpha: decimal(entry.alpha) || 0.05,
    power: decimal(entry.power) || 0.8,
    smallestEffect: decimal(entry.smallest_effect),
    plannedUnits: integer(entry.planned_units),
    correction: text(entry.correction) || 'MULTIPLICITY_CORRECTION_HOLM',
    covariateDays: integer(entry.covariate_days),
    breaker: text(entry.breaker) || 'BREAKER_ACTION_PAUSE',
  };
}

function run(entry: Json): Run {
  return {
    startTime: instant(entry.start_time),
    stopTime: instant(entry.stop_time),
    stages: list(entry.stages, (stage) => ({
      startTime: instant(stage.start_time),
      share: integer(stage.share),
    })),
    currentShare: integer(entry.current_share),
    layerParts: list(entry.layer_parts, (part) => ({ from: integer(part.from), to: integer(part.to) })),
    registration: text(entry.registration),
    registrationSha256: text(entry.registration_sha256),
    decidedVariant: text(entry.decided_variant),
  };
}

function state(value: unknown): State {
  return states.find((each) => value === `EXPERIMENT_STATE_${each}`) ?? 'UNKNOWN';
}

const metricKinds = ['conversion', 'count', 'sum', 'ratio', 'retention', 'funnel', 'quantile'] as const;

function metric(entry: Json): Metric {
  const key = needed('metric.key')(entry.key);
  return {
    key,
    name: text(entry.display_name) || key,
    description: text(entry.description),
    kind: metricKinds.find((kind) => entry[kind] !== undefined) ?? '',
    lowerIsBetter: entry.direction === 'METRIC_DIRECTION_LOWER_IS_BETTER',
  };
}

function named(share: string): (entry: Json) => Named {
  return (entry) => {
    const key = needed('key')(entry.key);
    return { key, name: text(entry.display_name) || key, share: integer(entry[share]) };
  };
}
