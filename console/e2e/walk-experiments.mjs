/** Flags imported, searched, switched, tried; an experiment drafted, reviewed and put away; what another has shown. */
import assert from 'node:assert/strict';
import { closeDialog, fits, refused, result, settle, shot, visit } from './steps.mjs';

const mark = Date.now().toString(36);
const flag = `walk-${mark}`;
const refusedFlag = `walk-versions-${mark}`;
const experiment = `walk-test-${mark}`;
const variants = { small: 'small', big: 'big' };
const definition = JSON.stringify({
  flags: {
    [flag]: { state: 'ENABLED', variants, defaultVariant: 'small' },
    [refusedFlag]: {
      state: 'ENABLED',
      variants,
      defaultVariant: 'small',
      targeting: { if: [{ sem_ver: [{ var: 'version' }, '>=', '2.0.0'] }, 'big', 'small'] },
    },
  },
});

export async function experiments(page, base) {
  await importing(page);
  await flags(page, base);
  await drafting(page, base);
  await reviewing(page, base);
  await results(page);
  await clearing(page, base);
}

/** A document that is none is refused in words; of a good one the page says first what would come of it. */
async function importing(page) {
  await visit(page, 'flags');
  await settle(page);
  await page.locator('[data-testid=open-import]').click();
  await page.locator('[data-testid=import-format]').selectOption('FLAGD');
  const document = page.locator('textarea.code');
  await document.fill('no JSON');
  await refused(page, 400, () => page.locator('[data-testid=dry-run]').click(), '.failure');
  await document.fill(definition);
  await page.locator('[data-testid=dry-run]').click();
  await page.locator('[data-testid=import-preview]').waitFor();
  assert.equal(
    await page.locator('[data-testid=refusal]').count(),
    1,
    'a flag that compares versions is taken',
  );
  await settle(page);
  await shot(page, 'flags-import');
  await page.locator('[data-testid=import]').click();
  await page.locator('[data-testid=imported]').waitFor();
  await settle(page);
  await page.locator('[data-testid=open-import]').click();
}

async function flags(page, base) {
  await page.getByRole('searchbox').fill(flag);
  assert.equal(await page.locator('[data-testid=flag]').count(), 1, 'the search does not find one flag');
  await page.getByRole('searchbox').fill('');
  result.checks.flags = await page.locator('[data-testid=flag]').count();
  await fits(page);
  await shot(page, 'flags');
  await page.getByRole('searchbox').fill(flag);
  await page.getByRole('link', { name: flag, exact: true }).click();
  await page.locator('[data-testid=variant]').nth(1).waitFor();
  await settle(page);
  await switching(page, base);
  await trying(page);
  await richest(page);
}

