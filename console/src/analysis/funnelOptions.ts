import type { Json } from '../api/decode';

/** What attempts are told apart by: a property of the first step's event, or a trait of the user. */
export interface Attribute {
  readonly of: 'property' | 'trait';
  /** Empty until chosen. */
  readonly name: string;
}

/** What a funnel is asked besides its steps. What reads all events of a user is asked only on request. */
export interface FunnelOptions {
  /** Seconds from the first step to the last, or the session of the first step. */
  readonly limit: number | 'session';
  /** Whether each session counts by itself; only where the session is the limit. */
  readonly eachSession: boolean;
  readonly breakdown: Attribute | undefined;
  /** Whether to tell what lost attempts went on with. */
  readonly nextEvents: boolean;
  /** Whether to tell which events go with completing. */
  readonly factorEvents: boolean;
  /** The properties and traits whose values may go with completing. */
  readonly factors: readonly Attribute[];
}

export const plainOptions: FunnelOptions = {
  limit: 7 * 86_400,
  eachSession: false,
  breakdown: undefined,
  nextEvents: false,
  factorEvents: false,
  factors: [],
};

/** As many as the server takes, properties and traits together. */
export const mostFactors = 10;

/** How many of the events that followed a loss are told by name; a step's table stays short. */
const nextEvents = 5;

/** The part of the query (tenure.analysis.v1.FunnelQuery); nothing while an attribute has no name. */
export function optionsQuery(options: FunnelOptions): Json | undefined {
  const { limit, breakdown, factorEvents, factors } = options;
  const attributes = breakdown ? [breakdown, ...factors] : factors;
  if (attributes.some(({ name }) => name.trim() === '')) {
    return undefined;
  }
  return {
    ...(limit === 'session' ? { session: {} } : { window: `${limit}s` }),
    ...(limit === 'session' && options.eachSession && { entry: 'FUNNEL_ENTRY_SESSIONS' }),
    ...(breakdown && { breakdown: { [breakdown.of]: breakdown.name.trim() } }),
    ...(options.nextEvents && { next_events: nextEvents }),
    ...((factorEvents || factors.length > 0) && {
      factors: {
        events: factorEvents,
        properties: namesOf('property', factors),
        traits: namesOf('trait', factors),
      },
    }),
  };
}

/** Each name once: the same factor twice says nothing new. */
function namesOf(kind: Attribute['of'], attributes: readonly Attribute[]): readonly string[] {
  return [...new Set(attributes.filter(({ of }) => of === kind).map(({ name }) => name.trim()))];
}
