import { attribution } from './attribution';
import { distribution } from './distribution';
import { exposure } from './exposure';
import { form } from './form';
import { interval } from './interval';
import { lifecycle } from './lifecycle';
import { ltv } from './ltv';
import type { Model } from './model';
import { path } from './path';
import { session } from './session';
import { trend } from './trend';

/** The models of this page, by their name in the query. */
export const models = {
  trend,
  lifecycle,
  distribution,
  ltv,
  path,
  attribution,
  interval,
  session,
  form,
  exposure,
} as const satisfies Readonly<Record<string, Model>>;

export type ModelName = keyof typeof models;
export const modelNames = Object.keys(models) as readonly ModelName[];
