import { conditionOf } from '../analysis/conditions';
import { anybody, type Users, usersOf } from '../analysis/scope';
import { type Json, record } from '../api/decode';
import type { Experiment } from '../api/experiments';

/** An experiment while it is designed. Numbers are as people write them, shares in per cent. */
export interface Draft {
  readonly key: string;
  readonly name: string;
  readonly hypothesis: string;
  readonly flagKey: string;
  readonly unitType: UnitType;
  readonly audience: Users;
  readonly arms: readonly DraftArm[];
  readonly control: string;
  /** Empty for none. */
  readonly layerKey: string;
  readonly layerShare: string;
  readonly holdoutKeys: readonly string[];
  readonly ramp: readonly DraftStage[];
  readonly goals: readonly string[];
  readonly guardrails: readonly DraftGuardrail[];
  readonly design: Design;
  readonly correction: Correction;
  readonly breaker: Breaker;
  readonly alpha: string;
  readonly power: string;
  readonly smallestEffect: string;
  readonly plannedUnits: string;
  readonly covariateDays: string;
}

export interface DraftArm {
  readonly variant: string;
  readonly share: string;
}

export interface DraftStage {
  readonly share: string;
  readonly hours: string;
}

export interface DraftGuardrail {
  readonly metricKey: string;
  readonly margin: string;
}

export const unitTypes = ['USER', 'DEVICE', 'ACCOUNT', 'HOUSEHOLD'] as const;
export type UnitType = (typeof unitTypes)[number];

export const designs = ['GROUP_SEQUENTIAL', 'CONFIDENCE_SEQUENCE', 'FIXED'] as const;
export type Design = (typeof designs)[number];

export const corrections = ['HOLM', 'BENJAMINI_HOCHBERG', 'BONFERRONI', 'NONE'] as const;
export type Correction = (typeof corrections)[number];

export const breakers = ['PAUSE', 'STOP', 'NONE'] as const;
export type Breaker = (typeof breakers)[number];

export const emptyDraft: Draft = {
  key: '',
  name: '',
  hypothesis: '',
  flagKey: '',
  unitType: 'USER',
  audience: anybody,
  arms: [],
  control: '',
  layerKey: '',
  layerShare: '100',
  holdoutKeys: [],
  ramp: [],
  goals: [],
  guardrails: [],
  design: 'GROUP_SEQUENTIAL',
  correction: 'HOLM',
  breaker: 'PAUSE',
  alpha: '5',
  power: '80',
  smallestEffect: '',
  plannedUnits: '',
  covariateDays: '0',
};

const whole = 10_000;

/** What of a draft cannot be sent yet. */
export const faults = [
  'key',
  'flag',
  'audience',
  'arms',
  'sum',
  'control',
  'layer',
  'ramp',
  'goals',
  'guardrails',
  'twice',
  'alpha',
  'power',
  'smallestEffect',
  'plannedUnits',
  'covariateDays',
] as const;
export type Fault = (typeof faults)[number];

/** What is wrong or missing, in the order of the form. The server looks once more. */
export function faultsOf(draft: Draft): readonly Fault[] {
  const wrong: Record<Fault, boolean> = {
    key: !/^[A-Za-z][A-Za-z0-9._-]{0,99}$/.test(draft.key),
    flag: draft.flagKey === '',
    audience: draft.audience.kind === 'edited' && conditionOf(draft.audience.group) === undefined,
    arms: draft.arms.length < 2 || draft.arms.length > 20 || draft.arms.some(({ share }) => !partsOf(share)),
    sum: sumOf(draft.arms) !== whole,
    control: draft.arms.every(({ variant }) => variant !== draft.control),
    layer: draft.layerKey !== '' && !partsOf(draft.layerShare),
    ramp: !growing(draft.ramp),
    goals: draft.goals.length === 0 || draft.goals.length > 20,
    guardrails:
      draft.guardrails.length > 20 ||
      draft.guardrails.some(({ metricKey, margin }) => metricKey === '' || !within(margin, 0, 100)),
    twice: !different([...draft.goals, ...draft.guardrails.map(({ metricKey }) => metricKey)]),
    alpha: !within(draft.alpha, 0.1, 20),
    power: !within(draft.power, 50, 99),
    smallestEffect: !within(draft.smallestEffect, 0, 1000) || Number(draft.smallestEffect) === 0,
    plannedUnits: !/^\d{3,15}$/.test(draft.plannedUnits.trim()) || Number(draft.plannedUnits) < 100,
    covariateDays: !/^\d{1,2}$/.test(draft.covariateDays.trim()) || Number(draft.covariateDays) > 90,
  };
  return faults.filter((fault) => wrong[fault]);
}

