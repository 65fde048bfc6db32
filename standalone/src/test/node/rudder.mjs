// Sends the six calls with the published @rudderstack/rudder-sdk-node. Usage: node rudder.mjs HOST WRITE_KEY USER COUNT
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [host, writeKey, user, count] = process.argv.slice(2);
const analytics = new RudderAnalytics(writeKey, { dataPlaneUrl: host, flushAt: 7, flushInterval: 200, gzip: true });
const who = { userId: user, anonymousId: `${user}-device` };
analytics.identify({ ...who, traits: { city: '重庆' } });
for (let index = 0; index < Number(count); index += 1) {
  analytics.track({ ...who, event: 'Rudder Transfer', properties: { amount: index + 0.25, index } });
}
analytics.page({ ...who, name: 'Accounts', properties: { url: 'https://bank.example/accounts' } });
analytics.screen({ ...who, name: 'Cards' });
analytics.group({ ...who, groupId: 'branch-7', traits: { region: 'west' } });
analytics.alias({ userId: user, previousId: `${user}-old-device` });
await analytics.flush();
// The client resolves before its last request is answered.
setTimeout(() => process.exit(0), 1500);
