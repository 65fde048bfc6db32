import type { Client } from './client';
import {
  BadAnswer,
  flag,
  instant,
  integer,
  integers,
  type Json,
  needed,
  present,
  record,
  shaped,
  text,
} from './decode';
import type { Page } from './page';
import type { Member } from './tenure';

/** How fresh and how complete an answer is. */
const freshness = shaped({
  dataTime: instant,
  computeTime: instant,
  rowsRead: integer,
  /** Whether an answer given before was repeated. */
  repeated: flag,
  samplePerMille: integer,
});
export type Freshness = ReturnType<typeof freshness>;

/** What a model answered (tenure.analysis.v1.AnalysisResult); each model reads its own part. */
export interface Answer {
  readonly result: Json;
  readonly freshness: Freshness;
}

/** How much a question would read. */
const estimate = shaped({ rows: integer, maxRows: integer });
export type Estimate = ReturnType<typeof estimate>;

export const runStates = ['RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type RunState = (typeof runStates)[number];

/** A question that is answered in the background. */
export interface Run {
  readonly id: string;
  readonly state: RunState;
  readonly rowsRead: number;
  readonly rows: number;
  /** The answer once it is there. */
  readonly result: Json | undefined;
  /** Why there is none; empty unless it failed. */
  readonly failure: string;
}

/** What a file of an answer can be. */
export type FileFormat = 'CSV' | 'PARQUET';

/** The one door of all models: a question, its cost, its users and its file. */
export class AnalysisDoor {
  constructor(private readonly client: Client) {}

  /** @param maxAge in seconds: an answer of that age will do, also when newer events have arrived */
  async run(query: Json, signal?: AbortSignal, maxAge?: number): Promise<Answer> {
    const body = maxAge === undefined ? { query } : { query, max_age: `${maxAge}s` };
    const reply = await this.client.post('/api/v1/analyses:run', body, signal);
    return answerOf(query, reply.result);
  }

  async estimate(query: Json, signal?: AbortSignal): Promise<Estimate> {
    return estimate(await this.client.post('/api/v1/analyses:estimate', { query }, signal));
  }

  async users(query: Json, cell: Json, pageToken: string, signal?: AbortSignal): Promise<Page<Member>> {
    const body = { query, cell, page_size: 50, page_token: pageToken };
    const reply = await this.client.post('/api/v1/analyses:users', body, signal);
    return {
      entries: integers(reply.user_numbers).map((userNumber) => ({ userNumber, loginId: '' })),
      total: integer(reply.total_size),
      nextPageToken: text(reply.next_page_token),
    };
  }

  file(query: Json, format: FileFormat, signal: AbortSignal): Promise<Blob> {
    const body = { query, format: `EXPORT_FORMAT_${format}` };
    return this.client.download('/api/v1/analyses:export', body, signal);
  }

  /** Begins to answer in the background; only who has the id finds the answer. */
  async start(query: Json): Promise<Run> {
    return runOf((await this.client.post('/api/v1/analysisRuns', { query })).run);
  }

  async progress(id: string, signal?: AbortSignal): Promise<Run> {
    return runOf((await this.client.get(`/api/v1/analysisRuns/${encodeURIComponent(id)}`, signal)).run);
  }

  async cancel(id: string): Promise<void> {
    await this.client.post(`/api/v1/analysisRuns/${encodeURIComponent(id)}:cancel`, {});
  }

  /** Keeps the users behind a number as a segment; tells how many they are. */
  async saveSegment(id: string, name: string, query: Json, cell: Json): Promise<number> {
    const body = { segment: { id, display_name: name }, query, cell };
    const segment = present(
      (await this.client.post('/api/v1/segments:fromAnalysis', body)).segment,
      'segment',
    );
    return integer(record(segment.snapshot).members);
  }
}

/** The model a query asks, by its name in the message. */
export function modelOf(query: Json): string {
  return Object.keys(query).find((name) => name !== 'scope') ?? '';
}

/** The answer to a query; one of another model, or of none, is not an empty one. */
export function answerOf(query: Json, value: unknown): Answer {
  const result = present(value, 'result');
  const model = modelOf(query);
  present(result[model], `result.${model}`);
  return { result, freshness: freshness(result.freshness) };
}

function runOf(value: unknown): Run {
  const run = present(value, 'run');
  const state = runStates.find((each) => run.state === `ANALYSIS_RUN_STATE_${each}`);
  if (!state) {
    throw new BadAnswer('run.state');
  }
  return {
    id: needed('run.id')(run.id),
    state,
    rowsRead: integer(run.rows_read),
    rows: integer(run.rows),
    result: state === 'DONE' ? present(run.result, 'run.result') : undefined,
    failure: text(run.failure),
  };
}

/** An id as the services take them: of the name where it has Latin letters, else of the moment. */
export function idOf(name: string, now: Date): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return plain.length >= 3 ? plain : `saved-${now.getTime().toString(36)}`;
}