/** The experiment (tenure.experiment.v1.Experiment) a draft without faults means; what the form does not show stays as it was. */
export function definitionOf(draft: Draft, before: Json = {}): Json {
  const audience =
    draft.audience.kind === 'kept' ? draft.audience.condition : conditionOf(draft.audience.group);
  const { audience: _audience, layer: _layer, ...rest } = before;
  return {
    ...rest,
    key: draft.key,
    display_name: draft.name.trim(),
    hypothesis: draft.hypothesis.trim(),
    flag_key: draft.flagKey,
    unit_type: `UNIT_TYPE_${draft.unitType}`,
    ...(audience !== undefined && audience !== 'everybody' && { audience }),
    arms: draft.arms.map(({ variant, share }) => ({ variant, weight: partsOf(share) })),
    control: draft.control,
    ...(draft.layerKey !== '' && { layer: { layer_key: draft.layerKey, share: partsOf(draft.layerShare) } }),
    holdout_keys: draft.holdoutKeys,
    ramp: draft.ramp.map(({ share, hours }) => ({
      share: partsOf(share),
      after: `${Math.round(Number(hours) * hourSeconds)}s`,
    })),
    plan: {
      ...record(before.plan),
      goal_metric_keys: draft.goals,
      guardrails: draft.guardrails.map(({ metricKey, margin }) => ({
        metric_key: metricKey,
        margin: fraction(margin),
      })),
      design: `DESIGN_KIND_${draft.design}`,
      alpha: fraction(draft.alpha),
      power: fraction(draft.power),
      smallest_effect: fraction(draft.smallestEffect),
      planned_units: draft.plannedUnits.trim(),
      correction: `MULTIPLICITY_CORRECTION_${draft.correction}`,
      covariate_days: Number(draft.covariateDays),
      breaker: `BREAKER_ACTION_${draft.breaker}`,
    },
  };
}

/** An experiment as its form shows it. */
export function draftOf(experiment: Experiment): Draft {
  const { plan, layer } = experiment;
  return {
    key: experiment.key,
    name: experiment.name === experiment.key ? '' : experiment.name,
    hypothesis: experiment.hypothesis,
    flagKey: experiment.flagKey,
    unitType: ending(unitTypes, experiment.unitType),
    audience: usersOf({ users: experiment.audience }),
    arms: experiment.arms.map(({ variant, weight }) => ({ variant, share: percentOf(weight) })),
    control: experiment.control,
    layerKey: layer?.layerKey ?? '',
    layerShare: percentOf(layer?.share ?? whole),
    holdoutKeys: experiment.holdoutKeys,
    ramp: experiment.ramp.map(({ share, afterSeconds }) => ({
      share: percentOf(share),
      hours: String(afterSeconds / hourSeconds),
    })),
    goals: plan.goals,
    guardrails: plan.guardrails.map(({ metricKey, margin }) => ({ metricKey, margin: percent(margin) })),
    design: ending(designs, plan.design),
    correction: ending(corrections, plan.correction),
    breaker: ending(breakers, plan.breaker),
    alpha: percent(plan.alpha),
    power: percent(plan.power),
    smallestEffect: plan.smallestEffect > 0 ? percent(plan.smallestEffect) : '',
    plannedUnits: plan.plannedUnits > 0 ? String(plan.plannedUnits) : '',
    covariateDays: String(plan.covariateDays),
  };
}

