// Sends events with the published sa-sdk-node as an app's own server would. Usage: node sensors.mjs SERVER_URL USER COUNT
import SensorsAnalytics from 'sa-sdk-node';

const [serverUrl, user, count] = process.argv.slice(2);
const sensors = new SensorsAnalytics();
sensors.submitTo({ url: serverUrl, gzip: true }, { count: 3, timeSpan: 500 });
for (let index = 0; index < Number(count); index += 1) {
  sensors.track(user, 'NodeTransfer', { amount: index + 0.5, note: '工资 payday', index });
}
sensors.profileSet(user, { city: '上海', tier: 'gold' });
// The client has no flush that waits: give its timer and its last request time, then leave.
setTimeout(() => process.exit(0), 2500);
