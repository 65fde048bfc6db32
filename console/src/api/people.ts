import { type Client, query } from './client';
import { bytesAsText, counts, flag, instant, integer, type Json, list, record, text, texts } from './decode';
import type { Page } from './tenure';

/** Calls about one person: who it is, what they agreed to, and their rights. Ids are as in GetProfile. */

export interface MergedUser {
  readonly userNumber: number;
  readonly author: string;
  readonly reason: string;
  readonly mergeTime: Date | undefined;
}

export interface PersonProfile {
  readonly userNumber: number;
  readonly loginId: string;
  readonly otherLoginIds: readonly string[];
  readonly anonymousIds: readonly string[];
  /** Ids by key; only by the plan ID_MAPPING. */
  readonly identities: readonly string[];
  readonly traits: Json;
  /** Names of traits that the caller may not see. */
  readonly maskedTraits: readonly string[];
  readonly firstSeenTime: Date | undefined;
  readonly lastSeenTime: Date | undefined;
  readonly eventCount: number;
  readonly mergedUsers: readonly MergedUser[];
}

export interface IdentityDecision {
  readonly rule: string;
  readonly userNumber: number;
  readonly formerUserNumber: number;
  readonly otherUserNumber: number;
  readonly decideTime: Date | undefined;
}

export interface TimelineEvent {
  readonly id: string;
  readonly name: string;
  readonly eventTime: Date | undefined;
  readonly properties: Json;
  readonly maskedProperties: readonly string[];
}

/** Which events of a timeline are shown; empty for all. Days are local. */
export interface TimelineFilter {
  readonly eventName: string;
  readonly from: string;
  readonly until: string;
}

export interface PurposeConsent {
  readonly purpose: string;
  readonly allowed: boolean;
  readonly reason: string;
  readonly entry: ConsentEntry | undefined;
}

export interface ConsentEntry {
  readonly userId: string;
  readonly purpose: string;
  readonly state: string;
  readonly textVersion: string;
  readonly effectiveTime: Date | undefined;
  readonly source: string;
  readonly author: string;
}

export interface Decision {
  /** The same again writes nothing twice. */
  readonly requestId: string;
  readonly id: PersonId;
  readonly purpose: string;
  readonly state: string;
  readonly textVersion: string;
}

/** The id a decision is recorded for. */
export type PersonId = { readonly login_id: string } | { readonly anonymous_id: string };

export interface Merge {
  readonly id: string;
  readonly survivor: number;
  readonly absorbed: number;
  readonly state: string;
  readonly automatic: boolean;
  readonly author: string;
  readonly reason: string;
  readonly createTime: Date | undefined;
  readonly expireTime: Date | undefined;
}

export interface TraitDifference {
  readonly name: string;
  readonly value: unknown;
  readonly otherValue: unknown;
}

export interface MergePreview {
  readonly survivor: number;
  readonly absorbed: number;
  readonly eventCount: number;
  readonly ids: readonly string[];
  readonly changes: readonly TraitDifference[];
  readonly maskedTraits: readonly string[];
  readonly eventCountBefore: number;
  readonly eventCountAfter: number;
  readonly expireTime: Date | undefined;
}

export interface Erasure {
  readonly id: string;
  readonly state: string;
  readonly counts: readonly [string, number][];
  readonly waitingReason: string;
}

/** A receipt as the server sent it, and what it says. */
export interface Receipt {
  readonly document: Json;
  readonly completionTime: Date | undefined;
  readonly keyId: string;
  /** For example the backups that can still be read, and until when. */
  readonly remarks: readonly string[];
}

export class People {
  constructor(private readonly client: Client) {}

  async profile(id: string, signal?: AbortSignal): Promise<PersonProfile> {
    const profile = record((await this.get(`/api/v1/profiles/${encodeURIComponent(id)}`, signal)).profile);
    return {
      userNumber: integer(profile.user_number),
      loginId: text(profile.login_id),
      otherLoginIds: texts(profile.other_login_ids),
      anonymousIds: texts(profile.anonymous_ids),
      identities: list(profile.identities, (entry) => `${text(entry.key)}:${text(entry.value)}`),
      traits: record(profile.traits),
      maskedTraits: texts(profile.masked_traits),
      firstSeenTime: instant(profile.first_seen_time),
      lastSeenTime: instant(profile.last_seen_time),
      eventCount: integer(profile.event_count),
      mergedUsers: list(profile.merged_users, (entry) => ({
        userNumber: integer(entry.user_number),
        author: text(entry.author),
        reason: text(entry.reason),
        mergeTime: instant(entry.merge_time),
      })),
    };
  }