/** The variants of a flag, as equal as parts of 10000 can be; the first ones take what is left over. */
export function equalArms(variants: readonly string[]): readonly DraftArm[] {
  const each = Math.floor(whole / variants.length);
  const left = whole - each * variants.length;
  return variants.map((variant, index) => ({ variant, share: percentOf(each + (index < left ? 1 : 0)) }));
}

/** What the control is known to do on the first goal. */
export type Baseline =
  | { readonly kind: 'rate'; readonly rate: string }
  | { readonly kind: 'mean'; readonly mean: string; readonly deviation: string };

/**
 * The question for a sample size (statistics:sampleSize); nothing while something it needs is missing. Every goal of every
 * treatment is a question, and alpha is divided among them, which is what the strictest of them gets.
 */
export function sampleQuestion(draft: Draft, baseline: Baseline): Json | undefined {
  const wrong = faultsOf(draft);
  const needed: readonly Fault[] = ['arms', 'sum', 'control', 'goals', 'alpha', 'power', 'smallestEffect'];
  const outcome = outcomeOf(baseline);
  if (!outcome || needed.some((fault) => wrong.includes(fault))) {
    return undefined;
  }
  const others = draft.arms.filter(({ variant }) => variant !== draft.control);
  const control = draft.arms.filter(({ variant }) => variant === draft.control);
  return {
    outline: {
      ...outcome,
      design: {
        kind: `DESIGN_KIND_${draft.design}`,
        alpha: fraction(draft.alpha) / (draft.correction === 'NONE' ? 1 : questionsOf(draft)),
      },
      shares: [...control, ...others].map(({ share }) => partsOf(share)),
    },
    effect: fraction(draft.smallestEffect),
    power: fraction(draft.power),
  };
}

/** How many questions share alpha. */
export function questionsOf({ goals, arms }: Draft): number {
  return Math.max(1, goals.length) * Math.max(1, arms.length - 1);
}

/** The sum of the shares in parts of 10000; what cannot be read counts nothing. */
export function sumOf(arms: readonly DraftArm[]): number {
  return arms.reduce((sum, { share }) => sum + (partsOf(share) ?? 0), 0);
}

/** Parts of 10000 of a share in per cent; nothing when it is none above 0 or finer than a part. */
export function partsOf(written: string): number | undefined {
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(written.trim())) {
    return undefined;
  }
  const parts = Math.round(Number(written.trim().replace(',', '.')) * 100);
  return parts >= 1 && parts <= whole ? parts : undefined;
}

export function percentOf(parts: number): string {
  return String(parts / 100);
}

const hourSeconds = 3_600;

function outcomeOf(baseline: Baseline): Json | undefined {
  if (baseline.kind === 'rate') {
    const rate = Number(baseline.rate);
    return rate > 0 && rate < 100 ? { rate: fraction(baseline.rate) } : undefined;
  }
  const mean = Number(baseline.mean);
  const deviation = Number(baseline.deviation);
  return baseline.mean.trim() !== '' && Number.isFinite(mean) && mean !== 0 && deviation > 0
    ? { mean: { mean, variance: deviation * deviation } }
    : undefined;
}

function growing(ramp: readonly DraftStage[]): boolean {
  return ramp.every(({ share, hours }, index) => {
    const parts = partsOf(share);
    const before = ramp[index - 1];
    if (!parts || !within(hours, 0, 100_000)) {
      return false;
    }
    return before
      ? parts > (partsOf(before.share) ?? 0) && Number(hours) > Number(before.hours)
      : Number(hours) === 0;
  });
}

function different(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}

function within(written: string, least: number, most: number): boolean {
  const number = Number(written);
  return written.trim() !== '' && number >= least && number <= most;
}

/** Per cent as a fraction, without the last digits that binary numbers add. */
function fraction(written: string): number {
  return Number((Number(written) / 100).toPrecision(12));
}

function percent(fraction: number): string {
  return String(Number((fraction * 100).toPrecision(12)));
}

/** The choice a proto name ends in; the first where it is none of them, which is its default. */
function ending<Choice extends string>(choices: readonly [Choice, ...Choice[]], name: string): Choice {
  return choices.find((choice) => name.endsWith(`_${choice}`)) ?? choices[0];
}
