import { type ReactNode, useCallback } from 'react';
import type { Change, Experiment } from '../../api/experiments';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { knownKey } from '../../i18n/translate';
import { Card, Empty, Loaded, ReloadButton, Table } from '../../ui/parts';

/** Everything that was done to an experiment: what, who, when and why. */
export function Changes({ experiment }: { experiment: Experiment }): ReactNode {
  const { tenure, t } = useConsole();
  const { key, etag } = experiment;
  // Another revision has more changes: it is part of what the list is about.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  const load = useCallback(
    (signal: AbortSignal) => tenure.experiments.changes(key, signal),
    [tenure, key, etag],
  );
  const changes = useLoad(load);
  return (
    <Card title={t('experiments.changes')} actions={<ReloadButton of={changes} />}>
      <Loaded from={changes}>
        {(value) =>
          value.length === 0 ? (
            <Empty>{t('experiments.changes.empty')}</Empty>
          ) : (
            <ChangeTable changes={value} />
          )
        }
      </Loaded>
    </Card>
  );
}

/** The latest first, as people look for it. */
export function ChangeTable({ changes }: { changes: readonly Change[] }): ReactNode {
  const { t, format } = useConsole();
  return (
    <Table label={t('experiments.changes')}>
      <thead>
        <tr>
          <th>{t('alerts.time')}</th>
          <th>{t('experiments.change.what')}</th>
          <th>{t('experiments.by')}</th>
          <th>{t('alerts.why')}</th>
          <th>{t('experiments.change.states')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.toReversed().map((change) => {
          const action = knownKey(`experiments.action.${change.action}`);
          return (
            <tr key={`${change.time?.getTime()} ${change.action}`} data-testid="change">
              <td className="nowrap">{format.dateTime(change.time)}</td>
              <td>{action ? t(action) : change.action}</td>
              <td>{change.author}</td>
              <td className="condition">{change.comment || t('app.none')}</td>
              <td className="nowrap">
                {change.from !== 'UNKNOWN' && change.from !== change.to
                  ? `${t(`experiments.state.${change.from}`)} → ${t(`experiments.state.${change.to}`)}`
                  : t(`experiments.state.${change.to}`)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
