import { AnalysisDoor } from './analyses';
import { CatalogueDoor } from './catalogue';
import { type Client, query } from './client';
import {
  bytesAsText,
  counts,
  decimal,
  decimals,
  flag,
  instant,
  integer,
  type Json,
  list,
  listOf,
  record,
  seconds,
  shaped,
  text,
  texts,
} from './decode';
import { ExperimentDoor } from './experiments';
import { FlagDoor } from './flags';
import { type Page, paged } from './page';
import { People } from './people';
import { ResultDoor } from './results';
import { SavedDoor } from './saved';

/** Calls of the REST interface, named and shaped as in the proto files. */

export interface Person {
  readonly username: string;
  readonly role: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

export interface Caller {
  readonly person: Person;
  readonly projects: readonly Project[];
  readonly projectId: string;
}

const ledger = shaped({
  received: integer,
  accepted: integer,
  duplicate: integer,
  quarantined: integer,
  refused: integer,
  stored: integer,
  applied: integer,
  withheld: integer,
  expired: integer,
  waiting: integer,
  lagMilliseconds: integer,
  quarantineReasons: counts,
  refuseReasons: counts,
});
export type Ledger = ReturnType<typeof ledger>;

const quarantinedRecord = shaped({
  id: text,
  detail: text,
  receiveTime: instant,
  dialect: text,
  /** What arrived, as text; empty for those who may not see it. */
  original: bytesAsText,
  /** The same with every value replaced by its kind and length. */
  masked: text,
});
export type QuarantinedRecord = ReturnType<typeof quarantinedRecord>;

const serviceHealth = shaped({ name: text, healthy: flag, detail: text });
export type ServiceHealth = ReturnType<typeof serviceHealth>;

const eventName = shaped({ name: text, events: integer, users: integer });
export type EventName = ReturnType<typeof eventName>;

export interface TrendPoint {
  readonly startDate: string;
  readonly events: number;
  readonly users: number;
  readonly incomplete: boolean;
}

export interface Trend {
  readonly points: readonly TrendPoint[];
  readonly totalEvents: number;
  readonly totalUsers: number;
}

export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly condition: Json;
  readonly members: number | undefined;
  readonly asOfTime: Date | undefined;
}

const member = shaped({ userNumber: integer, loginId: text });
export type Member = ReturnType<typeof member>;

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly condition: Json;
  readonly inactiveSeconds: number | undefined;
  readonly enabled: boolean;
}

const alert = shaped({
  id: text,
  ruleId: text,
  userNumber: integer,
  loginId: text,
  createTime: instant,
  explanation: text,
});
export type Alert = ReturnType<typeof alert>;

export interface Receiver {
  readonly id: string;
  readonly name: string;
  readonly webhookUrl: string;
  /** Run by somebody outside the institution: it gets only alerts about people who agree to sharing. */
  readonly thirdParty: boolean;
}

export interface NewReceiver extends Receiver {
  readonly signingSecret: string;
}

const backtestPeriod = shaped({
  asOfTime: instant,
  users: integer,
  warned: integer,
  warnedLost: integer,
  lost: integer,
});
export type BacktestPeriod = ReturnType<typeof backtestPeriod>;

const backtest = shaped({
  periods: listOf(backtestPeriod),
  warned: integer,
  warnedLost: integer,
  precision: decimal,
  baseRate: decimal,
  lift: decimal,
  recall: decimal,
  precisionInterval: decimals,
});
export type Backtest = ReturnType<typeof backtest>;

/** Everything the console asks of the gateway. */
export class Tenure {
  /** What is asked about one person. */
  readonly people: People;
  /** What is asked about many: the models of analysis. */
  readonly analyses: AnalysisDoor;
  /** Questions and dashboards that are kept. */
  readonly saved: SavedDoor;
  /** What there is to ask about. */
  readonly catalogue: CatalogueDoor;
  /** Switches whose value is decided for each unit. */
  readonly flags: FlagDoor;
  /** What is tried on units by chance, and what it is judged by. */
  readonly experiments: ExperimentDoor;
  /** What experiments have shown. */
  readonly results: ResultDoor;

  constructor(private readonly client: Client) {
    this.people = new People(client);
    this.analyses = new AnalysisDoor(client);
    this.saved = new SavedDoor(client);
    this.catalogue = new CatalogueDoor(client);
    this.flags = new FlagDoor(client);
    this.experiments = new ExperimentDoor(client);
    this.results = new ResultDoor(client);
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.client.call('/api/v1/sessions', { method: 'POST', body: { username, password } });
  }

  async signOut(): Promise<void> {
    await this.client.call('/api/v1/sessions/current', { method: 'DELETE' });
  }

  async caller(signal?: AbortSignal): Promise<Caller> {
    const reply = await this.client.get('/api/v1/caller', signal);
    const person = record(reply.person);
    return {
      person: { username: text(person.username), role: text(person.role) },
      projects: list(reply.projects, (entry) => ({
        id: text(entry.id),
        name: text(entry.display_name) || text(entry.id),
      })),
      projectId: text(reply.project_id),
    };
  }

