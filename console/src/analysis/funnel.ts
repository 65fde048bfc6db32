import type { Json } from '../api/decode';
import { moved } from './board';
import { type Comparison, selectorOf } from './conditions';
import { type FunnelOptions, optionsQuery, plainOptions } from './funnelOptions';
import type { Range } from './range';
import { anybody, scopeOf, type Users } from './scope';

/** A funnel while it is being edited. Steps carry an id, so that moving one keeps its focus. */
export interface FunnelDraft {
  readonly steps: readonly DraftStep[];
  readonly options: FunnelOptions;
  readonly range: Range;
  readonly users: Users;
  readonly nextId: number;
}

export interface DraftStep {
  readonly id: number;
  /** Event name; empty until chosen. */
  readonly event: string;
  readonly filters: readonly Comparison[];
  /** Whether only a user's first such event ever does the step. */
  readonly firstTime: boolean;
}

export type DraftAction =
  | { readonly kind: 'add' }
  | { readonly kind: 'remove'; readonly id: number }
  | { readonly kind: 'move'; readonly id: number; readonly by: -1 | 1 }
  | { readonly kind: 'choose'; readonly id: number; readonly event: string }
  | { readonly kind: 'filter'; readonly id: number; readonly filters: readonly Comparison[] }
  | { readonly kind: 'first'; readonly id: number; readonly firstTime: boolean }
  | { readonly kind: 'users'; readonly users: Users }
  | { readonly kind: 'options'; readonly options: Partial<FunnelOptions> }
  | { readonly kind: 'range'; readonly range: Range };

export const fewestSteps = 2;
export const mostSteps = 20;

/** The road from installing the app to moving money; used when the project knows these events. */
const usualRoad = ['AppInstall', 'Register', 'Login', 'Transfer'];

/** The usual road where it exists, else the two most frequent events. */
export function initialDraft(eventNames: readonly string[]): FunnelDraft {
  const usual = usualRoad.filter((name) => eventNames.includes(name));
  const events = usual.length >= fewestSteps ? usual : eventNames.slice(0, fewestSteps);
  const padded = [...events, ...Array<string>(Math.max(0, fewestSteps - events.length)).fill('')];
  return {
    steps: padded.map((event, id) => newStep(id, event)),
    options: plainOptions,
    range: { kind: 'last', days: 120 },
    users: anybody,
    nextId: padded.length,
  };
}

export function draftReducer(draft: FunnelDraft, action: DraftAction): FunnelDraft {
  switch (action.kind) {
    case 'add':
      return draft.steps.length >= mostSteps
        ? draft
        : {
            ...draft,
            steps: [...draft.steps, newStep(draft.nextId, '')],
            nextId: draft.nextId + 1,
          };
    case 'remove':
      return draft.steps.length <= fewestSteps
        ? draft
        : { ...draft, steps: draft.steps.filter((step) => step.id !== action.id) };
    case 'move':
      return { ...draft, steps: stepMoved(draft.steps, action.id, action.by) };
    case 'choose':
      return withStep(draft, action.id, { event: action.event });
    case 'filter':
      return withStep(draft, action.id, { filters: action.filters });
    case 'first':
      return withStep(draft, action.id, { firstTime: action.firstTime });
    case 'users':
      return { ...draft, users: action.users };
    case 'options':
      return { ...draft, options: { ...draft.options, ...action.options } };
    case 'range':
      return { ...draft, range: action.range };
  }
}

/** The query (tenure.analysis.v1.AnalysisQuery); nothing while the draft is incomplete. */
export function funnelQuery(draft: FunnelDraft): Json | undefined {
  const bounds = scopeOf(draft.range, draft.users);
  const options = optionsQuery(draft.options);
  const steps = draft.steps.map(stepQuery);
  if (!bounds || !options || steps.length < fewestSteps || steps.includes(undefined)) {
    return undefined;
  }
  return { scope: bounds, funnel: { steps, ...options } };
}

function stepQuery(step: DraftStep): Json | undefined {
  const selector = step.event ? selectorOf(step) : undefined;
  return selector && step.firstTime ? { ...selector, first_time: true } : selector;
}

function newStep(id: number, event: string): DraftStep {
  return { id, event, filters: [], firstTime: false };
}

function withStep(draft: FunnelDraft, id: number, change: Partial<Omit<DraftStep, 'id'>>): FunnelDraft {
  return { ...draft, steps: draft.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}

function stepMoved(steps: readonly DraftStep[], id: number, by: -1 | 1): readonly DraftStep[] {
  const from = steps.findIndex((step) => step.id === id);
  return moved(steps, from, from + by);
}
