import { describe, expect, it, vi } from 'vitest';
import { Client, Problem, query } from './client';
import { BadAnswer } from './decode';

/** A network that gives one answer and remembers what was sent. */
function network(status: number, body: unknown) {
  const sent: { path: string; init: RequestInit }[] = [];
  const send = async (path: RequestInfo | URL, init: RequestInit = {}) => {
    sent.push({ path: String(path), init });
    return new Response(JSON.stringify(body), { status });
  };
  return { sent, send };
}

const headersOf = (init: RequestInit | undefined) => init?.headers as Record<string, string>;

describe('the client', () => {
  it('proves on every write that the page itself sent it', async () => {
    const { sent, send } = network(200, {});
    const client = new Client(send);
    await client.call('/api/v1/analyses:run', { method: 'POST', body: { query: {} } });
    await client.call('/api/v1/sessions/current', { method: 'DELETE' });
    await client.call('/api/v1/ledger');
    expect(sent.map(({ init }) => headersOf(init)['Tenure-Csrf'])).toEqual(['1', '1', undefined]);
    expect(sent[0]?.init.body).toBe('{"query":{}}');
    expect(sent.every(({ init }) => init.credentials === 'same-origin')).toBe(true);
  });

  it('names the chosen project', async () => {
    const { sent, send } = network(200, {});
    const client = new Client(send);
    await client.call('/api/v1/ledger');
    client.project = 'berka';
    await client.call('/api/v1/ledger');
    expect(sent.map(({ init }) => headersOf(init)['Tenure-Project-Id'])).toEqual([undefined, 'berka']);
  });

  it('turns a problem document into a problem', async () => {
    const { send } = network(400, {
      title: 'Invalid',
      status: 400,
      detail: 'The window is too long.',
      trace_id: 'abc',
      violations: [{ field: 'query.window', description: 'at most 90 days' }],
    });
    const failure = await new Client(send).call('/api/v1/analyses:run').catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({
      status: 400,
      detail: 'The window is too long.',
      traceId: 'abc',
      violations: [{ field: 'query.window', description: 'at most 90 days' }],
    });
  });

  it('survives an error that is no problem document', async () => {
    const send = async () => new Response('<html>Bad gateway</html>', { status: 502 });
    await expect(new Client(send).call('/api/v1/ledger')).rejects.toMatchObject({ status: 502, detail: '' });
  });

  it('takes what is no JSON object for a bad answer, and nothing at all for an answer', async () => {
    for (const body of ['<html>Sign in at the proxy</html>', '[]', '7', '{"cut":']) {
      const client = new Client(async () => new Response(body));
      await expect(client.call('/api/v1/ledger'), body).rejects.toEqual(new BadAnswer('JSON'));
    }
    expect(await new Client(async () => new Response(null, { status: 204 })).call('/api/v1/x')).toEqual({});
  });

  it('says that nobody answered', async () => {
    const send = async () => {
      throw new TypeError('fetch failed');
    };
    await expect(new Client(send).call('/api/v1/ledger')).rejects.toMatchObject({ status: 0 });
  });

  it('reports an ended session, but not a wrong password', async () => {
    const signedOut = vi.fn();
    const client = new Client(network(401, {}).send, signedOut);
    await expect(client.call('/api/v1/sessions', { method: 'POST' })).rejects.toMatchObject({ status: 401 });
    expect(signedOut).not.toHaveBeenCalled();
    await expect(client.call('/api/v1/ledger')).rejects.toMatchObject({ status: 401 });
    expect(signedOut).toHaveBeenCalledOnce();
  });

  it('lets a cancelled call end quietly as cancelled', async () => {
    const send = async () => {
      throw new DOMException('cancelled', 'AbortError');
    };
    await expect(new Client(send).call('/api/v1/ledger')).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('leaves unset parameters out of the query', () => {
    expect(query({ user: 'user_number:7', page_size: 50, page_token: '' })).toBe(
      '?user=user_number%3A7&page_size=50',
    );
    expect(query({ name: undefined })).toBe('');
  });
});
