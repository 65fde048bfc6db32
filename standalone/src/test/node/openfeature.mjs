// A bank's web page with the published OpenFeature web SDK and its OFREP provider, on a jsdom page of another origin than the
// gateway. Prints what happened as one line of JSON.
// Usage: node openfeature.mjs SCENARIO GATEWAY WRITE_KEY SECRET_KEY
//   SCENARIO: decides | hears | late | refused
import { OFREPApi } from '@openfeature/ofrep-core';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
import { EventSource } from 'eventsource';
import { JSDOM } from 'jsdom';

const [scenario, gateway, writeKey, secretKey] = process.argv.slice(2);
const origin = 'https://bank.example';
const { window } = new JSDOM('<!doctype html><title>Bank</title>', { url: origin, pretendToBeVisual: true });
const requests = [];

// Node does not keep to the rules for pages of other origins, and jsdom has no server-sent events.
async function crossOrigin(input, init) {
  const request = new Request(input, init);
  request.headers.set('Origin', origin);
  const response = await fetch(request);
  requests.push({ method: request.method, path: new URL(request.url).pathname, status: response.status });
  if (response.headers.get('Access-Control-Allow-Origin') !== origin) {
    throw new TypeError(`${request.url} is closed to pages of other origins`);
  }
  return response;
}
globalThis.document = window.document;
globalThis.localStorage = window.localStorage;
globalThis.EventSource = class extends EventSource {
  constructor(url) {
    super(url, { fetch: crossOrigin });
  }
};

function provider(options = {}) {
  return new OFREPWebProvider({
    baseUrl: gateway,
    headers: [['Authorization', `Bearer ${writeKey}`]],
    fetchImplementation: crossOrigin,
    ...options,
  });
}

async function until(what, holds) {
  const end = Date.now() + 60_000;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}; ${JSON.stringify(requests)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const listening = () => requests.some(({ path, status }) => path.startsWith('/ofrep/v1/events/') && status === 200);

// What the team does on its own server.
async function team(method, path, body) {
  const headers = { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/json' };
  const response = await fetch(`${gateway}${path}`, { method, headers, body: body && JSON.stringify(body) });
  if (response.status !== 200) {
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}

async function welcomeInTheEvening() {
  const { flag } = await team('GET', '/api/v1/flags/welcome');
  await team('PUT', '/api/v1/flags/welcome', {
    ...flag,
    fallthrough: { shares: [{ variant: 'evening', weight: 10_000 }] },
  });
}

const decided = ({ value, variant, reason, errorCode, flagMetadata }) => ({
  value,
  variant,
  reason,
  errorCode,
  flagMetadata,
});

const scenarios = {
  // Every type, what is wrong, the same without the SDK, and who saw it.
  async decides() {
    await OpenFeature.setContext({ targetingKey: 'web-ann', city: 'Shanghai' });
    await OpenFeature.setProviderAndWait(provider());
    const client = OpenFeature.getClient();
    const flags = {
      welcome: client.getStringDetails('welcome', 'Hello'),
      'new-menu': client.getBooleanDetails('new-menu', false),
      'page-size': client.getNumberDetails('page-size', 10),
      rate: client.getNumberDetails('rate', 1),
      theme: client.getObjectDetails('theme', {}),
      'old-screen': client.getBooleanDetails('old-screen', true),
      'program-default': client.getStringDetails('program-default', 'mine'),
      checkout: client.getStringDetails('checkout', 'one'),
    };
    const wrong = {
      unknown: client.getStringDetails('gone', 'mine'),
      mistaken: client.getBooleanDetails('welcome', true),
    };
    const api = new OFREPApi({ baseUrl: gateway, headers: [['Authorization', `Bearer ${writeKey}`]] }, crossOrigin);
    const context = OpenFeature.getContext();
    const single = Object.fromEntries(
      await Promise.all(
        Object.keys(flags).map(async (key) => [key, (await api.postEvaluateFlag(key, { context })).value]),
      ),
    );
    const nobody = await api.postEvaluateFlag('welcome', { context: {} });
    const missing = await api.postEvaluateFlag('gone', { context });

    const seen = await crossOrigin(`${gateway}/api/v1/exposures:record`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${writeKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ exposures: [{ token: flags.checkout.flagMetadata.exposureToken }] }),
    });
    return {
      flags: Object.fromEntries(Object.entries(flags).map(([key, details]) => [key, decided(details)])),
      wrong: Object.fromEntries(Object.entries(wrong).map(([key, details]) => [key, decided(details)])),
      single,
      nobody: { status: nobody.httpStatus, code: nobody.value.errorCode },
      missing: { status: missing.httpStatus, code: missing.value.errorCode },
      exposure: (await seen.json()).outcomes[0].result,
    };
  },

  // A change arrives; then the page is opened again, and again with another context.
  async hears() {
    const changes = [];
    OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged }) => changes.push(flagsChanged));
    await OpenFeature.setContext({ targetingKey: 'web-bob', city: 'Shanghai' });
    await OpenFeature.setProviderAndWait(provider());
    const client = OpenFeature.getClient();
    const before = decided(client.getStringDetails('welcome', 'Hello'));
    await until('somebody listens', listening);
    await welcomeInTheEvening();
    await until('a change', () => changes.length > 0);
    const after = decided(client.getStringDetails('welcome', 'Hello'));
    const changed = changes[0];
    const first = requests.splice(0);

    await OpenFeature.setProviderAndWait(provider());
    const cached = decided(client.getStringDetails('welcome', 'Hello'));
    await until('the flags are the same', () => requests.some(({ status }) => status === 304));
    await until('somebody listens again', listening);
    const second = requests.splice(0);

    changes.length = 0;
    await OpenFeature.setContext({ targetingKey: 'web-bob', city: 'Beijing' });
    await until('another context', () => changes.length > 0);
    return {
      before,
      after,
      changed,
      cached,
      elsewhere: decided(client.getBooleanDetails('new-menu', true)),
      first,
      second,
      third: requests,
    };
  },

  // Flags change after the page got them and before it listens.
  async late() {
    const changes = [];
    OpenFeature.addHandler(ProviderEvents.ConfigurationChanged, ({ flagsChanged }) => changes.push(flagsChanged));
    await OpenFeature.setContext({ targetingKey: 'web-eve' });
    let asked = 0;
    await OpenFeature.setProviderAndWait(
      provider({
        cacheMode: 'disabled',
        fetchImplementation: async (input, init) => {
          const response = await crossOrigin(input, init);
          asked += 1;
          if (asked === 1) {
            await welcomeInTheEvening();
          }
          return response;
        },
      }),
    );
    const client = OpenFeature.getClient();
    const before = decided(client.getStringDetails('welcome', 'Hello'));
    await until('the change', () => changes.length > 0);
    return { before, after: decided(client.getStringDetails('welcome', 'Hello')) };
  },

  // A key nobody knows, and nobody to decide for.
  async refused() {
    await OpenFeature.setContext({ targetingKey: 'web-joe' });
    const failure = async (attempt) => attempt.then(() => 'none', (error) => error.code);
    const stranger = await failure(
      OpenFeature.setProviderAndWait(provider({ headers: [['Authorization', 'Bearer wk_unknown']] })),
    );
    const refused = decided(OpenFeature.getClient().getStringDetails('welcome', 'Hello'));
    await OpenFeature.setContext({});
    const nobody = await failure(OpenFeature.setProviderAndWait(provider()));
    return { stranger, refused, nobody, requests };
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
await OpenFeature.close();
window.close();
process.exit(0);
