import { type Client, query } from './client';
import {
  bytesAsText,
  counts,
  flag,
  instant,
  integer,
  type Json,
  list,
  listOf,
  record,
  shaped,
  text,
  texts,
} from './decode';
import { type Page, paged } from './page';

/** Calls about one person: who it is, what they agreed to, and their rights. Ids are as in GetProfile. */

const mergedUser = shaped({ userNumber: integer, author: text, reason: text, mergeTime: instant });
export type MergedUser = ReturnType<typeof mergedUser>;

const personProfile = shaped({
  userNumber: integer,
  loginId: text,
  otherLoginIds: texts,
  anonymousIds: texts,
  /** Ids by key; only by the plan ID_MAPPING. */
  identities: listOf((entry) => `${text(entry.key)}:${text(entry.value)}`),
  traits: record,
  /** Names of traits that the caller may not see. */
  maskedTraits: texts,
  firstSeenTime: instant,
  lastSeenTime: instant,
  eventCount: integer,
  mergedUsers: listOf(mergedUser),
});
export type PersonProfile = ReturnType<typeof personProfile>;

const identityDecision = shaped({
  rule: text,
  userNumber: integer,
  formerUserNumber: integer,
  otherUserNumber: integer,
  decideTime: instant,
});
export type IdentityDecision = ReturnType<typeof identityDecision>;

const timelineEvent = shaped({
  eventId: text,
  name: text,
  eventTime: instant,
  properties: record,
  maskedProperties: texts,
});
export type TimelineEvent = ReturnType<typeof timelineEvent>;

/** Which events of a timeline are shown; empty for all. Days are local. */
export interface TimelineFilter {
  readonly eventName: string;
  readonly from: string;
  readonly until: string;
}

const consentEntry = shaped({
  userId: text,
  purpose: text,
  state: text,
  textVersion: text,
  effectiveTime: instant,
  source: text,
  author: text,
});
export type ConsentEntry = ReturnType<typeof consentEntry>;

const purposeConsent = shaped({
  purpose: text,
  allowed: flag,
  reason: text,
  entry: (value) => (value ? consentEntry(value) : undefined),
});
export type PurposeConsent = ReturnType<typeof purposeConsent>;

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

const merge = shaped({
  id: text,
  survivor: integer,
  absorbed: integer,
  state: text,
  automatic: flag,
  author: text,
  reason: text,
  createTime: instant,
  expireTime: instant,
});
export type Merge = ReturnType<typeof merge>;

const traitDifference = shaped({
  name: text,
  value: (value) => value,
  otherValue: (value) => value,
});
export type TraitDifference = ReturnType<typeof traitDifference>;

const mergePreview = shaped({
  survivor: integer,
  absorbed: integer,
  eventCount: integer,
  loginIds: texts,
  anonymousIds: texts,
  identities: texts,
  changes: listOf(traitDifference),
  maskedTraits: texts,
  eventCountBefore: integer,
  eventCountAfter: integer,
  expireTime: instant,
});
export type MergePreview = ReturnType<typeof mergePreview>;

