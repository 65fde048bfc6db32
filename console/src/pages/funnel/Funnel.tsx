import { type ReactNode, useCallback, useReducer, useState } from 'react';
import { draftReducer, funnelQuery, initialDraft } from '../../analysis/funnel';
import type { Json } from '../../api/decode';
import { type FunnelStep, funnelOf } from '../../api/models';
import { useConsole } from '../../app/context';
import { useLoad } from '../../app/load';
import { biggestLoss } from '../../charts/FunnelChart';
import { Whose } from '../../ui/conditions/Whose';
import { Card, Figure, Loaded } from '../../ui/parts';
import { RangePicker } from '../../ui/RangePicker';
import { WithEvents } from '../../ui/WithEvents';
import { AnswerView } from '../answers/AnswerView';
import { Tools } from '../answers/Tools';
import { OptionEditor } from './OptionEditor';
import { StepEditor } from './StepEditor';

/** Asks a funnel and shows it; every number opens the users behind it. */
export function Funnel(): ReactNode {
  return <WithEvents>{(events) => <Workbench events={events} />}</WithEvents>;
}

function Workbench({ events }: { events: readonly string[] }): ReactNode {
  const { t } = useConsole();
  const [draft, dispatch] = useReducer(draftReducer, events, initialDraft);
  const [asked, setAsked] = useState(() => funnelQuery(draft));
  const chosen = draft.steps.every((step) => step.event !== '');
  const ready = funnelQuery(draft) !== undefined;
  return (
    <div className="bench">
      <Card title={t('funnel.steps')}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(funnelQuery(draft));
          }}
        >
          <StepEditor draft={draft} dispatch={dispatch} />
          <OptionEditor
            options={draft.options}
            event={draft.steps[0]?.event ?? ''}
            onChange={(options) => dispatch({ kind: 'options', options })}
          />
          <RangePicker range={draft.range} onChange={(range) => dispatch({ kind: 'range', range })} />
          <Whose users={draft.users} onChange={(users) => dispatch({ kind: 'users', users })} />
          <button type="submit" className="primary" disabled={!ready}>
            {t('funnel.run')}
          </button>
          {!ready && <p className="hint">{t(chosen ? 'analyses.notWhole' : 'funnel.needSteps')}</p>}
        </form>
      </Card>
      {asked && <Result query={asked} />}
    </div>
  );
}

function Result({ query }: { query: Json }): ReactNode {
  const { tenure, t } = useConsole();
  const answer = useLoad(
    useCallback((signal: AbortSignal) => tenure.analyses.run(query, signal), [tenure, query]),
  );
  return (
    <Card
      title={t('funnel.result')}
      hint={t('funnel.hint')}
      className="result"
      actions={<Tools query={query} />}
    >
      <Loaded from={answer}>
        {(value) => (
          <>
            <Figures steps={funnelOf(value).steps} />
            <AnswerView query={query} answer={value} />
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Figures({ steps }: { steps: readonly FunnelStep[] }): ReactNode {
  const { t, format } = useConsole();
  const entered = steps[0]?.users ?? 0;
  if (entered === 0) {
    return null;
  }
  const last = steps.at(-1);
  const worst = steps[biggestLoss(steps)];
  return (
    <dl className="figures">
      <Figure label={t('funnel.conversion')} value={format.share(last?.totalRate ?? 0)} />
      <Figure label={t('funnel.entered')} value={format.count(entered)} />
      <Figure label={t('funnel.finished')} value={format.count(last?.users ?? 0)} />
      {worst && (
        <Figure
          label={t('funnel.biggestLoss')}
          value={`→ ${worst.name}`}
          hint={t('funnel.lostShare', { rate: format.share(1 - worst.stepRate) })}
          tone="bad"
        />
      )}
    </dl>
  );
}
