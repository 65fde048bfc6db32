import { type Json, record } from '../api/decode';
import { conditionOf, everybody, type Group, groupOf } from './conditions';
import { movingScope, type Range } from './range';

/** Whom a question is about: as edited, or by a condition the editor has no words for, which is kept as it is. */
export type Users =
  | { readonly kind: 'edited'; readonly group: Group }
  | { readonly kind: 'kept'; readonly condition: Json };

export const anybody: Users = { kind: 'edited', group: everybody };

/** When and about whom (tenure.analysis.v1.Scope); nothing while either is not whole. */
export function scopeOf(range: Range, users: Users): Json | undefined {
  const scope = movingScope(range);
  const condition = users.kind === 'kept' ? users.condition : conditionOf(users.group);
  return scope && condition && (condition === 'everybody' ? scope : { ...scope, users: condition });
}

/** Whom a scope is about. */
export function usersOf({ users }: Json): Users {
  if (users === undefined) {
    return anybody;
  }
  const group = groupOf(record(users));
  return group ? { kind: 'edited', group } : { kind: 'kept', condition: record(users) };
}
