import type { ReactNode } from 'react';
import type { Experiment, Run } from '../../api/experiments';
import { useConsole } from '../../app/context';
import { href } from '../../app/router';
import { describeCondition } from '../../format/conditions';
import { describeUnit } from '../../format/flags';
import { knownKey } from '../../i18n/translate';
import { Card, Empty, Table } from '../../ui/parts';

const whole = 10_000;

/** What an experiment tries, on whom, how it is judged, and the runs it had. */
export function Design({ experiment }: { experiment: Experiment }): ReactNode {
  const { t } = useConsole();
  return (
    <div className="grid">
      <Card className="half" title={t('experiments.hypothesis')}>
        {experiment.hypothesis ? (
          <p className="hypothesis">{experiment.hypothesis}</p>
        ) : (
          <Empty>{t('experiments.hypothesis.none')}</Empty>
        )}
        <h3>{t('experiments.arms')}</h3>
        <Arms experiment={experiment} />
        <Scope experiment={experiment} />
      </Card>
      <Card className="half" title={t('experiments.plan')}>
        <PlanFacts experiment={experiment} />
      </Card>
      {experiment.runs.length === 0 ? (
        <Card className="wide" title={t('experiments.run', { phase: experiment.phase })}>
          <Empty>{t('experiments.run.none')}</Empty>
        </Card>
      ) : (
        experiment.runs
          .map((run, index) => (
            <Card
              key={run.registrationSha256}
              className="wide"
              title={t('experiments.run', { phase: index + 1 })}
            >
              <RunFacts run={run} />
            </Card>
          ))
          .toReversed()
      )}
    </div>
  );
}

export function Arms({ experiment }: { experiment: Experiment }): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('experiments.arms')}>
      <thead>
        <tr>
          <th>{t('experiments.arm')}</th>
          <th className="number">{t('experiments.share')}</th>
        </tr>
      </thead>
      <tbody>
        {experiment.arms.map(({ variant, weight }) => (
          <tr key={variant} data-testid="arm">
            <td className="with-meter">
              <span className="meter" style={{ width: `${(weight / whole) * 100}%` }} />
              {variant}{' '}
              {variant === experiment.control && <span className="badge">{t('experiments.control')}</span>}
            </td>
            <td className="number">{format.rate(weight / whole)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Scope({ experiment }: { experiment: Experiment }): ReactNode {
  const { t, format } = useConsole();
  const { layer, ramp, audience, holdoutKeys } = experiment;
  const stages = ramp.map(({ share, afterSeconds }) => {
    const part = format.rate(share / whole);
    return afterSeconds === 0
      ? t('experiments.ramp.first', { share: part })
      : t('experiments.ramp.stage', { share: part, time: format.duration(afterSeconds) });
  });
  return (
    <dl className="pairs">
      <Pair name={t('flags.flag')}>
        <a href={href('flags', experiment.flagKey)}>{experiment.flagKey}</a>
      </Pair>
      <Pair name={t('experiments.draft.unit')}>{describeUnit(experiment.unitType, t)}</Pair>
      <Pair name={t('experiments.audience')}>
        {audience ? describeCondition(audience, t, format) : t('flags.rule.everybody')}
      </Pair>
      <Pair name={t('experiments.layer')}>
        {layer
          ? t('experiments.layer.share', { share: format.rate(layer.share / whole), layer: layer.layerKey })
          : t('experiments.layer.none')}
      </Pair>
      <Pair name={t('experiments.holdouts')}>{holdoutKeys.join(', ') || t('app.none')}</Pair>
      <Pair name={t('experiments.ramp')}>{stages.join(', ') || t('experiments.ramp.none')}</Pair>
    </dl>
  );
}

function PlanFacts({ experiment }: { experiment: Experiment }): ReactNode {
  const { t, format } = useConsole();
  const { plan } = experiment;
  return (
    <dl className="pairs">
      <Pair name={t('experiments.plan.goals')}>{plan.goals.join(', ')}</Pair>
      <Pair name={t('experiments.plan.guardrails')}>
        {plan.guardrails
          .map(({ metricKey, margin }) =>
            t('experiments.plan.guardrail', { metric: metricKey, margin: format.rate(margin) }),
          )
          .join('; ') || t('app.none')}
      </Pair>
      <Pair name={t('experiments.plan.design')}>{named('design', plan.design, 'DESIGN_KIND_', t)}</Pair>
      <Pair name={t('experiments.plan.alpha')}>{format.rate(plan.alpha)}</Pair>
      <Pair name={t('experiments.plan.power')}>{format.rate(plan.power)}</Pair>
      <Pair name={t('experiments.plan.smallestEffect')}>{format.rate(plan.smallestEffect)}</Pair>
      <Pair name={t('experiments.plan.plannedUnits')}>{format.count(plan.plannedUnits)}</Pair>
      <Pair name={t('experiments.plan.correction')}>
        {named('correction', plan.correction, 'MULTIPLICITY_CORRECTION_', t)}
      </Pair>
      <Pair name={t('experiments.plan.covariateDays')}>{format.count(plan.covariateDays)}</Pair>
      <Pair name={t('experiments.plan.breaker')}>{named('breaker', plan.breaker, 'BREAKER_ACTION_', t)}</Pair>
    </dl>
  );
}

export function RunFacts({ run }: { run: Run }): ReactNode {
  const { t, format } = useConsole();
  return (
    <>
      <dl className="pairs">
        <Pair name={t('experiments.run.started')}>{format.dateTime(run.startTime)}</Pair>
        <Pair name={t('experiments.run.ended')}>{format.dateTime(run.stopTime)}</Pair>
        <Pair name={t('experiments.takingPart')}>{format.rate(run.currentShare / whole)}</Pair>
        <Pair name={t('experiments.run.stages')}>
          {run.stages
            .map(({ startTime, share }) => `${format.dateTime(startTime)}: ${format.rate(share / whole)}`)
            .join(', ')}
        </Pair>
        {run.layerParts.length > 0 && (
          <Pair name={t('experiments.run.layer')}>
            {run.layerParts
              .map(({ from, to }) => `${format.rate(from / whole)} – ${format.rate(to / whole)}`)
              .join(', ')}
          </Pair>
        )}
        {run.decidedVariant && <Pair name={t('experiments.run.decided')}>{run.decidedVariant}</Pair>}
        <Pair name={t('experiments.run.registration')}>
          <code data-testid="registration">{run.registrationSha256}</code>
        </Pair>
      </dl>
      <details className="narrow registered">
        <summary>{t('experiments.run.registration.hint')}</summary>
        <pre>{indented(run.registration)}</pre>
      </details>
    </>
  );
}

function Pair({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function named(
  what: 'design' | 'correction' | 'breaker',
  value: string,
  prefix: string,
  t: ReturnType<typeof useConsole>['t'],
): string {
  const key = knownKey(`experiments.${what}.${value.replace(prefix, '')}`);
  return key ? t(key) : value;
}

/** Canonical JSON has no white space; what is no JSON is shown as it is. */
function indented(registration: string): string {
  try {
    return JSON.stringify(JSON.parse(registration), undefined, 2);
  } catch {
    return registration;
  }
}
