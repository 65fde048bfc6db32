import { AnalysisDoor, type Freshness } from './analyses';
import { type Client, query } from './client';
import {
  bytesAsText,
  counts,
  decimal,
  flag,
  instant,
  integer,
  type Json,
  list,
  record,
  seconds,
  text,
  texts,
} from './decode';
import { People } from './people';

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

export interface Ledger {
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly quarantined: number;
  readonly refused: number;
  readonly stored: number;
  readonly applied: number;
  readonly withheld: number;
  readonly expired: number;
  readonly waiting: number;
  readonly lagMilliseconds: number;
  readonly quarantineReasons: readonly [string, number][];
  readonly refuseReasons: readonly [string, number][];
}

export interface QuarantinedRecord {
  readonly id: string;
  readonly detail: string;
  readonly receiveTime: Date | undefined;
  readonly dialect: string;
  /** What arrived, as text; empty for those who may not see it. */
  readonly original: string;
  /** The same with every value replaced by its kind and length. */
  readonly masked: string;
}

export interface ServiceHealth {
  readonly name: string;
  readonly healthy: boolean;
  readonly detail: string;
}

export interface EventName {
  readonly name: string;
  readonly events: number;
  readonly users: number;
}

export interface FunnelStep {
  readonly name: string;
  readonly users: number;
  readonly stepRate: number;
  readonly totalRate: number;
  readonly lostUsers: number;
  readonly medianSeconds: number | undefined;
}

export interface Funnel {
  readonly steps: readonly FunnelStep[];
  readonly freshness: Freshness;
}

export interface RetentionCell {
  readonly users: number;
  readonly rate: number;
  readonly incomplete: boolean;
}

export interface Cohort {
  readonly startDate: string;
  readonly users: number;
  readonly cells: readonly RetentionCell[];
}

export interface Retention {
  readonly cohorts: readonly Cohort[];
  readonly meanRates: readonly number[];
  readonly freshness: Freshness;
}

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

export interface Member {
  readonly userNumber: number;
  readonly loginId: string;
}

export interface Page<T> {
  readonly entries: readonly T[];
  readonly total: number;
  readonly nextPageToken: string;
}

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly condition: Json;
  readonly inactiveSeconds: number | undefined;
  readonly enabled: boolean;
}

export interface Alert {
  readonly id: string;
  readonly ruleId: string;
  readonly userNumber: number;
  readonly loginId: string;
  readonly createTime: Date | undefined;
  readonly explanation: string;
}

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

export interface BacktestPeriod {
  readonly asOfTime: Date | undefined;
  readonly users: number;
  readonly warned: number;
  readonly warnedLost: number;
  readonly lost: number;
}

export interface Backtest {
  readonly periods: readonly BacktestPeriod[];
  readonly warned: number;
  readonly warnedLost: number;
  readonly precision: number;
  readonly baseRate: number;
  readonly lift: number;
  readonly recall: number;
  readonly precisionInterval: readonly number[];
}

/** Everything the console asks of the gateway. */
export class Tenure {
  /** What is asked about one person. */
  readonly people: People;
  /** What is asked about many: the models of analysis. */
  readonly analyses: AnalysisDoor;

  constructor(private readonly client: Client) {
    this.people = new People(client);
    this.analyses = new AnalysisDoor(client);
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.client.call('/api/v1/sessions', { method: 'POST', body: { username, password } });
  }

  async signOut(): Promise<void> {
    await this.client.call('/api/v1/sessions/current', { method: 'DELETE' });
  }

  async caller(signal?: AbortSignal): Promise<Caller> {
    const reply = await this.get('/api/v1/caller', signal);
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
    const ledger = record((await this.get('/api/v1/ledger', signal)).ledger);
    return {
      received: integer(ledger.received),
      accepted: integer(ledger.accepted),
      duplicate: integer(ledger.duplicate),
      quarantined: integer(ledger.quarantined),
      refused: integer(ledger.refused),
      stored: integer(ledger.stored),
      applied: integer(ledger.applied),
      withheld: integer(ledger.withheld),
      expired: integer(ledger.expired),
      waiting: integer(ledger.waiting),
      lagMilliseconds: integer(ledger.lag_milliseconds),
      quarantineReasons: counts(ledger.quarantine_reasons),
      refuseReasons: counts(ledger.refuse_reasons),
    };
  }

