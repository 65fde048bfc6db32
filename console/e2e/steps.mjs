/** What every part of the walk does: visit, wait, look, read numbers. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.OUT_DIR ?? 'target/walk';
mkdirSync(folder, { recursive: true });

/** What was found; printed at the end. */
export const result = { passed: false, checks: {}, screenshots: [], problems: [] };

let refusals = '';

/** Whether what the browser complains of is a refusal that the walk provokes right now. */
export function expected(complaint) {
  return refusals !== '' && complaint.includes(refusals);
}

/** Does what the server refuses with a status, and waits until the page says so. */
export async function refused(page, status, work, where = 'dialog .failure') {
  refusals = String(status);
  await work();
  const failure = page.locator(where);
  await failure.waitFor();
  const said = await failure.textContent();
  refusals = '';
  return said;
}

export async function visit(page, name) {
  await page.locator(`nav a[href="#/${name}"]:not(.brand)`).click();
  await page.locator(`nav a[href="#/${name}"][aria-current=page]`).waitFor();
}

/** Waits until nothing is loading and nothing failed. */
export async function settle(page) {
  await page.waitForFunction(() => !document.querySelector('.loading, .stale'));
  assert.equal(await page.locator('.failure').count(), 0, `a failure is shown on ${page.url()}`);
  // An animation whose element has gone is as good as finished.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
}

/** A dialog covers the window, not the page, so it is taken at the window's size. */
export async function shot(page, name) {
  const path = join(folder, `${name}.png`);
  const fullPage = (await page.locator('dialog').count()) === 0;
  if (fullPage) {
    // What sticks to the window would stand in the middle of the picture.
    await page.evaluate(() => window.scrollTo(0, 0));
  }
  await page.screenshot({ path, fullPage });
  result.screenshots.push(path);
}

export async function closeDialog(page) {
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

export async function fits(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${page.url()} is ${overflow} pixels wider than the window`);
}

export async function number(locator) {
  return digits(await locator.textContent());
}

export function digits(text) {
  return Number((text ?? '').replace(/\D/g, ''));
}
