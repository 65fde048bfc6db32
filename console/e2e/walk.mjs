/**
 * Walks through the console in a real browser, as a person would, and says what it found as one line of JSON.
 *
 * BASE_URL, USERNAME, PASSWORD: where and as whom. OUT_DIR: where the screenshots go (default target/walk).
 * THEME: light or dark. CHROMIUM_PATH: the browser to use. Exit code 0 only when every check passed.
 */
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';
import { closeDialog, digits, expected, fits, number, result, settle, shot, visit } from './steps.mjs';
import { experiments } from './walk-experiments.mjs';
import { kept } from './walk-kept.mjs';

const base = (process.env.BASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
const username = process.env.USERNAME ?? 'demo';
const password = process.env.PASSWORD ?? '';
const patience = Number(process.env.PATIENCE_MS ?? 30_000);
const words = {
  en: {
    overview: 'Overview',
    analyses: 'Analyses',
    funnel: 'Funnel',
    dashboards: 'Dashboards',
    segments: 'Segments',
    flags: 'Flags',
    experiments: 'Experiments',
    alerts: 'Alerts',
  },
  zh: {
    overview: '概览',
    analyses: '分析',
    funnel: '漏斗',
    dashboards: '看板',
    segments: '分群',
    flags: '功能开关',
    experiments: '实验',
    alerts: '预警',
  },
};

const browser = await chromium.launch(await findChromium());
try {
  const page = await browser.newPage({
    viewport: { width: 1360, height: 900 },
    colorScheme: process.env.THEME === 'dark' ? 'dark' : 'light',
    locale: 'en-GB',
  });
  page.setDefaultTimeout(patience);
  watch(page);
  await walk(page);
  assert.deepEqual(result.problems, [], 'the browser reported problems');
  result.passed = true;
} catch (failure) {
  result.failure = String(failure?.message ?? failure);
} finally {
  await browser.close();
}
console.log(JSON.stringify(result));
process.exitCode = result.passed ? 0 : 1;

/** Collects everything the browser complains about. Before the sign-in a 401 is the right answer. */
function watch(page) {
  let signedIn = false;
  page.on('pageerror', (error) => result.problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      !(message.text().includes('401') && !signedIn) &&
      !expected(message.text())
    ) {
      result.problems.push(`console: ${message.text()} ${message.location().url}`);
    }
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/api/v1/sessions') && response.ok()) {
      signedIn = true;
    }
    if (response.status() >= 400 && signedIn && !expected(String(response.status()))) {
      result.problems.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
    }
  });
}

async function walk(page) {
  await page.goto(`${base}/`);
  await page.locator('input[name=username]').waitFor();
  await shot(page, 'sign-in');
  await page.locator('input[name=username]').fill(username);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form button[type=submit]').click();

  await overview(page);
  await analyses(page);
  await kept(page, base);
  await funnel(page);
  await retention(page);
  await segments(page);
  await alerts(page);
  await profile(page);
  await experiments(page, base);
  await languages(page);
  await themes(page);
  await phone(page);
}

async function overview(page) {
  await page.locator('[data-testid=received]').waitFor();
  result.checks.received = await number(page.locator('[data-testid=received]'));
  assert.ok(result.checks.received > 0, 'the ledger is empty');
  result.checks.balanced = (await page.locator('.figures .badge.good').count()) === 1;
  assert.ok(result.checks.balanced, 'the ledger does not balance');
  await settle(page);
  result.checks.services = await page.locator('.services li').count();
  assert.ok(result.checks.services >= 5, 'services are missing');
  assert.equal(await page.locator('.dot.bad').count(), 0, 'a service is not healthy');
  result.checks.events = await page.locator('.with-meter code').count();
  assert.ok(result.checks.events > 0, 'no event names');
  await shot(page, 'overview');
  await quarantine(page);
}

/** Opens the records behind the first quarantine reason, where there is one. */
async function quarantine(page) {
  const reasons = page.locator('button.link');
  result.checks.quarantineReasons = await reasons.count();
  if (result.checks.quarantineReasons === 0) {
    return;
  }
  await reasons.first().click();
  await page.locator('dialog [data-testid=quarantined]').first().waitFor();
  await shot(page, 'quarantine');
  await closeDialog(page);
}

