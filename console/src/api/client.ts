import { BadAnswer, integer, type Json, list, present, record, text } from './decode';

/** A failed call, as the problem document told it or as the network left it. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly traceId = '',
    readonly violations: readonly Violation[] = [],
    /** The kind of problem, like "aborted": several share a status. */
    readonly kind = '',
  ) {
    super(detail || title);
    this.name = 'Problem';
  }
}

export interface Violation {
  readonly field: string;
  readonly description: string;
}

/** What a call needs beside its path. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Speaks to the gateway under the session cookie. */
export class Client {
  /** Project of all later calls; empty leaves the choice to the gateway. */
  project = '';

  constructor(
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
    private readonly onSignedOut: () => void = () => {},
  ) {}

  async call(path: string, call: Call = {}): Promise<Json> {
    const response = await this.ask(path, call);
    return answered(await response.text());
  }

  get(path: string, signal?: AbortSignal): Promise<Json> {
    return this.call(path, signal ? { signal } : {});
  }

  post(path: string, body: unknown, signal?: AbortSignal): Promise<Json> {
    return this.call(path, signal ? { method: 'POST', body, signal } : { method: 'POST', body });
  }

  /** A document that may be large, as it arrives. A connection that is cut before its end is a problem, never a part. */
  async download(path: string, body: unknown, signal: AbortSignal): Promise<Blob> {
    const response = await this.ask(path, { method: 'POST', body, signal });
    try {
      return await response.blob();
    } catch (cause) {
      throw networkProblem(cause);
    }
  }

  private async ask(path: string, { method = 'GET', body, signal }: Call): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET') {
      headers['Tenure-Csrf'] = '1';
    }
    if (this.project) {
      headers['Tenure-Project-Id'] = this.project;
    }
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      init.body = JSON.stringify(body);
    }
    if (signal) {
      init.signal = signal;
    }
    const response = await this.answer(path, init);
    if (!response.ok) {
      throw await this.problem(response, path);
    }
    return response;
  }

  private async answer(path: string, init: RequestInit): Promise<Response> {
    try {
      return await this.send(path, init);
    } catch (cause) {
      throw networkProblem(cause);
    }
  }

  private async problem(response: Response, path: string): Promise<Problem> {
    const document = record(await response.json().catch(() => ({})));
    // A wrong password is answered 401 too; only an ended session sends people back to the door.
    if (response.status === 401 && path !== '/api/v1/sessions') {
      this.onSignedOut();
    }
    return new Problem(
      integer(document.status) || response.status,
      text(document.title),
      text(document.detail),
      text(document.trace_id),
      list(document.violations, (entry) => ({
        field: text(entry.field),
        description: text(entry.description),
      })),
      text(document.type).replace('urn:tenure:problem:', ''),
    );
  }
}

/** Nothing at all is an answer, to a deletion for example; a page of some proxy is none. */
function answered(body: string): Json {
  if (body.trim() === '') {
    return {};
  }
  try {
    return present(JSON.parse(body), 'JSON');
  } catch {
    throw new BadAnswer('JSON');
  }
}

/** What broke a connection: the caller who left, or the network. */
function networkProblem(cause: unknown): unknown {
  return cause instanceof DOMException && cause.name === 'AbortError' ? cause : new Problem(0, '', '');
}

/** Query text of the set parameters, with its question mark; empty when none is set. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  }
  const result = search.toString();
  return result ? `?${result}` : '';
}
