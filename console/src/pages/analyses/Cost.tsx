import { type ReactNode, useState } from 'react';
import { costOf } from '../../analysis/cost';
import type { Estimate } from '../../api/analyses';
import type { Json } from '../../api/decode';
import { useAction } from '../../app/action';
import { useConsole } from '../../app/context';
import { Failure } from '../../ui/parts';

/** Tells on request what a question would read, and offers to answer it in the background. */
export function CostButton(props: { query: Json; onBackground: (query: Json) => Promise<void> }): ReactNode {
  const { tenure, t, format } = useConsole();
  const { query } = props;
  const action = useAction();
  const [told, setTold] = useState<{ query: string; estimate: Estimate }>();
  const asked = JSON.stringify(query);
  return (
    <>
      <button
        type="button"
        disabled={action.busy}
        onClick={() =>
          action.run(async () => setTold({ query: asked, estimate: await tenure.analyses.estimate(query) }))
        }
        data-testid="estimate"
      >
        {t('analyses.estimate')}
      </button>
      {/* Of this question; not of the one before it was changed. */}
      <p className="hint" role="status" data-testid="estimated">
        {told?.query === asked &&
          t('analyses.estimate.rows', {
            rows: format.count(told.estimate.rows),
            most: format.count(told.estimate.maxRows),
          })}
      </p>
      {told?.query === asked && costOf(told.estimate) !== 'refused' && (
        <button
          type="button"
          disabled={action.busy}
          onClick={() => action.run(() => props.onBackground(query))}
          data-testid="background"
        >
          {t('analyses.large.background')}
        </button>
      )}
      {action.failure !== undefined && <Failure failure={action.failure} />}
    </>
  );
}

/** Asks before a large question: wait for it, or let it run in the background. */
export function Large(props: {
  estimate: Estimate;
  onWait: () => void;
  onBackground: () => Promise<void>;
}): ReactNode {
  const { t, format } = useConsole();
  const { estimate } = props;
  const background = useAction();
  const refused = costOf(estimate) === 'refused';
  const values = { rows: format.count(estimate.rows), most: format.count(estimate.maxRows) };
  return (
    <div className="stack ask" data-testid="large">
      <p>{t(refused ? 'analyses.refused' : 'analyses.large', values)}</p>
      {!refused && (
        <div className="actions">
          <button
            type="button"
            className="primary"
            disabled={background.busy}
            onClick={() => background.run(props.onBackground)}
            data-testid="background"
          >
            {t('analyses.large.background')}
          </button>
          <button type="button" onClick={props.onWait} data-testid="wait">
            {t('analyses.large.wait')}
          </button>
        </div>
      )}
      {background.failure !== undefined && <Failure failure={background.failure} />}
    </div>
  );
}
