import { type ReactNode, useCallback, useState } from 'react';
import type { Series, Version } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { useLoad } from '../../../app/load';
import { EffectChart, type EffectPoint } from '../../../charts/EffectChart';
import { describeInterval } from '../../../format/results';
import { Card, Empty, Loaded, ReloadButton, Table } from '../../../ui/parts';
import { SelectField } from '../../../ui/SelectField';

/** The effect of an arm on a metric at every look. */
export function SeriesCard({
  experimentKey,
  version,
}: {
  experimentKey: string;
  version: Version;
}): ReactNode {
  const { tenure, t } = useConsole();
  const series = useLoad(
    useCallback(
      (signal: AbortSignal) => tenure.results.timeseries(experimentKey, version, signal),
      [tenure, experimentKey, version],
    ),
  );
  return (
    <Card title={t('results.series')} actions={<ReloadButton of={series} />}>
      <Loaded from={series}>{(value) => <SeriesView series={value} />}</Loaded>
    </Card>
  );
}

/** A look with the effect of one arm. */
interface Look extends EffectPoint {
  readonly significant: boolean;
}

export function SeriesView({ series }: { series: readonly Series[] }): ReactNode {
  const { t } = useConsole();
  const [metricKey, setMetricKey] = useState(series[0]?.metricKey ?? '');
  const shown = series.find((each) => each.metricKey === metricKey) ?? series[0];
  const arms = armsOf(shown);
  const [chosenArm, setArm] = useState('');
  const arm = arms.includes(chosenArm) ? chosenArm : (arms[0] ?? '');
  const looks = looksOf(shown, arm);
  if (!shown || series.every((each) => armsOf(each).length === 0)) {
    return <Empty>{t('results.series.empty')}</Empty>;
  }
  const label = t('results.series.of', { arm, metric: shown.metricKey, count: looks.length });
  return (
    <>
      <div className="fields">
        <SelectField
          label={t('results.series.metric')}
          value={shown.metricKey}
          testId="series-metric"
          choices={series.map((each) => ({ value: each.metricKey, label: each.metricKey }))}
          onChange={setMetricKey}
        />
        {arms.length > 1 && (
          <SelectField
            label={t('results.series.arm')}
            value={arm}
            choices={arms.map((value) => ({ value, label: value }))}
            onChange={setArm}
          />
        )}
      </div>
      {looks.length === 0 ? (
        <Empty>{t('results.series.empty')}</Empty>
      ) : (
        <>
          <EffectChart points={looks} label={label} />
          <details className="narrow">
            <summary>{t('results.series.table')}</summary>
            <LookTable looks={looks} label={label} />
          </details>
        </>
      )}
    </>
  );
}

function LookTable({ looks, label }: { looks: readonly Look[]; label: string }): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th>{t('results.series.time')}</th>
          <th className="number">{t('results.basis.units')}</th>
          <th>{t('results.effect')}</th>
          <th>{t('results.series.significant')}</th>
        </tr>
      </thead>
      <tbody>
        {looks.map((look) => (
          <tr key={look.time?.getTime()} data-testid="look">
            <td className="nowrap">{format.dateTime(look.time)}</td>
            <td className="number">{format.count(look.units)}</td>
            <td>
              {format.change(look.estimate)}{' '}
              <span className="hint">{describeInterval(look.interval, '', t, format)}</span>
            </td>
            <td>{t(look.significant ? 'results.yes' : 'results.no')}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function armsOf(series: Series | undefined): readonly string[] {
  return [...new Set(series?.points.flatMap(({ effects }) => effects.map(({ arm }) => arm)))];
}

/** The looks at which the arm's effect could be told. */
export function looksOf(series: Series | undefined, arm: string): readonly Look[] {
  return (series?.points ?? []).flatMap(({ time, units, effects }) =>
    effects
      .filter((effect) => effect.arm === arm)
      .map(({ estimate, interval, significant }) => ({ time, units, estimate, interval, significant })),
  );
}
