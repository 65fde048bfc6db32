import type { ReactNode } from 'react';
import type { FunnelStep } from '../api/models';
import { useConsole } from '../app/context';

/** Opens the users who reached a step, or those lost before it. */
export type OpenUsers = (step: number, lost: boolean) => void;

/** A bar for each step; between two bars, who was lost and how long the others took. */
export function FunnelChart({
  steps,
  onOpen,
}: {
  steps: readonly FunnelStep[];
  onOpen: OpenUsers;
}): ReactNode {
  const worst = biggestLoss(steps);
  return (
    <ol className="funnel">
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event may stand at two steps; its place is its identity.
        <li key={index}>
          {index > 0 && <Passage step={step} index={index} worst={index === worst} onOpen={onOpen} />}
          <Bar step={step} index={index} onOpen={onOpen} />
        </li>
      ))}
    </ol>
  );
}

function Bar({ step, index, onOpen }: { step: FunnelStep; index: number; onOpen: OpenUsers }): ReactNode {
  const { t, format } = useConsole();
  const users = format.count(step.users);
  return (
    <button
      type="button"
      className="funnel-step"
      title={t('funnel.openUsers', { number: index + 1, name: step.name, users })}
      onClick={() => onOpen(index, false)}
    >
      <span className="funnel-name">
        <span className="funnel-number">{index + 1}</span>
        {step.name}
      </span>
      <span className="funnel-track">
        <span className="funnel-bar" style={{ width: `${Math.min(1, step.totalRate) * 100}%` }} />
      </span>
      <span className="funnel-users">
        {users}
        {step.attempts > step.users && (
          <small>{t('funnel.attempts', { count: format.count(step.attempts) })}</small>
        )}
      </span>
      <span className="funnel-rate">{format.share(step.totalRate)}</span>
    </button>
  );
}

function Passage(props: { step: FunnelStep; index: number; worst: boolean; onOpen: OpenUsers }): ReactNode {
  const { t, format } = useConsole();
  const { step, index, worst, onOpen } = props;
  const count = format.count(step.lostUsers);
  return (
    <div className="funnel-passage">
      <span className="funnel-passage-rate">
        {t('funnel.fromBefore', { rate: format.share(step.stepRate) })}
      </span>
      {step.medianTime !== undefined && (
        <span>{t('funnel.median', { time: format.duration(step.medianTime) })}</span>
      )}
      <button
        type="button"
        className={worst ? 'loss worst' : 'loss'}
        disabled={step.lostUsers === 0}
        title={t('funnel.openLost', { number: index + 1, name: step.name, count })}
        onClick={() => onOpen(index, true)}
      >
        {t('funnel.lost', { count })}
      </button>
      {worst && <span className="badge bad">{t('funnel.biggestLoss')}</span>}
    </div>
  );
}

/** Index of the step before which the largest share was lost; -1 when nobody was. */
export function biggestLoss(steps: readonly FunnelStep[]): number {
  let worst = -1;
  for (let index = 1; index < steps.length; index++) {
    const step = steps[index];
    const lowest = steps[worst]?.stepRate ?? 1;
    if (step && step.lostUsers > 0 && step.stepRate < lowest) {
      worst = index;
    }
  }
  return worst;
}
