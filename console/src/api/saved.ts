import type { Client } from './client';
import { integer, type Json, list, needed, present, text } from './decode';
import { at, everyPage, removeUnchanged } from './kept';

/** A question that is kept. */
export interface SavedAnalysis {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly query: Json;
  /** Of the revision that was read: sent back, it protects what somebody else changed meanwhile. */
  readonly etag: string;
}

/** Kept questions side by side. */
export interface Dashboard {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tiles: readonly Tile[];
  readonly etag: string;
}

export interface Tile {
  readonly analysisId: string;
  /** Heading instead of the question's name; may be empty. */
  readonly title: string;
  /** Of twelve columns. */
  readonly width: number;
}

export type NewAnalysis = Omit<SavedAnalysis, 'etag' | 'description'>;

/** Questions and dashboards that are kept. */
export class SavedDoor {
  constructor(private readonly client: Client) {}

  analyses(signal?: AbortSignal): Promise<readonly SavedAnalysis[]> {
    return everyPage(this.client, '/api/v1/savedAnalyses', 'analyses', savedAnalysis, signal);
  }

  async create({ id, name, query }: NewAnalysis): Promise<void> {
    await this.client.post('/api/v1/savedAnalyses', { id, display_name: name, query });
  }

  /** Replaces what was read; a problem of kind "aborted" when somebody else changed it meanwhile. */
  async update({ id, name, description, query, etag }: SavedAnalysis): Promise<void> {
    const body = { id, display_name: name, description, query, etag };
    await this.client.call(at('/api/v1/savedAnalyses', id), { method: 'PUT', body });
  }

  /** Deletes what was read; a problem of kind "failed-precondition" while a dashboard shows it. */
  remove({ id, etag }: SavedAnalysis): Promise<void> {
    return removeUnchanged(this.client, at('/api/v1/savedAnalyses', id), 'analysis', etag);
  }

  dashboards(signal?: AbortSignal): Promise<readonly Dashboard[]> {
    return everyPage(this.client, '/api/v1/dashboards', 'dashboards', dashboard, signal);
  }

  async createDashboard(id: string, name: string): Promise<void> {
    await this.client.post('/api/v1/dashboards', { id, display_name: name });
  }

  async updateDashboard({ id, name, description, tiles, etag }: Dashboard): Promise<void> {
    const body = {
      id,
      display_name: name,
      description,
      tiles: tiles.map(({ analysisId, title, width }) => ({ analysis_id: analysisId, title, width })),
      etag,
    };
    await this.client.call(at('/api/v1/dashboards', id), { method: 'PUT', body });
  }

  removeDashboard({ id, etag }: Dashboard): Promise<void> {
    return removeUnchanged(this.client, at('/api/v1/dashboards', id), 'dashboard', etag);
  }
}

function savedAnalysis(entry: Json): SavedAnalysis {
  const id = needed('analysis.id')(entry.id);
  return {
    id,
    name: text(entry.display_name) || id,
    description: text(entry.description),
    query: present(entry.query, 'analysis.query'),
    etag: text(entry.etag),
  };
}

function dashboard(entry: Json): Dashboard {
  const id = needed('dashboard.id')(entry.id);
  return {
    id,
    name: text(entry.display_name) || id,
    description: text(entry.description),
    tiles: list(entry.tiles, (tile) => ({
      analysisId: needed('dashboard.tiles.analysis_id')(tile.analysis_id),
      title: text(tile.title),
      width: integer(tile.width) || standardWidth,
    })),
    etag: text(entry.etag),
  };
}

/** Columns of a tile that says nothing else. */
export const standardWidth = 6;