const erasure = shaped({ id: text, state: text, counts, waitingReason: text });
export type Erasure = ReturnType<typeof erasure>;

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
    return personProfile(
      (await this.client.get(`/api/v1/profiles/${encodeURIComponent(id)}`, signal)).profile,
    );
  }

  /** Why an id is whose it is, newest first. */
  async decisions(
    kind: 'login_id' | 'anonymous_id' | 'identity',
    id: string,
    signal?: AbortSignal,
  ): Promise<readonly IdentityDecision[]> {
    const reply = await this.client.get(`/api/v1/identity-decisions${query({ [kind]: id })}`, signal);
    return list(reply.decisions, identityDecision);
  }

  /** Class of each planned trait, by name. */
  async traitClasses(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const plan = record((await this.client.get('/api/v1/tracking-plan', signal)).plan);
    return new Map(list(plan.traits, (entry) => [text(entry.name), text(entry.data_class)] as const));
  }

  /** What was computed of a user: habits, counts, tags. */
  async computed(userNumber: number, signal?: AbortSignal): Promise<Json> {
    return record((await this.client.get(`/api/v1/computedValues/user_number:${userNumber}`, signal)).traits);
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
    const reply = await this.client.get(
      `/api/v1/profiles/user_number:${userNumber}/timeline${search}`,
      signal,
    );
    return paged(list(reply.events, timelineEvent), reply);
  }

  async consents(userNumber: number, signal?: AbortSignal): Promise<readonly PurposeConsent[]> {
    const reply = await this.client.get(`/api/v1/consents/user_number:${userNumber}`, signal);
    return list(reply.purposes, purposeConsent);
  }

  async consentEntries(
    userNumber: number,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<ConsentEntry>> {
    const search = query({ page_size: 20, page_token: pageToken });
    const reply = await this.client.get(
      `/api/v1/consents/user_number:${userNumber}/entries${search}`,
      signal,
    );
    return paged(list(reply.entries, consentEntry), reply);
  }

  async recordConsent(decision: Decision): Promise<void> {
    const { requestId, id, purpose, state, textVersion } = decision;
    await this.client.post('/api/v1/consents:record', {
      request_id: requestId,
      decisions: [{ ...id, purpose, state, text_version: textVersion }],
    });
  }

  async merges(userNumber: number, pageToken: string, signal?: AbortSignal): Promise<Page<Merge>> {
    const search = query({ user_id: `user_number:${userNumber}`, page_size: 20, page_token: pageToken });
    const reply = await this.client.get(`/api/v1/userMerges${search}`, signal);
    return paged(list(reply.merges, merge), reply);
  }

  async merge(id: string, signal?: AbortSignal): Promise<Merge> {
    return merge((await this.client.get(`/api/v1/userMerges/${encodeURIComponent(id)}`, signal)).merge);
  }

  async previewUndo(id: string, signal?: AbortSignal): Promise<MergePreview> {
    const reply = await this.client.post(
      `/api/v1/userMerges/${encodeURIComponent(id)}:previewUndo`,
      {},
      signal,
    );
    return mergePreview(reply.preview);
  }

  async undoMerge(id: string): Promise<Merge> {
    return merge((await this.client.post(`/api/v1/userMerges/${encodeURIComponent(id)}:undo`, {})).merge);
  }

  /** Everything about a person, as it arrived. A failure halfway cuts the connection, which fails this call. */
  exportPerson(userNumber: number, signal: AbortSignal): Promise<Blob> {
    return this.client.download('/api/v1/exports', { user_id: `user_number:${userNumber}` }, signal);
  }

  async previewErasure(userNumber: number, signal?: AbortSignal): Promise<readonly [string, number][]> {
    const body = { user_id: `user_number:${userNumber}` };
    const reply = await this.client.post('/api/v1/erasures:preview', body, signal);
    return counts(record(reply.preview).counts);
  }

  async erase(userNumber: number): Promise<Erasure> {
    const reply = await this.client.post('/api/v1/erasures', { user_id: `user_number:${userNumber}` });
    return erasure(reply.erasure);
  }

  async erasure(id: string, signal?: AbortSignal): Promise<Erasure> {
    return erasure((await this.client.get(`/api/v1/erasures/${encodeURIComponent(id)}`, signal)).erasure);
  }

  async receipt(id: string, signal?: AbortSignal): Promise<Receipt> {
    const reply = await this.client.get(`/api/v1/erasures/${encodeURIComponent(id)}/receipt`, signal);
    const document = record(reply.receipt);
    const content = parsed(bytesAsText(document.content));
    return {
      document,
      completionTime: instant(content.completion_time),
      keyId: text(document.key_id),
      remarks: texts(content.remarks),
    };
  }
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