  async quarantine(
    reason: string,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<QuarantinedRecord>> {
    const search = query({ reason, page_size: 20, page_token: pageToken });
    const reply = await this.get(`/api/v1/quarantine${search}`, signal);
    const entries = list(reply.records, (entry) => ({
      id: text(entry.id),
      detail: text(entry.detail),
      receiveTime: instant(entry.receive_time),
      dialect: text(entry.dialect),
      original: bytesAsText(entry.original),
      masked: text(entry.masked),
    }));
    return { entries, total: entries.length, nextPageToken: text(reply.next_page_token) };
  }

  async health(signal?: AbortSignal): Promise<readonly ServiceHealth[]> {
    return list((await this.get('/api/v1/health', signal)).services, (entry) => ({
      name: text(entry.name),
      healthy: flag(entry.healthy),
      detail: text(entry.detail),
    }));
  }

  async eventNames(signal?: AbortSignal): Promise<readonly EventName[]> {
    return list((await this.get('/api/v1/eventNames', signal)).names, (entry) => ({
      name: text(entry.name),
      events: integer(entry.events),
      users: integer(entry.users),
    }));
  }

  async runFunnel(funnelQuery: Json, signal?: AbortSignal): Promise<Funnel> {
    const { result, freshness } = await this.analyses.run(funnelQuery, signal);
    const funnel = record(result.funnel);
    return {
      steps: list(funnel.steps, (step) => ({
        name: text(step.name),
        users: integer(step.users),
        stepRate: decimal(step.step_rate),
        totalRate: decimal(step.total_rate),
        lostUsers: integer(step.lost_users),
        medianSeconds: seconds(step.median_time),
      })),
      freshness,
    };
  }

  funnelUsers(
    funnelQuery: Json,
    step: number,
    lost: boolean,
    pageToken: string,
    signal?: AbortSignal,
  ): Promise<Page<Member>> {
    return this.analyses.users(funnelQuery, { funnel: { step, lost } }, pageToken, signal);
  }

  async runRetention(retentionQuery: Json, signal?: AbortSignal): Promise<Retention> {
    const { result, freshness } = await this.analyses.run(retentionQuery, signal);
    const retention = record(result.retention);
    return {
      cohorts: list(retention.cohorts, (cohort) => ({
        startDate: text(cohort.start_date),
        users: integer(cohort.users),
        cells: list(cohort.cells, (cell) => ({
          users: integer(cell.users),
          rate: decimal(cell.rate),
          incomplete: flag(cell.incomplete),
        })),
      })),
      meanRates: list(retention.means, (mean) => decimal(mean.rate)),
      freshness,
    };
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
    return list((await this.get('/api/v1/segments', signal)).segments, segment);
  }

  async computeSegment(id: string): Promise<Segment> {
    const reply = await this.post(`/api/v1/segments/${encodeURIComponent(id)}:compute`, {});
    return segment(record(reply.segment));
  }

  async members(id: string, pageToken: string, signal?: AbortSignal): Promise<Page<Member>> {
    const search = query({ page_size: 50, page_token: pageToken });
    const reply = await this.get(`/api/v1/segments/${encodeURIComponent(id)}/members${search}`, signal);
    return {
      entries: list(reply.members, (entry) => ({
        userNumber: integer(entry.user_number),
        loginId: text(entry.login_id),
      })),
      total: integer(reply.total_size),
      nextPageToken: text(reply.next_page_token),
    };
  }

  async memberships(userNumber: number, signal?: AbortSignal): Promise<readonly string[]> {
    return texts((await this.get(`/api/v1/users/${userNumber}/segments`, signal)).segment_ids);
  }

  async rules(signal?: AbortSignal): Promise<readonly Rule[]> {
    return list((await this.get('/api/v1/rules', signal)).rules, (rule) => ({
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
    const reply = await this.get(`/api/v1/alerts${search}`, signal);
    const entries = list(reply.alerts, (alert) => ({
      id: text(alert.id),
      ruleId: text(alert.rule_id),
      userNumber: integer(alert.user_number),
      loginId: text(alert.login_id),
      createTime: instant(alert.create_time),
      explanation: text(alert.explanation),
    }));
    return { entries, total: entries.length, nextPageToken: text(reply.next_page_token) };
  }

  async receivers(signal?: AbortSignal): Promise<readonly Receiver[]> {
    return list((await this.get('/api/v1/receivers', signal)).receivers, (entry) => ({
      id: text(entry.id),
      name: text(entry.display_name) || text(entry.id),
      webhookUrl: text(entry.webhook_url),
      thirdParty: flag(entry.third_party),
    }));
  }

  async createReceiver(receiver: NewReceiver): Promise<void> {
    await this.post('/api/v1/receivers', {
      id: receiver.id,
      display_name: receiver.name,
      webhook_url: receiver.webhookUrl,
      signing_secret: receiver.signingSecret,
      third_party: receiver.thirdParty,
    });
  }

  async backtest(ruleId: string, startTime: Date, stepDays: number, signal?: AbortSignal): Promise<Backtest> {
    const body = { start_time: startTime.toISOString(), step: `${stepDays * 86_400}s` };
    const reply = await this.post(`/api/v1/rules/${encodeURIComponent(ruleId)}:backtest`, body, signal);
    const backtest = record(reply.backtest);
    return {
      periods: list(backtest.periods, (period) => ({
        asOfTime: instant(period.as_of_time),
        users: integer(period.users),
        warned: integer(period.warned),
        warnedLost: integer(period.warned_lost),
        lost: integer(period.lost),
      })),
      warned: integer(backtest.warned),
      warnedLost: integer(backtest.warned_lost),
      precision: decimal(backtest.precision),
      baseRate: decimal(backtest.base_rate),
      lift: decimal(backtest.lift),
      recall: decimal(backtest.recall),
      precisionInterval: Array.isArray(backtest.precision_interval)
        ? backtest.precision_interval.map(decimal)
        : [],
    };
  }

  private get(path: string, signal?: AbortSignal): Promise<Json> {
    return this.client.call(path, signal ? { signal } : {});
  }

  private post(path: string, body: unknown, signal?: AbortSignal): Promise<Json> {
    return this.client.call(path, signal ? { method: 'POST', body, signal } : { method: 'POST', body });
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
