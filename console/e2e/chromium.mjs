import { existsSync } from 'node:fs';

/** Switches under which Chromium runs without a display, a sandbox or any call of its own. */
export const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium of the machine, or else the one that comes as an npm package. */
export async function findChromium() {
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  const found = installed.find((path) => path && existsSync(path));
  if (found) {
    return found;
  }
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
