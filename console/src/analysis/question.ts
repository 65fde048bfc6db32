import { type Json, record, text } from '../api/decode';
import { canonical, type Field, type Filled, filledOf, firstDraft, message } from './fields';
import { type ModelName, models } from './models';
import { lengths, localDate, type Range } from './range';
import { anybody, scopeOf, sessionsOf, type Users, usersOf } from './scope';
import { allSessions } from './sessions';

/** A question while it is edited. */
export interface Question extends Filled {
  readonly model: ModelName;
  readonly users: Users;
  /** Which sessions events must lie in. */
  readonly sessions: Filled;
  readonly range: Range;
}

/** A model is asked about everything in some time. */
export function firstQuestion(model: ModelName, events: readonly string[], range: Range): Question {
  const draft = firstDraft(models[model].fields, events);
  return { model, draft, filters: {}, users: anybody, sessions: allSessions, range };
}

/** Another model is asked about the same users and sessions in the same time. */
export function otherQuestion(model: ModelName, events: readonly string[], question: Question): Question {
  const { users, sessions, range } = question;
  return { ...firstQuestion(model, events, range), users, sessions };
}

/** The query (tenure.analysis.v1.AnalysisQuery); nothing while the question is not whole. */
export function queryOf({ model, draft, filters, users, sessions, range }: Question): Json | undefined {
  const scope = scopeOf(range, users, sessions);
  const { fields, finish } = models[model];
  const asked = message(fields, draft, filters);
  const finished = asked && (finish ? finish(asked) : asked);
  return scope && finished && { scope, [model]: finished };
}

/**
 * The question behind a query, and whether the form says all of it. A query made elsewhere may have options that the form
 * does not know; it must then be asked as it is.
 */
export function questionOf(query: Json): { question: Question; whole: boolean } | undefined {
  const model = (Object.keys(models) as ModelName[]).find((name) => query[name] !== undefined);
  const range = rangeOf(record(query.scope));
  if (!model) {
    return undefined;
  }
  const fields: readonly Field[] = models[model].fields;
  const question = {
    model,
    ...filledOf(fields, record(query[model])),
    users: usersOf(record(query.scope)),
    sessions: sessionsOf(record(query.scope)),
    range: range ?? { kind: 'last', days: 30 },
  } as const;
  const again = range && queryOf(question);
  const whole = JSON.stringify(canonical(again)) === JSON.stringify(canonical(query));
  return { question, whole };
}

function rangeOf(scope: Json): Range | undefined {
  if (scope.last !== undefined) {
    const days = Number(record(scope.last).count);
    return lengths.includes(days) ? { kind: 'last', days } : undefined;
  }
  const bounds = record(scope.interval);
  const from = new Date(text(bounds.start_time));
  const to = new Date(text(bounds.end_time));
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) {
    return undefined;
  }
  return { kind: 'dates', from: localDate(from), to: localDate(new Date(to.getTime() - 1)) };
}
