import type { ReactNode } from 'react';
import { progressOf, type RememberedRun } from '../../analysis/runs';
import { modelOf } from '../../api/analyses';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import type { Runs } from '../../app/runs';
import { knownKey } from '../../i18n/translate';
import { Card, Failure, IconButton } from '../../ui/parts';

/** Questions in the background: how far they are, and their answers. */
export function RunList(props: { runs: Runs; onOpen: (run: RememberedRun) => void }): ReactNode {
  const { t } = useConsole();
  const { runs, onOpen } = props;
  if (runs.runs.length === 0) {
    return null;
  }
  return (
    <Card title={t('analyses.runs')} hint={t('analyses.runs.hint')}>
      <ul className="records">
        {runs.runs.map((run) => (
          <li key={run.id} data-testid="run">
            <RunRow run={run} runs={runs} onOpen={() => onOpen(run)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function RunRow(props: { run: RememberedRun; runs: Runs; onOpen: () => void }): ReactNode {
  const { t, format } = useConsole();
  const { run: known, runs } = props;
  const cancelling = useAction();
  const { id, query, begun, run, gone } = known;
  const model = knownKey(`analyses.model.${modelOf(query)}`);
  const running = !gone && (!run || run.state === 'RUNNING');
  return (
    <div className="stack tight">
      <div className="row">
        <span>
          <b>{model ? t(model) : modelOf(query)}</b>{' '}
          <span className="hint">{format.dateTime(new Date(begun))}</span>
        </span>
        {!running && (
          <IconButton small icon="close" label={t('analyses.run.dismiss')} onClick={() => runs.dismiss(id)} />
        )}
      </div>
      {running && (
        <>
          <progress aria-label={t('analyses.run.progress')} value={run && progressOf(run)} max={1} />
          <p className="hint">
            {t('analyses.run.read', {
              rows: format.count(run?.rowsRead ?? 0),
              all: format.count(run?.rows ?? 0),
            })}
          </p>
          <button
            type="button"
            disabled={cancelling.busy}
            onClick={() => cancelling.run(() => runs.cancel(id))}
            data-testid="cancel-run"
          >
            {t('analyses.run.cancel')}
          </button>
        </>
      )}
      {gone && <p className="hint">{t('analyses.run.gone')}</p>}
      {!gone && run?.state === 'DONE' && (
        <button type="button" onClick={props.onOpen} data-testid="open-run">
          {t('analyses.run.open')}
        </button>
      )}
      {!gone && run?.state === 'CANCELLED' && <p className="hint">{t('analyses.run.cancelled')}</p>}
      {!gone && run?.state === 'FAILED' && (
        <p className="wrong">{t('analyses.run.failed', { why: run.failure || '–' })}</p>
      )}
      {cancelling.failure !== undefined && <Failure failure={cancelling.failure} />}
    </div>
  );
}
