/** A question narrowed, weighed, taken as a file, kept, shown on a dashboard, answered in the background, and cleared away. */
import assert from 'node:assert/strict';
import { closeDialog, refused, result, settle, shot, visit } from './steps.mjs';

const mark = Date.now().toString(36);
const first = `Walk ${mark}`;
const renamed = `Walked ${mark}: transfers of everybody who has signed in, with a name as long as people give them`;
const board = `Board ${mark}`;

export async function kept(page, base) {
  await visit(page, 'analyses');
  await narrow(page);
  await weigh(page);
  await files(page);
  await keep(page);
  await rename(page, base);
  await dashboard(page);
  await background(page);
  await clear(page);
}

/** An event from the catalogue with a filter, and the users it is asked about. */
async function narrow(page) {
  await page.locator('[data-testid=model]').selectOption('trend');
  await settle(page);
  const event = page.getByRole('combobox', { name: 'Event', exact: true });
  await event.fill('login');
  await page.locator('[role=option]').first().waitFor();
  await shot(page, 'analyses-catalogue');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal((await event.inputValue()).toLowerCase().includes('login'), true, 'the event was not chosen');

  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByRole('combobox', { name: 'Property', exact: true }).first().click();
  await page.locator('[role=option]').first().waitFor();
  result.checks.properties = await page.locator('[role=option]').count();
  await shot(page, 'analyses-properties');
  await page.locator('[role=option]').first().click();
  await page.getByRole('combobox', { name: 'Comparison' }).first().selectOption('IS_SET');

  await page.locator('[data-testid=add-leaf]').selectOption('event');
  assert.ok(await page.locator('form button[type=submit]').isEnabled(), 'a whole condition cannot be asked');
  await page.locator('[data-testid=add-leaf]').selectOption('segment');
  assert.ok(await page.locator('form button[type=submit]').isDisabled(), 'half a condition can be asked');
  await page.locator('[data-testid=add-leaf]').selectOption('trait');
  await page.getByRole('combobox', { name: 'Trait', exact: true }).click();
  await page.locator('[role=option]').first().waitFor();
  result.checks.traits = await page.locator('[role=option]').count();
  await shot(page, 'analyses-conditions');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove condition 3' }).click();
  await page.getByRole('button', { name: 'Remove condition 2' }).click();
  await page.locator('form button[type=submit]').click();
  await page.locator('[data-model=trend]').waitFor();
  await settle(page);
  await shot(page, 'analyses-narrowed');
}

async function weigh(page) {
  await page.locator('[data-testid=estimate]').click();
  await page.waitForFunction(() =>
    /\d/.test(document.querySelector('[data-testid=estimated]')?.textContent ?? ''),
  );
  result.checks.estimate = await page.locator('[data-testid=estimated]').textContent();
}

async function files(page) {
  for (const format of ['csv', 'parquet']) {
    const arriving = page.waitForEvent('download');
    await page.locator(`[data-testid=${format}]`).click();
    const file = await arriving;
    assert.equal(file.suggestedFilename(), `trend.${format}`);
  }
}

async function keep(page) {
  await page.locator('[data-testid=save-question]').click();
  await page.locator('dialog input').fill(first);
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.result [role=status] a').waitFor();
  await page.locator('[data-testid=saved]', { hasText: first }).getByRole('link').click();
  await page.getByRole('heading', { level: 2, name: first }).waitFor();
  await page.locator('[data-testid=leaf]').waitFor();
  await settle(page);
}

