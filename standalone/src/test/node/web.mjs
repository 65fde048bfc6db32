// A bank's web page with the published sa-sdk-javascript in a jsdom browser: it is looked at, somebody signs in, pays,
// signs out, and somebody else signs in.
// Usage: node web.mjs SERVER_URL SEND_TYPE USER AMOUNT [PLUGIN OPTIONS_JSON]
//   SEND_TYPE: image | ajax | batch | beacon; PLUGIN: sm-encryption | aes-encryption with the plugin's own options
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM, VirtualConsole } from 'jsdom';

const [serverUrl, sendType, user, amount, plugin, options] = process.argv.slice(2);
const sdk = createRequire(import.meta.url).resolve('sa-sdk-javascript');
const pluginNames = { 'sm-encryption': 'SMEncryption', 'aes-encryption': 'AesEncryption' };

const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const virtualConsole = new VirtualConsole();
virtualConsole.on('jsdomError', (error) => console.error(error));
const dom = new JSDOM('<!doctype html><title>网上银行</title><button id="pay">Pay</button>', {
  url: 'https://bank.example/transfer?utm_source=mail&utm_campaign=payday',
  referrer: 'https://search.example/',
  runScripts: 'outside-only',
  resources: { userAgent },
  pretendToBeVisual: true,
  virtualConsole,
});
const { window } = dom;
let open = 0;
let lastChange = Date.now();

function leaves(request) {
  open += 1;
  return request.finally(() => {
    open -= 1;
    lastChange = Date.now();
  });
}

// People take longer between two steps than requests take to arrive.
async function quiet(milliseconds) {
  lastChange = Date.now();
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (open > 0 || Date.now() - lastChange < milliseconds);
}

async function sent(url, init) {
  const headers = { 'User-Agent': userAgent, Referer: 'https://bank.example/', ...init?.headers };
  const response = await leaves(fetch(url, { ...init, headers }));
  if (response.status !== 200) {
    throw new Error(`answered ${response.status}`);
  }
}

// jsdom fetches no images and knows no beacons; both leave here as a browser would send them.
Object.defineProperty(window.HTMLImageElement.prototype, 'src', {
  set(url) {
    sent(url).then(() => this.onload?.());
  },
});
window.navigator.sendBeacon = (url, body) => {
  sent(url, { method: 'POST', body: String(body), headers: { 'Content-Type': 'text/plain;charset=UTF-8' } });
  return true;
};
const { send } = window.XMLHttpRequest.prototype;
window.XMLHttpRequest.prototype.send = function watched(...body) {
  leaves(new Promise((resolve) => this.addEventListener('loadend', resolve)));
  return send.apply(this, body);
};

const run = (path) => window.eval(readFileSync(new URL(path, `file://${sdk}`), 'utf8'));
run('./sensorsdata.js');
const sensors = window.sensorsDataAnalytic201505 ?? window.sensors;
if (plugin) {
  run(`./plugin/${plugin}/index.js`);
  sensors.use(window.SensorsDataWebJSSDKPlugin[pluginNames[plugin]], JSON.parse(options));
}
sensors.init({
  server_url: serverUrl,
  send_type: sendType === 'batch' ? 'ajax' : sendType,
  batch_send: sendType === 'batch' ? { datasend_timeout: 6000, send_interval: 500, storage_length: 200 } : false,
  show_log: false,
  is_track_single_page: false,
});
sensors.quick('autoTrack');
sensors.track('WebLook', { amount: Number(amount), product: '定期存款', when: new Date(2026, 5, 15, 12, 30, 45, 5) });
await quiet(400);
sensors.login(user);
await quiet(400);
sensors.track('WebPay', { amount: Number(amount), half: new Date(2026, 5, 15, 12, 30, 45, 50) });
sensors.logout();
sensors.login(`${user}-partner`);
sensors.track('WebPartner', {});

// The client has no flush that waits: leave when nothing is on its way for a while.
await quiet(2500);
dom.window.close();
process.exit(0);
