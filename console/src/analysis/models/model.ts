import type { Json } from '../../api/decode';
import type { Field } from '../fields';
import type { Sheet } from '../sheet';

/** A model of analysis: what can be chosen, and its answer as tables. All else is the same for every model. */
export interface Model {
  readonly fields: readonly Field[];
  /** Puts right what no single field can say; nothing when the question is not whole. */
  readonly finish?: (asked: Json) => Json | undefined;
  /** The model's part of an answer; `asked` is its part of the query. */
  readonly sheets: (answer: Json, asked: Json) => readonly Sheet[];
}
