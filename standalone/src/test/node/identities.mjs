// Says who somebody is with the published @segment/analytics-node: an anonymous track, an identify, a track with external ids, an
// alias. Usage: node identities.mjs HOST WRITE_KEY USER
import { Analytics } from '@segment/analytics-node';

const [host, writeKey, user] = process.argv.slice(2);
// Each call by itself, so that they arrive in this order.
const analytics = new Analytics({ host, writeKey, flushAt: 1 });
analytics.on('error', (error) => {
  console.error(error);
  process.exitCode = 1;
});
const sent = (call) => new Promise((resolve) => call(resolve));
const externalIds = [{ id: `${user}@example.com`, type: 'email', collection: 'users', encoding: 'none' }];

await sent((done) => analytics.track({ anonymousId: `${user}-phone`, event: 'Opened' }, done));
await sent((done) => analytics.identify({ userId: user, anonymousId: `${user}-phone` }, done));
await sent((done) => analytics.track({ userId: user, event: 'Paid', context: { externalIds } }, done));
await sent((done) => analytics.track({ anonymousId: `${user}-tablet`, event: 'Opened', context: { externalIds } }, done));
await sent((done) => analytics.alias({ userId: user, previousId: `${user}-tablet` }, done));
await sent((done) => analytics.track({ anonymousId: `${user}-tablet`, event: 'Looked' }, done));
await analytics.closeAndFlush({ timeout: 10_000 });