  /** Why an id is whose it is, newest first. */
  async decisions(
    kind: 'login_id' | 'anonymous_id' | 'identity',
    id: string,
    signal?: AbortSignal,
  ): Promise<readonly IdentityDecision[]> {
    const reply = await this.get(`/api/v1/identity-decisions${query({ [kind]: id })}`, signal);
    return list(reply.decisions, (entry) => ({
      rule: text(entry.rule),
      userNumber: integer(entry.user_number),
      formerUserNumber: integer(entry.former_user_number),
      otherUserNumber: integer(entry.other_user_number),
      decideTime: instant(entry.decide_time),
    }));
  }

  /** Class of each planned trait, by name. */
  async traitClasses(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const plan = record((await this.get('/api/v1/tracking-plan', signal)).plan);
    return new Map(list(plan.traits, (entry) => [text(entry.name), text(entry.data_class)] as const));
  }

  /** What was computed of a user: habits, counts, tags. */
  async computed(userNumber: number, signal?: AbortSignal): Promise<Json> {
    return record((await this.get(`/api/v1/computedValues/user_number:${userNumber}`, signal)).traits);
  }

  async timeline(
    userNumber: number,
    filter: TimelineFilter,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<TimelineEvent>> {
    const search = query({
      event_names: filter.eventName,
      start_time: localDay(filter.from, 0),
      end_time: localDay(filter.until, 1),
      page_size: 50,
      page_token: pageToken,
    });
    const reply = await this.get(`/api/v1/profiles/user_number:${userNumber}/timeline${search}`, signal);
    const entries = list(reply.events, (entry) => ({
      id: text(entry.event_id),
      name: text(entry.name),
      eventTime: instant(entry.event_time),
      properties: record(entry.properties),
      maskedProperties: texts(entry.masked_properties),
    }));
    return { entries, total: entries.length, nextPageToken: text(reply.next_page_token) };
  }

  async consents(userNumber: number, signal?: AbortSignal): Promise<readonly PurposeConsent[]> {
    const reply = await this.get(`/api/v1/consents/user_number:${userNumber}`, signal);
    return list(reply.purposes, (entry) => ({
      purpose: text(entry.purpose),
      allowed: flag(entry.allowed),
      reason: text(entry.reason),
      entry: entry.entry ? consentEntry(record(entry.entry)) : undefined,
    }));
  }

  async consentEntries(
    userNumber: number,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<ConsentEntry>> {
    const search = query({ page_size: 20, page_token: pageToken });
    const reply = await this.get(`/api/v1/consents/user_number:${userNumber}/entries${search}`, signal);
    const entries = list(reply.entries, consentEntry);
    return { entries, total: entries.length, nextPageToken: text(reply.next_page_token) };
  }

  async recordConsent(decision: Decision): Promise<void> {
    const { requestId, id, purpose, state, textVersion } = decision;
    await this.post('/api/v1/consents:record', {
      request_id: requestId,
      decisions: [{ ...id, purpose, state, text_version: textVersion }],
    });
  }

  async merges(userNumber: number, pageToken: string, signal?: AbortSignal): Promise<Page<Merge>> {
    const search = query({ user_id: `user_number:${userNumber}`, page_size: 20, page_token: pageToken });
    const reply = await this.get(`/api/v1/userMerges${search}`, signal);
    const entries = list(reply.merges, merge);
    return { entries, total: entries.length, nextPageToken: text(reply.next_page_token) };
  }

  async merge(id: string, signal?: AbortSignal): Promise<Merge> {
    return merge(record((await this.get(`/api/v1/userMerges/${encodeURIComponent(id)}`, signal)).merge));
  }

  async previewUndo(id: string, signal?: AbortSignal): Promise<MergePreview> {
    const reply = await this.post(`/api/v1/userMerges/${encodeURIComponent(id)}:previewUndo`, {}, signal);
    const preview = record(reply.preview);
    return {
      survivor: integer(preview.survivor),
      absorbed: integer(preview.absorbed),
      eventCount: integer(preview.event_count),
      ids: [...texts(preview.login_ids), ...texts(preview.anonymous_ids), ...texts(preview.identities)],
      changes: list(preview.changes, (entry) => ({
        name: text(entry.name),
        value: entry.value,
        otherValue: entry.other_value,
      })),
      maskedTraits: texts(preview.masked_traits),
      eventCountBefore: integer(preview.event_count_before),
      eventCountAfter: integer(preview.event_count_after),
      expireTime: instant(preview.expire_time),
    };
  }

  async undoMerge(id: string): Promise<Merge> {
    return merge(record((await this.post(`/api/v1/userMerges/${encodeURIComponent(id)}:undo`, {})).merge));
  }

  /** Everything about a person, as it arrived. A failure halfway cuts the connection, which fails this call. */
  exportPerson(userNumber: number, signal: AbortSignal): Promise<Blob> {
    return this.client.download('/api/v1/exports', { user_id: `user_number:${userNumber}` }, signal);
  }

  async previewErasure(userNumber: number, signal?: AbortSignal): Promise<readonly [string, number][]> {
    const body = { user_id: `user_number:${userNumber}` };
    const reply = await this.post('/api/v1/erasures:preview', body, signal);
    return counts(record(reply.preview).counts);
  }

  async erase(userNumber: number): Promise<Erasure> {
    const reply = await this.post('/api/v1/erasures', { user_id: `user_number:${userNumber}` });
    return erasure(record(reply.erasure));
  }

  async erasure(id: string, signal?: AbortSignal): Promise<Erasure> {
    return erasure(record((await this.get(`/api/v1/erasures/${encodeURIComponent(id)}`, signal)).erasure));
  }

  async receipt(id: string, signal?: AbortSignal): Promise<Receipt> {
    const reply = await this.get(`/api/v1/erasures/${encodeURIComponent(id)}/receipt`, signal);
    const document = record(reply.receipt);
    const content = parsed(bytesAsText(document.content));
    return {
      document,
      completionTime: instant(content.completion_time),
      keyId: text(document.key_id),
      remarks: texts(content.remarks),
    };
  }

  private get(path: string, signal?: AbortSignal): Promise<Json> {
    return this.client.call(path, signal ? { signal } : {});
  }

  private post(path: string, body: unknown, signal?: AbortSignal): Promise<Json> {
    return this.client.call(path, signal ? { method: 'POST', body, signal } : { method: 'POST', body });
  }
}

function consentEntry(entry: Json): ConsentEntry {
  return {
    userId: text(entry.user_id),
    purpose: text(entry.purpose),
    state: text(entry.state),
    textVersion: text(entry.text_version),
    effectiveTime: instant(entry.effective_time),
    source: text(entry.source),
    author: text(entry.author),
  };
}

function merge(entry: Json): Merge {
  return {
    id: text(entry.id),
    survivor: integer(entry.survivor),
    absorbed: integer(entry.absorbed),
    state: text(entry.state),
    automatic: flag(entry.automatic),
    author: text(entry.author),
    reason: text(entry.reason),
    createTime: instant(entry.create_time),
    expireTime: instant(entry.expire_time),
  };
}

function erasure(entry: Json): Erasure {
  return {
    id: text(entry.id),
    state: text(entry.state),
    counts: counts(entry.counts),
    waitingReason: text(entry.waiting_reason),
  };
}

/** What an exported document says of itself at its end. */
export interface ExportSummary {
  readonly complete: boolean;
  readonly counts: readonly [string, number][];
  readonly remarks: readonly string[];
}

const summaryBytes = 65_536;

/** Reads only the end: the document of a busy person is too large to be parsed here. */
export async function exportSummary(document: Blob): Promise<ExportSummary> {
  const tail = await document.slice(-summaryBytes).text();
  const start = tail.lastIndexOf('"summary"');
  const summary = start < 0 ? {} : record(parsed(`{${tail.slice(start)}`).summary);
  return {
    complete: flag(summary.complete),
    counts: counts(summary.counts),
    remarks: texts(summary.remarks),
  };
}

function parsed(json: string): Json {
  try {
    return record(JSON.parse(json));
  } catch {
    return {};
  }
}

/** The instant a local day begins, or the one after it; nothing for no day. */
function localDay(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  return year && month && date ? new Date(year, month - 1, date + later).toISOString() : undefined;
}