/** Asks every model, and compares a number with the list behind it where the number counts users. */
async function analyses(page) {
  await visit(page, 'analyses');
  const choice = page.locator('[data-testid=model]');
  await choice.waitFor();
  const models = await choice
    .locator('option')
    .evaluateAll((options) => options.map((option) => option.value));
  result.checks.models = {};
  for (const model of models) {
    await choice.selectOption(model);
    // Nobody can guess the id of a form or the property of a page.
    if (await page.locator('form button[type=submit]').isDisabled()) {
      await shot(page, `analyses-${model}`);
      continue;
    }
    await page.locator(`[data-model=${model}]`).waitFor();
    await settle(page);
    result.checks.models[model] = await page.locator('[data-testid=number]').count();
    await shot(page, `analyses-${model}`);
  }
  await choice.selectOption('lifecycle');
  await page.locator('[data-model=lifecycle]').waitFor();
  await settle(page);
  const part = page.locator('[data-testid=number]').first();
  await part.waitFor();
  const users = await number(part);
  await part.click();
  await page.locator('dialog [data-testid=user-total]').waitFor();
  const listed = await number(page.locator('dialog [data-testid=user-total]'));
  assert.equal(listed, users, 'the list behind a part of the lifecycle has another length');
  await shot(page, 'analyses-users');
  await closeDialog(page);
}

async function funnel(page) {
  await visit(page, 'funnel');
  await page.locator('.funnel-step').first().waitFor();
  await settle(page);
  await narrowed(page);
  const users = await page.locator('.funnel-users').allTextContents();
  result.checks.funnel = users.map(digits);
  assert.ok(result.checks.funnel.length >= 2 && result.checks.funnel[0] > 0, 'the funnel is empty');
  result.checks.funnel.reduce((before, now) => {
    assert.ok(now <= before, 'a later step has more users');
    return now;
  });
  await shot(page, 'funnel');

  await page.locator('.funnel-step').nth(1).click();
  await page.locator('dialog [data-testid=user-total]').waitFor();
  const listed = await number(page.locator('dialog [data-testid=user-total]'));
  assert.equal(listed, result.checks.funnel[1], 'the list behind the bar has another length');
  await shot(page, 'funnel-users');
  await closeDialog(page);
  await moreOfFunnel(page);
}

/** Everything else a funnel can be asked at once, in both languages; where the lost went opens as many as it says. */
async function moreOfFunnel(page) {
  await page.getByRole('checkbox', { name: 'Only a user’s first ever' }).first().check();
  await page.locator('[data-testid=limit]').selectOption('session');
  await page.locator('[data-testid=breakdown]').selectOption('trait');
  const run = page.locator('form button[type=submit]');
  assert.ok(await run.isDisabled(), 'a breakdown by nothing can be asked');
  await page.getByRole('combobox', { name: 'Trait of the user' }).fill('tier');
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Where the lost went' }).check();
  await page.getByRole('checkbox', { name: 'Events done on the way' }).check();
  await run.click();
  await page.locator('[data-testid=next-events]').waitFor();
  await page.locator('[data-testid=factors]').waitFor();
  await settle(page);
  await fits(page);
  const times = page.locator('[data-testid=times]');
  if ((await times.count()) > 0) {
    await times.locator('summary').click();
    await openedAsMany(page, times);
  }
  const lost = page.locator('[data-testid=next-events]');
  if ((await lost.locator('[data-testid=number]').count()) > 0) {
    await openedAsMany(page, lost);
  }
  await shot(page, 'funnel-more');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { level: 1, name: words.zh.funnel }).waitFor();
  await settle(page);
  await shot(page, 'funnel-more-zh');
  await page.getByRole('button', { name: 'English' }).click();
  result.checks.funnelMore = true;
}

async function openedAsMany(page, panel) {
  const cell = panel.locator('[data-testid=number]').first();
  const users = await number(cell);
  await cell.click();
  await page.locator('dialog [data-testid=user-total]').waitFor();
  const listed = await number(page.locator('dialog [data-testid=user-total]'));
  assert.equal(listed, users, 'the list behind a number of the funnel has another length');
  await closeDialog(page);
}

/** A step with a filter and a condition on the users is asked, and gives way to the whole funnel again. */
async function narrowed(page) {
  const run = page.locator('form button[type=submit]');
  await page.getByRole('button', { name: 'Add a filter' }).last().click();
  assert.ok(await run.isDisabled(), 'half a filter can be asked');
  await page.getByRole('combobox', { name: 'Property', exact: true }).last().fill('amount');
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Comparison' }).last().selectOption('IS_SET');
  await page.locator('[data-testid=add-leaf]').selectOption('event');
  await run.click();
  await settle(page);
  await page.locator('.result .fresh').waitFor();
  await shot(page, 'funnel-narrowed');
  await page.getByRole('button', { name: 'Remove filter 1' }).click();
  await page.getByRole('button', { name: 'Remove condition 1' }).click();
  await run.click();
  await page.locator('.funnel-step').first().waitFor();
  await settle(page);
}

