import type { ReactNode } from 'react';
import type { Comparison, MetricResult } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { EffectBar, reachOf } from '../../../charts/EffectBar';
import {
  describeBound,
  describeEffect,
  describeInterval,
  describeMetricValue,
  guardrailOf,
  lowerIsBetter,
  verdictOf,
} from '../../../format/results';
import { Table } from '../../../ui/parts';
import { Badge } from './HealthCard';

/** Metrics with the effect of every treatment; with margins they are guardrails. */
export function MetricTable(props: {
  results: readonly MetricResult[];
  label: string;
  kinds: ReadonlyMap<string, string>;
  margins: ReadonlyMap<string, number> | undefined;
}): ReactNode {
  const { t } = useConsole();
  const { results, label, kinds, margins } = props;
  const rows = results.flatMap((result) =>
    result.analysis.comparisons.map((comparison) => ({ result, comparison })),
  );
  const reach = reachOf([
    ...rows.flatMap(({ comparison }) => shownInterval(comparison, margins !== undefined)),
    ...(margins?.values() ?? []),
  ]);
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{t('results.metric')}</th>
          <th className="number">{t('results.control')}</th>
          <th className="number">{t('results.treatment')}</th>
          <th>{t('results.effect')}</th>
          <th className="number">{t(margins ? 'results.p' : 'results.p.corrected')}</th>
          <th>{t('results.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ result, comparison }) => (
          <MetricRow
            key={`${result.analysis.metric} ${comparison.arm}`}
            result={result}
            comparison={comparison}
            kind={kinds.get(result.analysis.metric) ?? ''}
            reach={reach}
            margin={margins?.get(result.analysis.metric)}
            guardrail={margins !== undefined}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface Row {
  readonly result: MetricResult;
  readonly comparison: Comparison;
  readonly kind: string;
  readonly reach: number;
  readonly margin: number | undefined;
  readonly guardrail: boolean;
}

function MetricRow({ result, comparison, kind, reach, margin, guardrail }: Row): ReactNode {
  const { t, format } = useConsole();
  const { effect, treatment, control } = comparison;
  const lower = lowerIsBetter(result);
  const value = (given: number | undefined) => describeMetricValue(given, result.currency, kind, format);
  const pValue = guardrail ? comparison.guardrail?.pValue : effect?.pValue;
  return (
    <tr data-testid={guardrail ? 'guardrail' : 'goal'}>
      <td>
        <b>{result.displayName || result.analysis.metric}</b>
        <small>
          {[
            comparison.arm,
            ...(lower ? [t('results.lower')] : []),
            ...(margin === undefined ? [] : [t('results.guardrail.margin', { margin: format.rate(margin) })]),
          ].join(' · ')}
        </small>
        {result.cap !== undefined && <small>{t('results.capped', { cap: value(result.cap) })}</small>}
      </td>
      <td className="number">
        {value(control.value)}
        <small>{format.count(control.units)}</small>
      </td>
      <td className="number">
        {value(treatment.value)}
        <small>{format.count(treatment.units)}</small>
      </td>
      <td className="effect-cell">
        <EffectCell
          comparison={comparison}
          reach={reach}
          guardrail={guardrail}
          reference={reference(margin, lower)}
        />
      </td>
      <td className="number">
        {pValue === undefined ? '–' : format.probability(pValue)}
        {effect && !guardrail && (
          <small>{t('results.p.alone', { p: format.probability(effect.rawPValue) })}</small>
        )}
      </td>
      <td>
        <Badge said={guardrail ? guardrailOf(comparison, t) : verdictOf(comparison, lower, t)} />
        {comparison.belief && !guardrail && (
          <small>{t('results.verdict.chance', { share: format.share(comparison.belief.chanceToWin) })}</small>
        )}
        {effect?.drifted && <small>{t('results.drifted')}</small>}
        {effect?.varianceReduction !== undefined && (
          <small>{t('results.reduced', { share: format.share(effect.varianceReduction) })}</small>
        )}
      </td>
    </tr>
  );
}

/** The effect as number and picture, or why there is none. */
export function EffectCell(props: {
  comparison: Comparison;
  reach: number;
  guardrail: boolean;
  reference: number;
}): ReactNode {
  const { t, format } = useConsole();
  const { comparison, reach, guardrail, reference } = props;
  const { effect, obstacle } = comparison;
  if (!effect) {
    return <span className="hint">{obstacle?.message || t('results.verdict.unknown')}</span>;
  }
  const interval = (guardrail && comparison.guardrail?.interval) || effect.interval;
  const estimate = describeEffect(effect.estimate, effect.scale, format);
  return (
    <>
      <span className="effect-numbers">
        <b>{estimate}</b> <span className="hint">{describeInterval(interval, effect.scale, t, format)}</span>
      </span>
      <EffectBar
        estimate={effect.estimate}
        interval={interval}
        reach={reach}
        reference={reference}
        label={t('results.effect.of', {
          effect: estimate,
          low: describeBound(interval.low, effect.scale, t, format),
          high: describeBound(interval.high, effect.scale, t, format),
        })}
      />
    </>
  );
}

/** What of a comparison must find room on the scale. */
export function shownInterval(
  { effect, guardrail }: Comparison,
  asGuardrail: boolean,
): readonly (number | undefined)[] {
  const interval = (asGuardrail && guardrail?.interval) || effect?.interval;
  return [effect?.estimate, interval?.low, interval?.high];
}

/** Where a loss begins that cannot be borne; 0 for what is no guardrail. */
function reference(margin: number | undefined, lower: boolean): number {
  return margin === undefined ? 0 : lower ? margin : -margin;
}
