import { type Json, record } from '../api/decode';
import { conditionOf, everybody, type Group, groupOf } from './conditions';
import { type Filled, filledOf, message } from './fields';
import { movingScope, type Range } from './range';
import { allSessions, sessionFields } from './sessions';

/** Whom a question is about: as edited, or by a condition the editor has no words for, which is kept as it is. */
export type Users =
  | { readonly kind: 'edited'; readonly group: Group }
  | { readonly kind: 'kept'; readonly condition: Json };

export const anybody: Users = { kind: 'edited', group: everybody };

/** When, about whom and in which sessions (tenure.analysis.v1.Scope); nothing while one is not whole. */
export function scopeOf(range: Range, users: Users, sessions: Filled = allSessions): Json | undefined {
  const scope = movingScope(range);
  const condition = users.kind === 'kept' ? users.condition : conditionOf(users.group);
  const filter = message(sessionFields, sessions.draft, sessions.filters);
  return (
    scope &&
    condition &&
    filter && {
      ...scope,
      ...(condition !== 'everybody' && { users: condition }),
      ...(Object.keys(filter).length > 0 && { sessions: filter }),
    }
  );
}

/** In which sessions events of a scope must lie. */
export function sessionsOf(scope: Json): Filled {
  return filledOf(sessionFields, record(scope.sessions));
}

/** Whom a scope is about. */
export function usersOf({ users }: Json): Users {
  if (users === undefined) {
    return anybody;
  }
  const group = groupOf(record(users));
  return group ? { kind: 'edited', group } : { kind: 'kept', condition: record(users) };
}
