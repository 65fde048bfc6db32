import { type ReactNode, useCallback } from 'react';
import type { Experiment, State } from '../../api/experiments';
import { mayEdit, useConsole } from '../../app/context';
import { href } from '../../app/router';
import { latestRun } from '../../experiment/moves';
import { Paged, usePages } from '../../ui/Paged';
import { Card, ReloadButton, Table } from '../../ui/parts';
import { newExperiment } from './Experiments';

/** All experiments with where they stand. */
export function ExperimentList(): ReactNode {
  const { tenure, t, role } = useConsole();
  const pages = usePages(
    useCallback(
      (pageToken: string, signal?: AbortSignal) => tenure.experiments.page(pageToken, signal),
      [tenure],
    ),
  );
  return (
    <Card
      title={t('experiments.list')}
      actions={
        <>
          {mayEdit(role) && (
            <a className="button" href={href('experiments', newExperiment)} data-testid="new-experiment">
              {t('experiments.new')}
            </a>
          )}
          <ReloadButton of={pages.first} />
        </>
      }
    >
      <Paged pages={pages} empty={t('experiments.empty')}>
        {(experiments) => <ExperimentTable experiments={experiments} />}
      </Paged>
    </Card>
  );
}

export function ExperimentTable({ experiments }: { experiments: readonly Experiment[] }): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('experiments.list')}>
      <thead>
        <tr>
          <th>{t('experiments.experiment')}</th>
          <th>{t('alerts.state')}</th>
          <th>{t('flags.flag')}</th>
          <th>{t('experiments.arms')}</th>
          <th className="number">{t('experiments.takingPart')}</th>
          <th>{t('experiments.run.started')}</th>
        </tr>
      </thead>
      <tbody>
        {experiments.map((experiment) => {
          const run = latestRun(experiment);
          return (
            <tr key={experiment.key} data-testid="experiment">
              <td>
                <a href={href('experiments', experiment.key, run ? 'results' : '')}>{experiment.name}</a>
                {experiment.name !== experiment.key && (
                  <small>
                    <code>{experiment.key}</code>
                  </small>
                )}
              </td>
              <td>
                <StateBadge state={experiment.state} />
              </td>
              <td>
                <a href={href('flags', experiment.flagKey)}>{experiment.flagKey}</a>
              </td>
              <td>{experiment.arms.map(({ variant }) => variant).join(', ')}</td>
              <td className="number">
                {run && run.currentShare > 0 ? format.rate(run.currentShare / 10_000) : '–'}
              </td>
              <td className="nowrap">{format.date(run?.startTime)}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

export function StateBadge({ state }: { state: State }): ReactNode {
  const { t } = useConsole();
  const dealing = state === 'RAMPING' || state === 'RUNNING';
  const tone = dealing ? 'badge good' : state === 'PAUSED' ? 'badge warn' : 'badge';
  return (
    <span className={tone} data-testid="state" data-state={state}>
      {t(`experiments.state.${state}`)}
    </span>
  );
}
