// test_runbooks.mjs - runbooks on paper and as one file: what a tired person holds in the hand.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import axe from 'axe-core';

import { close, LOOKS, newPage } from './chromium.mjs';
import { overflow } from './in_page.mjs';
import { site } from './sites.mjs';

const EXAMPLE = fileURLToPath(new URL('../../example-site', import.meta.url));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// A range of more than ten migrations, with and without a transaction.
const RANGE = '20240918130000..20260108093000';

const inkwell = site('inkwell');
const runbooks = inkwell.pages.filter((file) => /^runbooks\/\d/.test(file));
const folder = mkdtempSync(path.join(tmpdir(), 'runbook.'));

// "dbdoc runbook --format html" of the example, as a URL.
function oneFile(which) {
    const file = path.join(folder, `${which}.html`);
    execFileSync(process.env.DBDOC,
        ['runbook', '-q', '-c', path.join(EXAMPLE, 'dbdoc.yml'), '--format', 'html', '-o', file, which],
        { stdio: ['ignore', 'inherit', 'inherit'] });
    return pathToFileURL(file).href;
}

// How many sheets of A4 it takes.
async function sheets(page) {
    const paper = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    return paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
}

await test('every runbook of the example is printed on one or two sheets', async () => {
    assert.ok(runbooks.length > 20);
    const page = await newPage();
    const long = [];
    for (const file of runbooks) {
        await page.goto(inkwell.url(file));
        const count = await sheets(page);
        if (count > 2) long.push(`${file}: ${count}`);
    }
    await page.context().close();
    assert.deepEqual(long, []);
});

await test('on paper a runbook has a box and a number for each step, and its sign-off line', async () => {
    const page = await newPage({ viewport: { width: 703, height: 1054 } });
    await page.goto(inkwell.url('runbooks/20260312091500.html'));
    await page.emulateMedia({ media: 'print' });
    const steps = await page.locator('.check > li').count();
    assert.ok(steps > 10);
    assert.equal(await page.locator('.check > li > input:visible').count(), steps);
    assert.equal(await page.locator('.check label .no:visible').count(), steps);
    assert.deepEqual(await page.locator('.sign > span:visible').allTextContents(), ['Started at', 'By', 'Approved by']);
    assert.deepEqual(await page.evaluate(overflow), []);
    await page.context().close();
});

await test('as one file it is printed on as few sheets as the page of the site', async () => {
    const page = await newPage();
    await page.goto(oneFile('20260312091500'));
    assert.ok(await sheets(page) <= 2);
    assert.equal(await page.locator('.check > li').count() > 10, true);
    await page.context().close();
});

await test('a range of more than ten migrations is one procedure, the newest first', async () => {
    const page = await newPage(LOOKS['1440 px, light']);
    await page.goto(oneFile(RANGE));
    const labels = await page.locator('#down .check label').allTextContents();
    const names = labels.map((label) => label.match(/(?:oll|of) (\w+)(?: back as SQL)?$/)?.[1]).filter(Boolean);
    const order = names.filter((name, i) => name !== names[i - 1]);
    assert.equal(order.length, new Set(order).size);
    assert.ok(order.length > 10, `${order}`);
    assert.ok(labels.some((label) => label.includes('back as SQL')));
    assert.ok(labels.some((label) => label.includes('un statement 1 of')));
    await page.evaluate(axe.source);
    for (const { viewport, colorScheme } of [LOOKS['1440 px, light'], LOOKS['360 px, dark']]) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate((values) =>
            window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), TAGS);
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`), []);
        assert.deepEqual(await page.evaluate(overflow), []);
    }
    await page.context().close();
});

await close();
