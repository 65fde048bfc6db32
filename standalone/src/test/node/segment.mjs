// Sends events with the published @segment/analytics-node. Usage: node segment.mjs HOST WRITE_KEY USER COUNT
import { Analytics } from '@segment/analytics-node';

const [host, writeKey, user, count] = process.argv.slice(2);
const analytics = new Analytics({ host, writeKey, flushAt: 5, flushInterval: 200 });
analytics.on('error', (error) => {
  console.error(error);
  process.exitCode = 1;
});
analytics.identify({ userId: user, anonymousId: `${user}-device`, traits: { city: '北京', tier: 'silver' } });
for (let index = 0; index < Number(count); index += 1) {
  analytics.track({ userId: user, event: 'Segment Transfer', properties: { amount: index + 0.25, index } });
}
await analytics.closeAndFlush({ timeout: 10_000 });
