import { type Client, query } from './client';
import {
  decimal,
  decimalOrNone,
  flag,
  instant,
  integer,
  integerOrNone,
  list,
  listOf,
  needed,
  optional,
  present,
  shaped,
  text,
  textOrNone,
  texts,
} from './decode';
import { at } from './kept';

const basis = shaped({
  experimentKey: text,
  phase: integer,
  registrationSha256: text,
  asOf: instant,
  computeTime: instant,
  lookTime: instant,
  looks: integer,
  nextLookTime: instant,
  units: integer,
  plannedUnits: integer,
});
export type Basis = ReturnType<typeof basis>;

const armBalance = shaped({
  arm: text,
  units: integer,
  expectedUnits: decimal,
  share: decimal,
  expectedShare: decimal,
});
export type ArmBalance = ReturnType<typeof armBalance>;

const interval = shaped({ low: decimalOrNone, high: decimalOrNone });
export type Interval = ReturnType<typeof interval>;

const armValue = shaped({ units: integer, value: decimalOrNone, standardError: decimalOrNone });
export type ArmValue = ReturnType<typeof armValue>;

const effect = shaped({
  scale: text,
  estimate: decimal,
  interval,
  intervalLevel: decimal,
  pValue: decimal,
  rawPValue: decimal,
  significant: flag,
  varianceReduction: decimalOrNone,
  drifted: flag,
});
export type Effect = ReturnType<typeof effect>;

const comparison = shaped({
  arm: text,
  treatment: armValue,
  control: armValue,
  effect: optional(effect),
  obstacle: optional(shaped({ kind: text, message: text })),
  belief: optional(shaped({ chanceToWin: decimal, riskOfTreatment: decimal, riskOfControl: decimal })),
  guardrail: optional(shaped({ state: text, pValue: decimalOrNone, interval })),
});
export type Comparison = ReturnType<typeof comparison>;

const analysis = shaped({ metric: needed('analysis.metric'), comparisons: listOf(comparison) });

const slice = shaped({ value: textOrNone, others: flag, analysis });
export type Slice = ReturnType<typeof slice>;

const metricResult = shaped({
  displayName: text,
  direction: text,
  currency: text,
  analysis,
  slices: listOf(slice),
  differences: listOf(shaped({ arm: text, statistic: decimal, degreesOfFreedom: integer, pValue: decimal })),
  cap: decimalOrNone,
});
export type MetricResult = ReturnType<typeof metricResult>;

const results = shaped({
  basis,
  arms: listOf(armBalance),
  goals: listOf(metricResult),
  guardrails: listOf(metricResult),
  correction: text,
});
export type Results = ReturnType<typeof results>;

const ratioTest = shaped({ pValue: decimal, severity: text });

const health = shaped({
  basis,
  severity: text,
  arms: listOf(armBalance),
  sampleRatio: optional(ratioTest),
  sampleRatioOverLooks: optional(ratioTest),
  suspect: optional(
    shaped({
      dimension: text,
      pValue: decimal,
      values: listOf(shaped({ value: text, test: ratioTest })),
    }),
  ),
  mixedUnits: integer,
  mixedShare: decimal,
  mixedSeverity: text,
  strangers: integer,
  covariates: listOf(
    shaped({ metricKey: text, arm: text, difference: decimalOrNone, pValue: decimal, severity: text }),
  ),
  power: listOf(
    shaped({
      metricKey: text,
      arm: text,
      detectableEffect: decimalOrNone,
      power: decimalOrNone,
      neededUnits: integerOrNone,
    }),
  ),
  findings: texts,
});
export type Health = ReturnType<typeof health>;

const seriesEffect = shaped({ arm: text, estimate: decimal, interval, significant: flag });

const series = shaped({
  metricKey: needed('series.metric_key'),
  points: listOf(shaped({ time: instant, units: integer, effects: listOf(seriesEffect) })),
});
export type Series = ReturnType<typeof series>;

const proposal = shaped({ basis, kind: text, variant: text, summary: text, reasons: texts });
export type Proposal = ReturnType<typeof proposal>;

/** Which numbers are asked for. */
export interface Version {
  /** 0 for the latest run. */
  readonly phase: number;
  /** As if it were then; not set for now. */
  readonly asOf: Date | undefined;
}

/** By what units are told apart. */
export interface Dimension {
  readonly kind: 'trait' | 'property';
  readonly name: string;
}

/** What experiments have shown. */
export class ResultDoor {
  constructor(private readonly client: Client) {}

  async results(
    key: string,
    version: Version,
    dimension: Dimension | undefined,
    signal?: AbortSignal,
  ): Promise<Results> {
    const reply = await this.ask(key, 'results', { ...asked(version), ...by(dimension) }, signal);
    return results(present(reply.results, 'results'));
  }

  async health(
    key: string,
    version: Version,
    dimension: Dimension | undefined,
    signal?: AbortSignal,
  ): Promise<Health> {
    const reply = await this.ask(key, 'health', { ...asked(version), ...by(dimension) }, signal);
    return health(present(reply.health, 'health'));
  }

  async timeseries(key: string, version: Version, signal?: AbortSignal): Promise<readonly Series[]> {
    return list((await this.ask(key, 'timeseries', asked(version), signal)).series, series);
  }

  async decision(key: string, version: Version, signal?: AbortSignal): Promise<Proposal> {
    const reply = await this.ask(key, 'decision', asked(version), signal);
    return proposal(present(reply.proposal, 'proposal'));
  }

  private ask(key: string, what: string, parameters: Parameters<typeof query>[0], signal?: AbortSignal) {
    return this.client.get(`${at('/api/v1/experiments', key)}/${what}${query(parameters)}`, signal);
  }
}

function asked({ phase, asOf }: Version) {
  return { phase: phase || undefined, as_of: asOf?.toISOString() };
}

function by(dimension: Dimension | undefined): Record<string, string> {
  return dimension ? { [`dimension_${dimension.kind}`]: dimension.name } : {};
}