async function retention(page) {
  await visit(page, 'retention');
  await page.locator('.heat-cell').first().waitFor();
  await settle(page);
  result.checks.cohorts = (await page.locator('.heat tr').count()) - 1;
  await shot(page, 'retention');
  const cell = page.locator('.heat-cell [data-testid=cohort]').first();
  const users = digits(
    await page.locator('.heat-cell:has([data-testid=cohort])').first().getAttribute('title'),
  );
  await cell.click();
  await page.locator('dialog [data-testid=user-total]').waitFor();
  const listed = await number(page.locator('dialog [data-testid=user-total]'));
  assert.equal(listed, users, 'the list behind a cohort has another length');
  await closeDialog(page);
  await page.locator('summary').click();
  await page.locator('[data-testid=add-leaf]').selectOption('event');
  await page.locator('summary', { hasText: 'last 30 d' }).waitFor();
  await settle(page);
  await fits(page);
  await shot(page, 'retention-users');
  await page.getByRole('button', { name: 'Remove condition 1' }).click();
  await page.locator('summary').click();
  await settle(page);
  const asked = [];
  const note = (request) => request.url().endsWith('/analyses:run') && asked.push(request.postData());
  page.on('request', note);
  const back = page.getByRole('combobox', { name: 'Return event' });
  await back.fill('');
  await back.pressSequentially('login');
  await page.locator('[role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('[role=option]'));
  await settle(page);
  page.off('request', note);
  assert.equal(asked.length, 1, 'half a name was asked about');
}

async function segments(page) {
  await visit(page, 'segments');
  await page.locator('[data-testid=segment]').first().waitFor();
  result.checks.segments = await page.locator('[data-testid=segment]').count();
  await page.locator('[data-testid=segment] a').first().click();
  await page.locator('[data-testid=user-total], .bench .empty').first().waitFor();
  await settle(page);
  await shot(page, 'segments');
}

async function alerts(page) {
  await visit(page, 'alerts');
  await page.locator('[data-testid=rule]').first().waitFor();
  await page.locator('[data-testid=alert]').first().waitFor();
  result.checks.rules = await page.locator('[data-testid=rule]').count();
  result.checks.alerts = await page.locator('[data-testid=alert]').count();
  await page.locator('[data-testid=backtest]').first().click();
  await page.locator('[data-testid=precision]').waitFor();
  result.checks.precision = await page.locator('[data-testid=precision]').textContent();
  await settle(page);
  await shot(page, 'alerts');
}

async function profile(page) {
  await page.locator('[data-testid=alert] a').first().click();
  await page.locator('[data-testid=profile]').waitFor();
  await page.locator('[data-testid=event]').first().waitFor();
  await settle(page);
  result.checks.profile = await page.locator('[data-testid=event]').count();
  await shot(page, 'profile');
  await person(page);
}

/** Looks at what can be done about a person, up to the point where something would change. */
async function person(page) {
  await page.locator('[data-testid=consent]').first().waitFor();
  result.checks.consents = await page.locator('[data-testid=consent]').count();
  assert.equal(result.checks.consents, 4, 'a purpose is missing');
  await page.locator('[data-testid=consent] button').last().click();
  await page.locator('[data-testid=confirm-consent]').waitFor();
  await shot(page, 'person-consent');
  await closeDialog(page);

  await page.getByRole('button', { name: /^Why / }).first().click();
  await page.locator('dialog .records').waitFor();
  await shot(page, 'person-why');
  await closeDialog(page);

  await page.locator('[data-testid=erase]').click();
  await page.locator('dialog').waitFor();
  // Counting what there is may take long on a busy machine; nothing can be confirmed before, nor without the name.
  const confirmable = page.locator('[data-testid=confirm-erase]:enabled');
  assert.equal(await confirmable.count(), 0, 'one click erases a person');
  await shot(page, 'person-erase');
  await closeDialog(page);

  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await settle(page);
  await fits(page);
  await shot(page, 'person-phone');
  await page.setViewportSize(wide);
}

async function languages(page) {
  await visit(page, 'overview');
  await page.getByRole('button', { name: '中文' }).click();
  for (const [name, word] of Object.entries(words.zh)) {
    await visit(page, name);
    await page.getByRole('heading', { level: 1, name: word }).waitFor();
    await settle(page);
    await shot(page, `${name}-zh`);
  }
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: words.zh.alerts }).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: words.en.alerts }).waitFor();
  result.checks.languages = true;
}

async function themes(page) {
  await visit(page, 'funnel');
  await page.locator('.funnel-step').first().waitFor();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Light theme' }).click();
  const light = await background();
  await page.getByRole('button', { name: 'Dark theme' }).click();
  assert.notEqual(await background(), light, 'the dark theme looks like the light one');
  await settle(page);
  await shot(page, 'funnel-dark');
  await visit(page, 'overview');
  await page.locator('[data-testid=received]').waitFor();
  await settle(page);
  await shot(page, 'overview-dark');
  await page.getByRole('button', { name: 'System theme' }).click();
  result.checks.themes = true;
}

async function phone(page) {
  await page.setViewportSize({ width: 390, height: 844 });
  await settle(page);
  await fits(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Funnel' }).click();
  await page.locator('.funnel-step').first().waitFor();
  await settle(page);
  await shot(page, 'funnel-phone');
  result.checks.phone = true;
}
