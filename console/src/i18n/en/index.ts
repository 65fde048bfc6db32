import { alerts } from './alerts';
import { analyses } from './analyses';
import { app } from './app';
import { dashboards } from './dashboards';
import { experiments } from './experiments';
import { flags } from './flags';
import { funnel } from './funnel';
import { models } from './models';
import { overview } from './overview';
import { person } from './person';
import { results } from './results';
import { segments } from './segments';

/** Every word of the console in English; the keys are the contract for the other languages. */
export const en = {
  ...app,
  ...overview,
  ...analyses,
  ...models,
  ...dashboards,
  ...funnel,
  ...segments,
  ...alerts,
  ...person,
  ...flags,
  ...experiments,
  ...results,
};

export type Key = keyof typeof en;

/** What every language must say. */
export type Dictionary = Readonly<Record<Key, string>>;
