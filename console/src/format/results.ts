import type { Comparison, Interval, MetricResult } from '../api/results';
import { knownKey, type Translate } from '../i18n/translate';
import type { Format } from './format';

/** Says what experiments have shown in words. */

export type Tone = 'good' | 'warn' | 'bad' | 'calm';

export interface Said {
  readonly tone: Tone;
  readonly text: string;
}

export function lowerIsBetter({ direction }: Pick<MetricResult, 'direction'>): boolean {
  return direction === 'METRIC_DIRECTION_LOWER_IS_BETTER';
}

/** What is known of a goal. */
export function verdictOf({ effect }: Comparison, lower: boolean, t: Translate): Said {
  if (!effect) {
    return { tone: 'warn', text: t('results.verdict.unknown') };
  }
  if (!effect.significant) {
    return { tone: 'calm', text: t('results.verdict.none') };
  }
  return effect.estimate > 0 !== lower
    ? { tone: 'good', text: t('results.verdict.better') }
    : { tone: 'bad', text: t('results.verdict.worse') };
}

/** What is known of a guardrail. */
export function guardrailOf({ guardrail }: Pick<Comparison, 'guardrail'>, t: Translate): Said {
  const state = guardrail?.state ?? 'GUARDRAIL_STATE_UNKNOWN';
  const key = knownKey(`results.guardrail.${state}`);
  return { tone: guardrailTones[state] ?? 'warn', text: key ? t(key) : state };
}

const guardrailTones: Readonly<Record<string, Tone>> = {
  GUARDRAIL_STATE_HOLDS: 'good',
  GUARDRAIL_STATE_OPEN: 'calm',
  GUARDRAIL_STATE_BROKEN: 'bad',
};

/** How much something should worry whoever reads the results. */
export function severityOf(severity: string, t: Translate): Said {
  const key = knownKey(`results.severity.${severity}`);
  return { tone: severityTones[severity] ?? 'calm', text: t(key ?? 'results.severity.unknown') };
}

const severityTones: Readonly<Record<string, Tone>> = {
  RATIO_SEVERITY_FINE: 'good',
  RATIO_SEVERITY_WARNING: 'warn',
  RATIO_SEVERITY_ALARM: 'bad',
};

/** An effect in its scale: relative ones as per cent. */
export function describeEffect(value: number, scale: string, format: Format): string {
  return scale === 'EFFECT_SCALE_ABSOLUTE' ? format.precise(value) : format.change(value);
}

/** A bound of an interval; one that is not there lies nowhere. */
export function describeBound(
  value: number | undefined,
  scale: string,
  t: Translate,
  format: Format,
): string {
  return value === undefined ? t('results.open') : describeEffect(value, scale, format);
}

export function describeInterval(interval: Interval, scale: string, t: Translate, format: Format): string {
  return t('results.effect.range', {
    low: describeBound(interval.low, scale, t, format),
    high: describeBound(interval.high, scale, t, format),
  });
}

/** A value of a metric: money, a share of units, or a number. */
export function describeMetricValue(
  value: number | undefined,
  currency: string,
  kind: string,
  format: Format,
): string {
  if (value === undefined) {
    return '–';
  }
  if (currency) {
    return format.money(value, currency);
  }
  return shareKinds.has(kind) ? format.rate(value) : format.precise(value);
}

/** Metrics that are shares of units. */
const shareKinds: ReadonlySet<string> = new Set(['conversion', 'retention', 'funnel']);
