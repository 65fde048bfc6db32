import type { Client } from './client';
import { flag, instant, integer, integers, type Json, list, record, text } from './decode';
import type { Member, Page } from './tenure';

/** How fresh and how complete an answer is. */
export interface Freshness {
  readonly dataTime: Date | undefined;
  readonly rowsRead: number;
  /** Whether an answer given before was repeated. */
  readonly repeated: boolean;
  readonly samplePerMille: number;
}

/** What a model answered (tenure.analysis.v1.AnalysisResult); each model reads its own part. */
export interface Answer {
  readonly result: Json;
  readonly freshness: Freshness;
}

export interface SavedAnalysis {
  readonly id: string;
  readonly name: string;
  readonly query: Json;
}

/** The one door of all models: a question, its users, its file, and the questions that are kept. */
export class AnalysisDoor {
  constructor(private readonly client: Client) {}

  async run(query: Json, signal?: AbortSignal): Promise<Answer> {
    const result = record((await this.post('/api/v1/analyses:run', { query }, signal)).result);
    return { result, freshness: freshness(result.freshness) };
  }

  async users(query: Json, cell: Json, pageToken: string, signal?: AbortSignal): Promise<Page<Member>> {
    const body = { query, cell, page_size: 50, page_token: pageToken };
    const reply = await this.post('/api/v1/analyses:users', body, signal);
    return {
      entries: integers(reply.user_numbers).map((userNumber) => ({ userNumber, loginId: '' })),
      total: integer(reply.total_size),
      nextPageToken: text(reply.next_page_token),
    };
  }

  csv(query: Json, signal: AbortSignal): Promise<Blob> {
    const body = { query, format: 'EXPORT_FORMAT_CSV' };
    return this.client.download('/api/v1/analyses:export', body, signal);
  }

  async saved(signal?: AbortSignal): Promise<readonly SavedAnalysis[]> {
    const reply = await this.client.call('/api/v1/savedAnalyses?page_size=1000', signal ? { signal } : {});
    return list(reply.analyses, (entry) => ({
      id: text(entry.id),
      name: text(entry.display_name) || text(entry.id),
      query: record(entry.query),
    }));
  }

  async save({ id, name, query }: SavedAnalysis): Promise<void> {
    await this.post('/api/v1/savedAnalyses', { id, display_name: name, query });
  }

  /** Keeps the users behind a number as a segment; tells how many they are. */
  async saveSegment(id: string, name: string, query: Json, cell: Json): Promise<number> {
    const body = { segment: { id, display_name: name }, query, cell };
    const segment = record((await this.post('/api/v1/segments:fromAnalysis', body)).segment);
    return integer(record(segment.snapshot).members);
  }

  private post(path: string, body: unknown, signal?: AbortSignal): Promise<Json> {
    return this.client.call(path, signal ? { method: 'POST', body, signal } : { method: 'POST', body });
  }
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

function freshness(value: unknown): Freshness {
  const entry = record(value);
  return {
    dataTime: instant(entry.data_time),
    rowsRead: integer(entry.rows_read),
    repeated: flag(entry.repeated),
    samplePerMille: integer(entry.sample_per_mille),
  };
}
