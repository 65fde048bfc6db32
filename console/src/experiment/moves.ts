import type { Experiment, State } from '../api/experiments';

/** What can be done with an experiment next. The server decides; this says what to offer. */
export const moves = [
  'submit',
  'approve',
  'send_back',
  'start',
  'ramp',
  'pause',
  'resume',
  'stop',
  'decide',
  'revise',
  'archive',
] as const;
export type Move = (typeof moves)[number];

const byState: Readonly<Record<State, readonly Move[]>> = {
  DRAFT: ['submit', 'archive'],
  IN_REVIEW: ['approve', 'send_back'],
  APPROVED: ['start', 'send_back'],
  RAMPING: ['ramp', 'pause', 'stop'],
  RUNNING: ['ramp', 'pause', 'stop'],
  PAUSED: ['resume', 'stop'],
  STOPPED: ['decide', 'revise', 'archive'],
  DECIDED: ['archive'],
  ARCHIVED: [],
  UNKNOWN: [],
};

/** Who takes part already cannot be more than everybody. */
const everybody = 10_000;

export function movesOf(experiment: Experiment): readonly Move[] {
  const share = latestRun(experiment)?.currentShare ?? 0;
  return byState[experiment.state].filter((move) => move !== 'ramp' || share < everybody);
}

export function latestRun({ runs }: Experiment) {
  return runs.at(-1);
}

/** Whether its design can still be changed. */
export function isOpen({ state }: Experiment): boolean {
  return state === 'DRAFT' || state === 'IN_REVIEW' || state === 'APPROVED';
}

/** Whether it can be deleted: it was never started, or is put away. */
export function isDeletable({ state, runs }: Experiment): boolean {
  return runs.length === 0 || state === 'ARCHIVED';
}

/** Which moves somebody should think about twice. */
export function isGrave(move: Move): boolean {
  return move === 'stop' || move === 'archive' || move === 'revise';
}
