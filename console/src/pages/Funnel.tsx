import { type Dispatch, type ReactNode, useCallback, useMemo, useReducer, useState } from 'react';
import {
  type DraftAction,
  draftReducer,
  type FunnelDraft,
  fewestSteps,
  funnelQuery,
  initialDraft,
  mostSteps,
} from '../analysis/funnel';
import type { Json } from '../api/decode';
import type { Funnel as FunnelResult } from '../api/models';
import { useConsole } from '../app/context';
import { useLoad } from '../app/load';
import { biggestLoss, FunnelChart } from '../charts/FunnelChart';
import { FilterList } from '../ui/conditions/Comparisons';
import { Whose } from '../ui/conditions/Whose';
import { Drawer } from '../ui/Drawer';
import { Icon } from '../ui/icons';
import { Card, Empty, Figure, IconButton, Loaded } from '../ui/parts';
import { EventPicker } from '../ui/pickers';
import { RangePicker } from '../ui/RangePicker';
import { UserList } from '../ui/UserList';
import { WithEvents } from '../ui/WithEvents';
import { Fresh } from './answers/Fresh';
import { Tools } from './answers/Tools';

const hour = 3_600;
const windows: readonly number[] = [
  hour,
  24 * hour,
  3 * 24 * hour,
  7 * 24 * hour,
  14 * 24 * hour,
  30 * 24 * hour,
];

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
          <label className="field">
            <span>{t('funnel.window')}</span>
            <select
              value={draft.windowSeconds}
              onChange={(event) => dispatch({ kind: 'window', seconds: Number(event.target.value) })}
            >
              {windows.map((seconds) => (
                <option key={seconds} value={seconds}>
                  <WindowName seconds={seconds} />
                </option>
              ))}
            </select>
          </label>
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

function WindowName({ seconds }: { seconds: number }): ReactNode {
  const { t } = useConsole();
  if (seconds < 24 * hour) {
    return seconds === hour ? t('funnel.window.hour') : t('funnel.window.hours', { count: seconds / hour });
  }
  return seconds === 24 * hour
    ? t('funnel.window.day')
    : t('funnel.window.days', { count: seconds / (24 * hour) });
}

function StepEditor({ draft, dispatch }: { draft: FunnelDraft; dispatch: Dispatch<DraftAction> }): ReactNode {
  const { t } = useConsole();
  return (
    <>
      <ol className="steps">
        {draft.steps.map((step, index) => (
          <li key={step.id}>
            <span className="funnel-number" aria-hidden="true">
              {index + 1}
            </span>
            <EventPicker
              label={t('funnel.step', { number: index + 1 })}
              hideLabel
              value={step.event}
              onChange={(event) => dispatch({ kind: 'choose', id: step.id, event })}
            />
            <IconButton
              icon="up"
              label={t('funnel.step.up', { number: index + 1 })}
              disabled={index === 0}
              onClick={() => dispatch({ kind: 'move', id: step.id, by: -1 })}
            />
            <IconButton
              icon="down"
              label={t('funnel.step.down', { number: index + 1 })}
              disabled={index === draft.steps.length - 1}
              onClick={() => dispatch({ kind: 'move', id: step.id, by: 1 })}
            />
            <IconButton
              icon="close"
              label={t('funnel.step.remove', { number: index + 1 })}
              disabled={draft.steps.length <= fewestSteps}
              onClick={() => dispatch({ kind: 'remove', id: step.id })}
            />
            {step.event !== '' && (
              <FilterList
                event={step.event}
                filters={step.filters}
                onChange={(filters) => dispatch({ kind: 'filter', id: step.id, filters })}
              />
            )}
          </li>
        ))}
      </ol>
      <button
        type="button"
        disabled={draft.steps.length >= mostSteps}
        onClick={() => dispatch({ kind: 'add' })}
      >
        <Icon name="plus" />
        {t('funnel.step.add')}
      </button>
    </>
  );
}

function Result({ query }: { query: Json }): ReactNode {
  const { tenure, t } = useConsole();
  const funnel = useLoad(
    useCallback((signal: AbortSignal) => tenure.runFunnel(query, signal), [tenure, query]),
  );
  return (
    <Card
      title={t('funnel.result')}
      hint={t('funnel.hint')}
      className="result"
      actions={<Tools query={query} />}
    >
      <Loaded from={funnel}>
        {(value) =>
          (value.steps[0]?.users ?? 0) === 0 ? (
            <Empty>{t('funnel.nobody')}</Empty>
          ) : (
            <Picture funnel={value} query={query} />
          )
        }
      </Loaded>
    </Card>
  );
}

function Picture({ funnel, query }: { funnel: FunnelResult; query: Json }): ReactNode {
  const { tenure, t, format } = useConsole();
  const [opened, setOpened] = useState<{ step: number; lost: boolean }>();
  const source = useMemo(
    () =>
      opened &&
      ((pageToken: string, signal?: AbortSignal) =>
        tenure.funnelUsers(query, opened.step, opened.lost, pageToken, signal)),
    [tenure, query, opened],
  );
  const last = funnel.steps.at(-1);
  const worst = funnel.steps[biggestLoss(funnel.steps)];
  const title = opened
    ? t(opened.lost ? 'users.lost' : 'users.reached', { name: funnel.steps[opened.step]?.name ?? '' })
    : '';
  return (
    <>
      <dl className="figures">
        <Figure label={t('funnel.conversion')} value={format.share(last?.totalRate ?? 0)} />
        <Figure label={t('funnel.entered')} value={format.count(funnel.steps[0]?.users ?? 0)} />
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
      <FunnelChart steps={funnel.steps} onOpen={(step, lost) => setOpened({ step, lost })} />
      <Fresh freshness={funnel.freshness} />
      {source && (
        <Drawer title={title} onClose={() => setOpened(undefined)}>
          <UserList source={source} label={title} />
        </Drawer>
      )}
    </>
  );
}
