import { type ReactNode, useCallback } from 'react';
import type { Dimension, Health, Version } from '../../../api/results';
import { useConsole } from '../../../app/context';
import { useLoad } from '../../../app/load';
import { type Said, severityOf } from '../../../format/results';
import { Card, Figure, Loaded, ReloadButton, Table } from '../../../ui/parts';

/** Whether the numbers can be trusted. */
export function HealthCard(props: {
  experimentKey: string;
  version: Version;
  dimension: Dimension | undefined;
}): ReactNode {
  const { tenure, t } = useConsole();
  const { experimentKey, version, dimension } = props;
  const health = useLoad(
    useCallback(
      (signal: AbortSignal) => tenure.results.health(experimentKey, version, dimension, signal),
      [tenure, experimentKey, version, dimension],
    ),
  );
  return (
    <Card title={t('results.health')} actions={<ReloadButton of={health} />}>
      <Loaded from={health}>{(value) => <HealthFacts health={value} />}</Loaded>
    </Card>
  );
}

export function HealthFacts({ health }: { health: Health }): ReactNode {
  const { t, format } = useConsole();
  const looks = health.sampleRatioOverLooks;
  const ratio = severityOf(looks?.severity ?? '', t);
  const mixed = severityOf(health.mixedSeverity, t);
  const probability = (value: number | undefined) => (value === undefined ? '–' : format.probability(value));
  return (
    <div data-testid="health">
      <p className="note">
        <Badge said={severityOf(health.severity, t)} />
      </p>
      {health.findings.length > 0 && (
        <ul className="reasons note">
          {health.findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
      <dl className="figures">
        <Figure
          label={t('results.ratio')}
          value={<span className="said">{ratio.text}</span>}
          tone={figureTone(ratio)}
          hint={t('results.ratio.hint', {
            p: probability(looks?.pValue),
            now: probability(health.sampleRatio?.pValue),
          })}
        />
        <Figure
          label={t('results.mixed')}
          value={format.count(health.mixedUnits)}
          tone={figureTone(mixed)}
          hint={`${mixed.text}: ${t('results.mixed.hint', { share: format.rate(health.mixedShare) })}`}
        />
        {health.strangers > 0 && (
          <Figure
            label={t('results.strangers')}
            value={format.count(health.strangers)}
            tone="warn"
            hint={t('results.strangers.hint')}
          />
        )}
      </dl>
      <div className="pair-of-tables">
        <ArmUnits health={health} />
        {health.power.length > 0 && <PowerTable health={health} />}
      </div>
      {health.suspect && <SuspectTable suspect={health.suspect} />}
      {health.covariates.length > 0 && <CovariateTable health={health} />}
    </div>
  );
}

function ArmUnits({ health }: { health: Health }): ReactNode {
  const { t, format } = useConsole();
  return (
    <div>
      <h3>{t('results.arms')}</h3>
      <Table label={t('results.arms')}>
        <thead>
          <tr>
            <th>{t('experiments.arm')}</th>
            <th className="number">{t('results.arm.units')}</th>
            <th className="number">{t('results.arm.share')}</th>
            <th className="number">{t('results.arm.expected')}</th>
          </tr>
        </thead>
        <tbody>
          {health.arms.map((arm) => (
            <tr key={arm.arm}>
              <td>{arm.arm}</td>
              <td className="number">{format.count(arm.units)}</td>
              <td className="number">{format.rate(arm.share)}</td>
              <td className="number">{format.rate(arm.expectedShare)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function PowerTable({ health }: { health: Health }): ReactNode {
  const { t, format } = useConsole();
  return (
    <div>
      <h3>{t('results.power')}</h3>
      <Table label={t('results.power')}>
        <thead>
          <tr>
            <th>{t('results.metric')}</th>
            <th>{t('experiments.arm')}</th>
            <th className="number wrapping">{t('results.power.power')}</th>
            <th className="number wrapping">{t('results.power.detectable')}</th>
            <th className="number wrapping">{t('results.power.needed')}</th>
          </tr>
        </thead>
        <tbody>
          {health.power.map(({ metricKey, arm, power, detectableEffect, neededUnits }) => (
            <tr key={`${metricKey} ${arm}`}>
              <td>{metricKey}</td>
              <td>{arm}</td>
              <td className="number">{power === undefined ? '–' : format.share(power)}</td>
              <td className="number">
                {detectableEffect === undefined ? '–' : `±${format.rate(Math.abs(detectableEffect))}`}
              </td>
              <td className="number">{neededUnits === undefined ? '–' : format.count(neededUnits)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function SuspectTable({ suspect }: { suspect: NonNullable<Health['suspect']> }): ReactNode {
  const { t, format } = useConsole();
  const title = t('results.suspect', {
    dimension: suspect.dimension,
    p: format.probability(suspect.pValue),
  });
  return (
    <>
      <h3>{title}</h3>
      <Table label={title}>
        <thead>
          <tr>
            <th>{t('results.suspect.value')}</th>
            <th>{t('results.ratio')}</th>
            <th className="number">{t('results.p')}</th>
          </tr>
        </thead>
        <tbody>
          {suspect.values.map(({ value, test }) => (
            <tr key={value}>
              <td>{value}</td>
              <td>
                <Badge said={severityOf(test.severity, t)} />
              </td>
              <td className="number">{format.probability(test.pValue)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function CovariateTable({ health }: { health: Health }): ReactNode {
  const { t, format } = useConsole();
  return (
    <>
      <h3>{t('results.covariates')}</h3>
      <Table label={t('results.covariates')}>
        <thead>
          <tr>
            <th>{t('results.metric')}</th>
            <th>{t('experiments.arm')}</th>
            <th className="number">{t('results.covariates.difference')}</th>
            <th className="number">{t('results.p')}</th>
            <th>{t('results.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {health.covariates.map(({ metricKey, arm, difference, pValue, severity }) => (
            <tr key={`${metricKey} ${arm}`}>
              <td>{metricKey}</td>
              <td>{arm}</td>
              <td className="number">{difference === undefined ? '–' : format.change(difference)}</td>
              <td className="number">{format.probability(pValue)}</td>
              <td>
                <Badge said={severityOf(severity, t)} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

/** Something known, in words and in its tone. */
export function Badge({ said }: { said: Said }): ReactNode {
  return <span className={`badge ${said.tone}`}>{said.text}</span>;
}

function figureTone({ tone }: Said): 'warn' | 'bad' | undefined {
  return tone === 'warn' || tone === 'bad' ? tone : undefined;
}
