// A bank's web page with the published sa-sdk-javascript and its plugin for A/B tests in a jsdom browser: a visitor is
// shown a variant, signs in and is shown one again. Prints both as JSON, with the id the visitor had before.
// Usage: node abtest.mjs SERVER_URL FETCH_URL USER PARAMETER
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM, VirtualConsole } from 'jsdom';

const [serverUrl, fetchUrl, user, parameter] = process.argv.slice(2);
const sdk = createRequire(import.meta.url).resolve('sa-sdk-javascript');

const virtualConsole = new VirtualConsole();
virtualConsole.on('jsdomError', (error) => console.error(error));
const dom = new JSDOM('<!doctype html><html><head><title>网上银行</title></head><body></body></html>', {
  url: 'http://bank.example/home',
  runScripts: 'outside-only',
  pretendToBeVisual: true,
  virtualConsole,
});
const { window } = dom;
let open = 0;
let lastChange = Date.now();

// The client has no flush that waits: go on when nothing is on its way for a while.
async function quiet(milliseconds) {
  lastChange = Date.now();
  do {
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (open > 0 || Date.now() - lastChange < milliseconds);
}

const { send } = window.XMLHttpRequest.prototype;
window.XMLHttpRequest.prototype.send = function watched(...body) {
  open += 1;
  this.addEventListener('loadend', () => {
    open -= 1;
    lastChange = Date.now();
  });
  return send.apply(this, body);
};

const run = (path) => window.eval(readFileSync(new URL(path, `file://${sdk}`), 'utf8'));
run('./sensorsdata.js');
run('./plugin/abtesting-sdk-web/abtest.min.js');
const sensors = window.sensorsDataAnalytic201505 ?? window.sensors;
sensors.init({ server_url: serverUrl, send_type: 'ajax', show_log: false, is_track_single_page: false });
const plugin = window.SensorsDataWebJSSDKPlugin.SensorsABTest;
const tests = sensors.use(plugin, { url: fetchUrl, timeout_milliseconds: 30000 }) ?? plugin;
sensors.quick('isReady', () => {});
await quiet(500);

function shown() {
  return new Promise((resolve) => {
    tests.asyncFetchABTest({
      param_name: parameter,
      value_type: 'String',
      default_value: 'default',
      timeout_milliseconds: 30000,
      callback: resolve,
    });
  });
}

const visitor = sensors.store.getDistinctId();
const before = await shown();
await quiet(500);
sensors.login(user);
await quiet(500);
const after = await shown();
await quiet(1000);
console.log(JSON.stringify({ visitor, before, after }));
dom.window.close();
process.exit(0);
