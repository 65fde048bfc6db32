import { flag, integer, text } from '../api/decode';
import type { FlagRule, Gate, Prerequisite, Serving, Share, Split, Step } from '../api/flags';
import { knownKey, type Translate } from '../i18n/translate';
import { describeCondition } from './conditions';
import type { Format } from './format';

/** Says flags in words, so that nobody has to read their JSON. */

const whole = 10_000;

export function describeShares(shares: readonly Share[], t: Translate, format: Format): string {
  const [only] = shares;
  return shares.length === 1 && only
    ? t('flags.serving.all', { variant: only.variant })
    : t('flags.serving.shares', {
        shares: joined(
          shares.map(({ variant, weight }) => ({ variant, share: weight / whole })),
          t,
          format,
        ),
      });
}

/** For whom a rule holds. */
export function describeAudience(rule: FlagRule, t: Translate, format: Format): string {
  return rule.condition
    ? t('flags.rule.if', { condition: describeCondition(rule.condition, t, format) })
    : t('flags.rule.everybody');
}

/** What a rule serves; an experiment's key is left to whoever links it. */
export function describeServing(serving: Serving, t: Translate, format: Format): string {
  switch (serving.kind) {
    case 'allocation':
      return describeShares(serving.shares, t, format);
    case 'experiment':
      return t('flags.serving.experiment');
    case 'split':
      return describeSplit(serving.split, t, format);
    case 'unknown':
      return t('flags.serving.unknown');
  }
}

/** When a rule holds, and what else it wants. */
export function describeLimits(rule: FlagRule, t: Translate, format: Format): readonly string[] {
  return [
    ...(rule.startTime ? [t('flags.rule.from', { time: format.dateTime(rule.startTime) })] : []),
    ...(rule.endTime ? [t('flags.rule.until', { time: format.dateTime(rule.endTime) })] : []),
    ...rule.prerequisites.map((each) => describePrerequisite(each, t)),
  ];
}

export function describePrerequisite({ flagKey, variants }: Prerequisite, t: Translate): string {
  return t('flags.rule.requires', { flag: flagKey, variants: variants.join(t('flags.or')) });
}

export function describeUnit(unitType: string, t: Translate): string {
  return t(knownKey(`flags.unit.${unitType}`) ?? 'flags.unit.UNIT_TYPE_USER');
}

/** A value as JSON writes it; nothing leaves it to the asking program. */
export function describeValue(value: unknown, t: Translate): string {
  return value === undefined || value === null ? t('flags.value.own') : JSON.stringify(value);
}

export function describeStep({ kind, body }: Step, t: Translate): string {
  const variant = text(body.variant);
  const bucket = integer(body.bucket);
  const unit = describeUnit(text(body.unit_type), t);
  switch (kind) {
    case 'disabled':
      return t('flags.step.disabled');
    case 'on_list':
      return t('flags.step.on_list', { unit, variant });
    case 'asked':
      return t(flag(body.met) ? 'flags.step.asked.met' : 'flags.step.asked.not', {
        flag: text(body.flag_key),
        variant,
      });
    case 'out_of_schedule':
      return t('flags.step.out_of_schedule');
    case 'matched':
      return t(flag(body.holds) ? 'flags.step.matched.holds' : 'flags.step.matched.not');
    case 'no_unit':
      return t('flags.step.no_unit', { unit });
    case 'gated': {
      const key = knownKey(`flags.gate.${text(body.gate)}`);
      const gate = key ? t(key, { name: text(body.name) }) : text(body.gate);
      return t(flag(body.passed) ? 'flags.step.gated.passed' : 'flags.step.gated.not', { gate, bucket });
    }
    case 'remembered':
      return t(flag(body.taken) ? 'flags.step.remembered.taken' : 'flags.step.remembered.not', { variant });
    case 'dealt':
      return t(variant ? 'flags.step.dealt.variant' : 'flags.step.dealt.none', { bucket, variant });
    default:
      return t('flags.step.unknown', { kind });
  }
}

function describeSplit(split: Split, t: Translate, format: Format): string {
  return [
    t('flags.serving.split', { shares: joined(split.arms, t, format) }),
    ...split.gates.map((gate) => describeGate(gate, t)),
    ...(split.sticky ? [t('flags.serving.sticky')] : []),
  ].join('; ');
}

function describeGate({ kind, name }: Gate, t: Translate): string {
  return t(`flags.serving.gate.${kind}`, { name });
}

function joined(
  arms: readonly { readonly variant: string; readonly share: number | undefined }[],
  t: Translate,
  format: Format,
): string {
  return arms
    .map(({ variant, share }) =>
      share === undefined
        ? t('flags.serving.part', { variant })
        : t('flags.serving.share', { variant, share: format.share(share) }),
    )
    .join(', ');
}
