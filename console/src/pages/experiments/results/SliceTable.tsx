import type { ReactNode } from 'react';
import type { MetricResult } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { reachOf } from '../../../charts/EffectBar';
import { describeMetricValue, lowerIsBetter, verdictOf } from '../../../format/results';
import { Card, Table } from '../../../ui/parts';
import { Badge } from './HealthCard';
import { EffectCell, shownInterval } from './MetricTable';

/** One metric for each value of a dimension. */
export function SliceTable(props: { result: MetricResult; dimension: string; kind: string }): ReactNode {
  const { t, format } = useConsole();
  const { result, dimension, kind } = props;
  const title = t('results.slices', { metric: result.displayName || result.analysis.metric, dimension });
  const rows = result.slices.flatMap((slice, index) =>
    slice.analysis.comparisons.map((comparison) => ({
      slice,
      comparison,
      key: `${index} ${comparison.arm}`,
    })),
  );
  const reach = reachOf(rows.flatMap(({ comparison }) => shownInterval(comparison, false)));
  const value = (given: number | undefined) => describeMetricValue(given, result.currency, kind, format);
  return (
    <Card title={title} hint={t('results.slices.hint')}>
      <Table label={title}>
        <thead>
          <tr>
            <th>{t('results.slices.value')}</th>
            <th>{t('experiments.arm')}</th>
            <th className="number">{t('results.control')}</th>
            <th className="number">{t('results.treatment')}</th>
            <th>{t('results.effect')}</th>
            <th className="number">{t('results.p')}</th>
            <th>{t('results.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ slice, comparison, key }) => (
            <tr key={key} data-testid="slice">
              <td>
                {slice.others
                  ? t('results.slices.others')
                  : (slice.value ?? <span className="hint">{t('results.slices.without')}</span>)}
              </td>
              <td>{comparison.arm}</td>
              <td className="number">
                {value(comparison.control.value)}
                <small>{format.count(comparison.control.units)}</small>
              </td>
              <td className="number">
                {value(comparison.treatment.value)}
                <small>{format.count(comparison.treatment.units)}</small>
              </td>
              <td className="effect-cell">
                <EffectCell comparison={comparison} reach={reach} guardrail={false} reference={0} />
              </td>
              <td className="number">
                {comparison.effect ? format.probability(comparison.effect.pValue) : '–'}
              </td>
              <td>
                <Badge said={verdictOf(comparison, lowerIsBetter(result), t)} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {result.differences.map(({ arm, pValue }) => (
        <p key={arm} className="hint">
          {t('results.slices.differ', { arm, p: format.probability(pValue) })}
        </p>
      ))}
    </Card>
  );
}
