import { type ReactNode, useCallback, useState } from 'react';
import type { Experiment, Metric } from '../../../api/experiments';
import type { Basis, Dimension, Results as Shown, Version } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { useLoad } from '../../../app/load';
import { Card, Empty, Figure, Loaded, ReloadButton } from '../../../ui/parts';
import { Decision } from './Decision';
import { HealthCard } from './HealthCard';
import { MetricTable } from './MetricTable';
import { SeriesCard } from './SeriesCard';
import { SliceTable } from './SliceTable';
import { type Choice, VersionForm } from './VersionForm';

/** What an experiment has shown: first whether it can be trusted, then what should be done, and then the numbers. */
export function Results({ experiment }: { experiment: Experiment }): ReactNode {
  const { t } = useConsole();
  const [choice, setChoice] = useState<Choice>({
    version: { phase: 0, asOf: undefined },
    dimension: undefined,
  });
  if (experiment.runs.length === 0) {
    return (
      <Card title={t('experiments.part.results')}>
        <Empty>{t('results.none')}</Empty>
      </Card>
    );
  }
  return (
    <div className="stack">
      <Card title={t('results.shown')}>
        <VersionForm runs={experiment.runs.length} choice={choice} onChoose={setChoice} />
      </Card>
      <HealthCard experimentKey={experiment.key} {...choice} />
      <Decision experimentKey={experiment.key} version={choice.version} />
      <Numbers experiment={experiment} {...choice} />
      <SeriesCard experimentKey={experiment.key} version={choice.version} />
    </div>
  );
}

function Numbers(props: {
  experiment: Experiment;
  version: Version;
  dimension: Dimension | undefined;
}): ReactNode {
  const { tenure } = useConsole();
  const { experiment, version, dimension } = props;
  const numbers = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const [results, metrics] = await Promise.all([
          tenure.results.results(experiment.key, version, dimension, signal),
          // They only say how a value is written.
          tenure.experiments.metrics(signal).catch((): readonly Metric[] => []),
        ]);
        return { results, metrics };
      },
      [tenure, experiment.key, version, dimension],
    ),
  );
  const margins = new Map(experiment.plan.guardrails.map(({ metricKey, margin }) => [metricKey, margin]));
  return (
    <Loaded from={numbers}>
      {({ results, metrics }) => (
        <NumberCards
          results={results}
          kinds={new Map(metrics.map(({ key, kind }) => [key, kind]))}
          margins={margins}
          dimension={dimension}
          reload={<ReloadButton of={numbers} />}
        />
      )}
    </Loaded>
  );
}

export function NumberCards(props: {
  results: Shown;
  /** Kinds of metrics, by key. */
  kinds: ReadonlyMap<string, string>;
  /** Margins of guardrails, by key of the metric. */
  margins: ReadonlyMap<string, number>;
  dimension: Dimension | undefined;
  reload?: ReactNode;
}): ReactNode {
  const { t } = useConsole();
  const { results, kinds, margins, dimension, reload } = props;
  const { goals, guardrails, basis } = results;
  return (
    <div className="stack">
      <Card title={t('results.goals')} hint={t('results.goals.hint')} actions={reload}>
        <BasisFigures basis={basis} />
        {goals.length === 0 ? (
          <NoLook basis={basis} />
        ) : (
          <MetricTable results={goals} label={t('results.goals')} kinds={kinds} margins={undefined} />
        )}
        <BasisLine basis={basis} />
      </Card>
      {guardrails.length > 0 && (
        <Card title={t('results.guardrails')} hint={t('results.guardrails.hint')}>
          <MetricTable results={guardrails} label={t('results.guardrails')} kinds={kinds} margins={margins} />
        </Card>
      )}
      {dimension &&
        [...goals, ...guardrails]
          .filter(({ slices }) => slices.length > 0)
          .map((result) => (
            <SliceTable
              key={result.analysis.metric}
              result={result}
              dimension={dimension.name}
              kind={kinds.get(result.analysis.metric) ?? ''}
            />
          ))}
    </div>
  );
}

function BasisFigures({ basis }: { basis: Basis }): ReactNode {
  const { t, format } = useConsole();
  return (
    <dl className="figures">
      <Figure
        label={t('results.basis.units')}
        value={format.count(basis.units)}
        hint={t('results.basis.units.of', { planned: format.count(basis.plannedUnits) })}
      />
      <Figure label={t('results.basis.looks')} value={format.count(basis.looks)} />
      <Figure label={t('results.basis.look')} value={format.dateTime(basis.lookTime)} />
      <Figure label={t('results.basis.next')} value={format.dateTime(basis.nextLookTime)} />
    </dl>
  );
}

function NoLook({ basis }: { basis: Basis }): ReactNode {
  const { t, format } = useConsole();
  if (basis.lookTime) {
    return <Empty>{t('results.goals.none')}</Empty>;
  }
  return (
    <Empty>
      {basis.nextLookTime
        ? t('results.noLook', { time: format.dateTime(basis.nextLookTime) })
        : t('results.noLook.none')}
    </Empty>
  );
}

function BasisLine({ basis }: { basis: Basis }): ReactNode {
  const { t, format } = useConsole();
  return (
    <p className="hint basis" data-testid="basis">
      {t('results.basis.version', {
        asOf: format.dateTime(basis.asOf),
        time: format.dateTime(basis.computeTime),
        hash: basis.registrationSha256.slice(0, 12),
      })}
    </p>
  );
}