/** Somebody else is faster once: the page says so, and shows what it is now. */
async function rename(page, base) {
  const row = page.locator('[data-testid=saved]', { hasText: mark });
  await row.getByRole('button', { name: /^Rename/ }).click();
  await elsewhere(page, base, `Elsewhere ${mark}`);
  await page.locator('dialog input').fill(renamed);
  const said = await refused(page, 409, () => page.locator('dialog button[type=submit]').click());
  assert.match(said, /Someone else changed this/);
  await shot(page, 'analyses-conflict');
  await closeDialog(page);
  await page.locator('[data-testid=saved]', { hasText: `Elsewhere ${mark}` }).waitFor();
  await row.getByRole('button', { name: /^Rename/ }).click();
  await page.locator('dialog input').fill(renamed);
  await page.locator('dialog button[type=submit]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('[data-testid=saved]', { hasText: renamed }).waitFor();
  await settle(page);
  await shot(page, 'analyses-saved');
  result.checks.renamed = true;
}

/** Changes the kept question behind the page's back, as another editor would. */
async function elsewhere(page, base, name) {
  await page.evaluate(
    async ({ root, id, display_name }) => {
      const headers = { 'Tenure-Csrf': '1', 'Content-Type': 'application/json' };
      const project = localStorage.getItem('tenure.project');
      if (project) {
        headers['Tenure-Project-Id'] = project;
      }
      const path = `${root}/api/v1/savedAnalyses/${id}`;
      const { analysis } = await (await fetch(path, { headers })).json();
      const body = JSON.stringify({ ...analysis, display_name, etag: '' });
      await fetch(path, { method: 'PUT', headers, body });
    },
    { root: base, id: first.toLowerCase().replace(' ', '-'), display_name: name },
  );
}

async function dashboard(page) {
  await visit(page, 'dashboards');
  await settle(page);
  await page.locator('form input').fill(board);
  await page.locator('form button[type=submit]').click();
  await page.getByRole('heading', { level: 2, name: board }).waitFor();
  await page.locator('[data-testid=arrange]').click();
  const choice = page.locator('[data-testid=add-tile]');
  await choice.waitFor();
  const id = first.toLowerCase().replace(' ', '-');
  await choice.selectOption(id);
  await choice.selectOption(id);
  assert.equal(await page.locator('.tile').count(), 2);
  await page
    .getByRole('combobox', { name: /^Width of/ })
    .first()
    .selectOption('12');
  await page
    .getByRole('button', { name: /^Move .* back$/ })
    .first()
    .click();
  await shot(page, 'dashboard-arrange');
  await page.locator('[data-testid=keep-board]').click();
  await page.locator('[data-testid=arrange]').waitFor();
  await page.locator('.tile [data-model=trend]').nth(1).waitFor();
  await settle(page);
  assert.equal(await page.locator('.tile.w12').count(), 1, 'the width was not kept');
  result.checks.tiles = await page.locator('.tile [data-testid=number]').count();
  assert.equal(await page.locator('.tile .fresh').count(), 2, 'a tile does not say how fresh it is');
  await shot(page, 'dashboard');
  await visit(page, 'dashboards');
  await page.locator('[data-testid=dashboard]').first().waitFor();
  await shot(page, 'dashboards');
}

/** Begins in the background, is found again after a reload, and opens the answer. */
async function background(page) {
  await visit(page, 'analyses');
  await settle(page);
  await page.locator('[data-testid=model]').selectOption('lifecycle');
  await page.locator('[data-model=lifecycle]').waitFor();
  await settle(page);
  await page.getByRole('combobox', { name: 'Time range' }).selectOption('365');
  await page.locator('[data-testid=estimate]').click();
  await page.locator('[data-testid=background]').click();
  await page.locator('[data-testid=run]').waitFor();
  await shot(page, 'analyses-running');
  await page.reload();
  await page.locator('[data-testid=run]').waitFor();
  await page.locator('[data-testid=open-run]').click();
  await page.locator('[data-model=lifecycle]').waitFor();
  await settle(page);
  assert.equal(
    await page.locator('[data-testid=model]').inputValue(),
    'lifecycle',
    'the form is not of the answer that was opened',
  );
  result.checks.background = await page.locator('[data-model=lifecycle] [data-testid=number]').count();
  await shot(page, 'analyses-run');
  await page.getByRole('button', { name: 'Remove from the list' }).click();
  await page.locator('[data-testid=run]').waitFor({ state: 'detached' });
}

/** What a dashboard shows cannot go; after the dashboard it can. */
async function clear(page) {
  const row = page.locator('[data-testid=saved]', { hasText: renamed });
  await row.getByRole('button', { name: /^Delete/ }).click();
  const said = await refused(page, 409, () => page.locator('dialog [data-testid=confirm]').click());
  assert.match(said, /not possible/i);
  await shot(page, 'analyses-delete');
  await closeDialog(page);

  await visit(page, 'dashboards');
  const listed = page.locator('[data-testid=dashboard]', { hasText: board });
  await listed.getByRole('button', { name: /^Delete/ }).click();
  await page.locator('dialog [data-testid=confirm]').click();
  await listed.waitFor({ state: 'detached' });
  assert.equal(await page.locator('dialog').count(), 0);

  await visit(page, 'analyses');
  await row.getByRole('button', { name: /^Delete/ }).click();
  await page.locator('dialog [data-testid=confirm]').click();
  await row.waitFor({ state: 'detached' });
  result.checks.cleared = true;
}