/** Somebody else is faster once: the page says so, and shows what it is now. */
async function switching(page, base) {
  const badge = page.locator('main [data-testid=on-off]');
  assert.equal(await badge.textContent(), 'on');
  await page.locator('[data-testid=switch]').click();
  await changeFlag(page, base, (value) => ({ ...value, description: 'Changed elsewhere' }));
  const said = await refused(page, 409, () => page.locator('dialog [data-testid=confirm]').click());
  assert.match(said, /Someone else changed this/);
  await shot(page, 'flag-conflict');
  await closeDialog(page);
  await page.getByText('Changed elsewhere').waitFor();
  await settle(page);
  await page.locator('[data-testid=switch]').click();
  await page.locator('dialog [data-testid=confirm]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('main [data-testid=on-off]', { hasText: 'off' }).waitFor();
  await settle(page);
  result.checks.switched = true;
}

/** A disabled flag says so as its only step; what is no attribute cannot be asked with. */
async function trying(page) {
  await page.getByLabel('User or unit (targeting key)').fill('customer-42');
  const context = page.getByLabel('Attributes, one “name = value” a line');
  await context.fill('tier');
  assert.ok(await page.locator('[data-testid=explain]').isDisabled(), 'half an attribute can be asked with');
  await context.fill('tier = gold\nage = 34');
  await page.locator('[data-testid=explain]').click();
  await page.locator('[data-testid=explained] [data-testid=step]').waitFor();
  assert.match(await page.locator('[data-testid=explained]').textContent(), /The flag is off/);
  await shot(page, 'flag-tried');
}

/** The flag with the most rules, where there is one, with every step of a decision. */
async function richest(page) {
  await visit(page, 'flags');
  await settle(page);
  const rich = page
    .locator('[data-testid=flag]', { hasText: /Rules: [2-9]/ })
    .getByRole('link')
    .first();
  if ((await rich.count()) === 0) {
    return;
  }
  await rich.click();
  await page.locator('[data-testid=flag-rule]').first().waitFor();
  await page.getByLabel('User or unit (targeting key)').fill('customer-42');
  await page.locator('[data-testid=explain]').click();
  await page.locator('[data-testid=explained]').waitFor();
  await settle(page);
  await fits(page);
  result.checks.rules = await page.locator('[data-testid=flag-rule]').count();
  await shot(page, 'flag');
}

async function drafting(page, base) {
  await ensureMetric(page, base);
  await visit(page, 'experiments');
  await settle(page);
  result.checks.experiments = await page.locator('[data-testid=experiment]').count();
  await shot(page, 'experiments');
  await page.locator('[data-testid=new-experiment]').click();
  await page.locator('[data-testid=draft]').waitFor();
  const save = page.locator('[data-testid=save-draft]');
  assert.ok(await save.isDisabled(), 'an empty draft can be saved');
  await page.locator('[data-testid=draft-key]').fill(experiment);
  await page.locator('[data-testid=draft-flag]').selectOption(flag);
  await page
    .getByLabel('Hypothesis: what is expected, and why')
    .fill('A bigger button is found by more people.');
  await page.getByRole('textbox', { name: 'Share of big in per cent' }).fill('40');
  assert.match(await page.locator('[data-testid=faults]').textContent(), /sum to 100/);
  await page.getByRole('button', { name: 'Equal shares' }).click();
  await page.getByRole('checkbox', { name: goal }).first().check();
  await page.locator('[data-testid=draft-smallestEffect]').fill('5');
  await page.locator('[data-testid=sample-rate]').fill('20');
  await page.locator('[data-testid=sample-ask]').click();
  await page.locator('[data-testid=sample-take]').click();
  assert.ok(Number(await page.locator('[data-testid=draft-plannedUnits]').inputValue()) > 1_000);
  await settle(page);
  await fits(page);
  await shot(page, 'experiment-draft');
  await save.click();
  await page.locator('[data-testid=move-submit]').waitFor();
  await settle(page);
  await shot(page, 'experiment-drafted');
}

/** Without a rule nobody reviews it; who designed it cannot approve it; everything is on record. */
async function reviewing(page, base) {
  await page.locator('[data-testid=move-submit]').click();
  await refused(page, 409, () => page.locator('dialog [data-testid=confirm]').click());
  await closeDialog(page);
  await changeFlag(page, base, (value) => ({ ...value, rules: [{ name: 'test', experiment }] }));
  await move(page, 'submit', 'Ready');
  await page.locator('[data-testid=move-approve]').click();
  const said = await refused(page, 403, () => page.locator('dialog [data-testid=confirm]').click());
  assert.match(said, /did not design it/);
  await page.getByText('Your approval is refused').waitFor();
  await shot(page, 'experiment-own-approval');
  await closeDialog(page);
  await move(page, 'send_back', 'One more thought');
  await page.locator('[data-testid=edit]').click();
  await page.locator('[data-testid=draft]').waitFor();
  await page.locator('[data-testid=draft-power]').fill('90');
  await page.locator('[data-testid=save-draft]').click();
  await page.getByText('90%').waitFor();
  await page.locator('[data-testid=part-history]').click();
  await page.locator('[data-testid=change]').nth(3).waitFor();
  await settle(page);
  result.checks.changes = await page.locator('[data-testid=change]').count();
  assert.equal(result.checks.changes, 4, 'not every change is on record');
  await shot(page, 'experiment-history');
}

async function move(page, name, comment) {
  await page.locator(`[data-testid=move-${name}]`).click();
  await page.locator('dialog textarea').fill(comment);
  await page.locator('dialog [data-testid=confirm]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator(`[data-testid=move-${name}]`).waitFor({ state: 'detached' });
  await settle(page);
}

/** An experiment that was started, where there is one. */
async function results(page) {
  await visit(page, 'experiments');
  await settle(page);
  const started = page
    .locator('[data-testid=experiment]', { has: page.locator('[data-state=RUNNING], [data-state=RAMPING]') })
    .getByRole('link')
    .first();
  if ((await started.count()) === 0) {
    return;
  }
  await started.click();
  await page.locator('[data-testid=proposal]').waitFor();
  await page.locator('[data-testid=health]').waitFor();
  await settle(page);
  await fits(page);
  result.checks.goals = await page.locator('[data-testid=goal]').count();
  await shot(page, 'experiment-results');
  await page.locator('[data-testid=dimension]').selectOption('trait');
  assert.ok(await page.locator('[data-testid=show-results]').isDisabled(), 'told apart by nothing');
  await page.getByRole('combobox', { name: 'Trait', exact: true }).fill('tier');
  await page.keyboard.press('Escape');
  await page.locator('[data-testid=show-results]').click();
  await settle(page);
  result.checks.slices = await page.locator('[data-testid=slice]').count();
  await shot(page, 'experiment-slices');
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { level: 1, name: '实验' }).waitFor();
  await settle(page);
  await shot(page, 'experiment-results-zh');
  await page.getByRole('button', { name: 'English' }).click();
  await page.locator('[data-testid=part-design]').click();
  await page.locator('[data-testid=registration]').waitFor();
  await settle(page);
  await fits(page);
  await shot(page, 'experiment-design');
  await onPhone(page);
}

async function onPhone(page) {
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('[data-testid=part-results]').click();
  await page.locator('[data-testid=proposal]').waitFor();
  await settle(page);
  await fits(page);
  await shot(page, 'experiment-results-phone');
  await page.setViewportSize(wide);
}

/** The experiment first, since the flag's rule names it; then the flag. */
async function clearing(page, base) {
  await changeFlag(page, base, (value) => ({ ...value, rules: [] }));
  await visit(page, 'experiments');
  await settle(page);
  await page.getByRole('link', { name: experiment, exact: true }).click();
  await page.locator('[data-testid=delete-experiment]').click();
  await page.locator('dialog [data-testid=confirm]').click();
  await page.locator('[data-testid=new-experiment]').waitFor();
  await settle(page);
  assert.equal(await page.getByRole('link', { name: experiment, exact: true }).count(), 0);
  await visit(page, 'flags');
  await page.getByRole('searchbox').fill(flag);
  await page.getByRole('link', { name: flag, exact: true }).click();
  await page.locator('[data-testid=delete-flag]').click();
  await page.locator('dialog [data-testid=confirm]').click();
  await page.locator('[data-testid=open-import]').waitFor();
  await settle(page);
  result.checks.experimentsCleared = true;
}

const goal = /walk|transfer/i;

/** Experiments need a metric, and the console does not define any. */
async function ensureMetric(page, base) {
  await call(page, base, 'metrics', async (ask) => {
    const { metrics = [] } = await ask('GET', 'metrics');
    if (!metrics.some((metric) => goal.test(metric.display_name || metric.key))) {
      const conversion = { selector: { name: 'Transfer' } };
      await ask('POST', 'metrics', { key: 'walk-transfer-made', conversion });
    }
  });
}

/** Changes the flag behind the page's back, as another editor would. */
async function changeFlag(page, base, change) {
  await call(page, base, `flags/${flag}`, async (ask, path) => {
    const { flag: value } = await ask('GET', path);
    await ask('PUT', path, change({ ...value, etag: '' }));
  });
}

/** Asks the interface as the page would, with its cookie and its project. */
async function call(page, base, path, work) {
  const ask = (method, where, body) =>
    page.evaluate(
      async ({ url, method, body }) => {
        const headers = { 'Tenure-Csrf': '1', 'Content-Type': 'application/json' };
        const project = localStorage.getItem('tenure.project');
        if (project) {
          headers['Tenure-Project-Id'] = project;
        }
        const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
        return answer.json();
      },
      { url: `${base}/api/v1/${where}`, method, body },
    );
  await work(ask, path);
}