  async ledger(signal?: AbortSignal): Promise<Ledger> {
    return ledger((await this.client.get('/api/v1/ledger', signal)).ledger);
  }

  async quarantine(
    reason: string,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<QuarantinedRecord>> {
    const search = query({ reason, page_size: 20, page_token: pageToken });
    const reply = await this.client.get(`/api/v1/quarantine${search}`, signal);
    return paged(list(reply.records, quarantinedRecord), reply);
  }

  async health(signal?: AbortSignal): Promise<readonly ServiceHealth[]> {
    return list((await this.client.get('/api/v1/health', signal)).services, serviceHealth);
  }

  async eventNames(signal?: AbortSignal): Promise<readonly EventName[]> {
    return list((await this.client.get('/api/v1/eventNames', signal)).names, eventName);
  }

  async runTrend(trendQuery: Json, signal?: AbortSignal): Promise<Trend> {
    const trend = record((await this.analyses.run(trendQuery, signal)).result.trend);
    const line = Array.isArray(trend.series) ? record(trend.series[0]) : {};
    const total = record(line.total);
    return {
      points: list(line.points, (point) => ({
        startDate: text(point.start_date),
        events: integer(record(point.number).value),
        users: integer(record(point.number).users),
        incomplete: flag(point.incomplete),
      })),
      totalEvents: integer(total.value),
      totalUsers: integer(total.users),
    };
  }

  async segments(signal?: AbortSignal): Promise<readonly Segment[]> {
    return list((await this.client.get('/api/v1/segments', signal)).segments, segment);
  }

  async computeSegment(id: string): Promise<Segment> {
    const reply = await this.client.post(`/api/v1/segments/${encodeURIComponent(id)}:compute`, {});
    return segment(record(reply.segment));
  }

  async members(id: string, pageToken: string, signal?: AbortSignal): Promise<Page<Member>> {
    const search = query({ page_size: 50, page_token: pageToken });
    const reply = await this.client.get(
      `/api/v1/segments/${encodeURIComponent(id)}/members${search}`,
      signal,
    );
    return {
      entries: list(reply.members, member),
      total: integer(reply.total_size),
      nextPageToken: text(reply.next_page_token),
    };
  }

  async memberships(userNumber: number, signal?: AbortSignal): Promise<readonly string[]> {
    return texts((await this.client.get(`/api/v1/users/${userNumber}/segments`, signal)).segment_ids);
  }

  async rules(signal?: AbortSignal): Promise<readonly Rule[]> {
    return list((await this.client.get('/api/v1/rules', signal)).rules, (rule) => ({
      id: text(rule.id),
      name: text(rule.display_name) || text(rule.id),
      description: text(rule.description),
      condition: record(rule.condition),
      inactiveSeconds: seconds(record(rule.outcome).inactive_for),
      enabled: flag(rule.enabled),
    }));
  }

  async alerts(ruleId: string, pageToken: string, signal?: AbortSignal): Promise<Page<Alert>> {
    const search = query({ rule_id: ruleId, page_size: 25, page_token: pageToken });
    const reply = await this.client.get(`/api/v1/alerts${search}`, signal);
    return paged(list(reply.alerts, alert), reply);
  }

  async receivers(signal?: AbortSignal): Promise<readonly Receiver[]> {
    return list((await this.client.get('/api/v1/receivers', signal)).receivers, (entry) => ({
      id: text(entry.id),
      name: text(entry.display_name) || text(entry.id),
      webhookUrl: text(entry.webhook_url),
      thirdParty: flag(entry.third_party),
    }));
  }

  async createReceiver(receiver: NewReceiver): Promise<void> {
    await this.client.post('/api/v1/receivers', {
      id: receiver.id,
      display_name: receiver.name,
      webhook_url: receiver.webhookUrl,
      signing_secret: receiver.signingSecret,
      third_party: receiver.thirdParty,
    });
  }

  async backtest(ruleId: string, startTime: Date, stepDays: number, signal?: AbortSignal): Promise<Backtest> {
    const body = { start_time: startTime.toISOString(), step: `${stepDays * 86_400}s` };
    const reply = await this.client.post(
      `/api/v1/rules/${encodeURIComponent(ruleId)}:backtest`,
      body,
      signal,
    );
    return backtest(reply.backtest);
  }
}

function segment(entry: Json): Segment {
  const snapshot =
    entry.snapshot === undefined || entry.snapshot === null ? undefined : record(entry.snapshot);
  return {
    id: text(entry.id),
    name: text(entry.display_name) || text(entry.id),
    description: text(entry.description),
    condition: record(entry.condition),
    members: snapshot && integer(snapshot.members),
    asOfTime: instant(snapshot?.as_of_time),
  };
}
