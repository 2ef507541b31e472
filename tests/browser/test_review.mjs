// test_review.mjs - the page of a review, opened from a file without a network: it runs nothing but its
// own script, loads nothing, fits every screen, and axe-core finds nothing, folded and opened.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import axe from 'axe-core';

import { nothing } from './assertions.mjs';
import { close, LOOKS, newPage } from './chromium.mjs';
import { overflow } from './in_page.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const folder = mkdtempSync(path.join(tmpdir(), 'review.'));
execFileSync(fileURLToPath(new URL('review', import.meta.url)), [folder], { stdio: ['ignore', 'inherit', 'inherit'] });

const url = (name) => pathToFileURL(path.join(folder, name, 'review.html')).href;
const run = (values) => window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });

async function violations(page) {
    const { violations: found } = await page.evaluate(run, TAGS);
    return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

for (const name of ['inkwell', 'hostile']) {
    const page = await newPage();
    await page.context().setOffline(true);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(url(name));

    await test(`${name}: nothing is loaded or run that is not in the file`, async () => {
        assert.deepEqual(requests, [url(name)]);
        nothing((await page.evaluate(() => window.watched)).violations);
        nothing(page.complaints.filter((words) => words !== `script of ${url(name)}`));
        assert.equal(page.complaints.length, 1); // its own script, by its hash
        nothing(await page.$$eval('[href]:not([href^="#"]), [src], [style]', (all) => all.map((each) => each.outerHTML)));
    });

    await test(`${name}: links within the page lead somewhere`, async () => {
        nothing(await page.$$eval('a[href^="#"]', (all) => all.map((each) => each.getAttribute('href'))
            .filter((href) => document.getElementById(decodeURIComponent(href.slice(1))) === null)));
        nothing(await page.$$eval('[id]', (all) => all.map((each) => each.id)
            .filter((id, place, ids) => ids.indexOf(id) !== place)));
    });

    for (const [look, { viewport, colorScheme }] of Object.entries(LOOKS)) {
        await test(`${name}: axe-core finds nothing at ${look}, and nothing sticks out`, async () => {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            for (const opened of [false, true]) {
                await page.$$eval('details', (all, open) => all.forEach((each) => { each.open = open; }), opened);
                nothing(await page.evaluate(overflow));
                await page.evaluate(axe.source);
                nothing(await violations(page));
            }
        });
    }
    await page.context().close();
}

await test('inkwell: the first screen says what to ask for, and the picture shows signs beside colours', async () => {
    const page = await newPage(LOOKS['1440 px, light']);
    await page.goto(url('inkwell'));
    assert.match(await page.locator('.verdict').first().innerText(), /thing.* to fix before merging/);
    assert.ok(await page.locator('#asks li').count() <= 3);
    for (const [box, glyph] of [['.er-add', '+'], ['.er-chg', '~']])
        assert.equal(await page.locator(`.er ${box} .er-gl`).first().textContent(), glyph);
    assert.equal(await page.locator('.er-r-del .er-gl').first().textContent(), '−');
    assert.equal(await page.locator('.runbook-of').first().isVisible(), false);
    await page.locator('#rollback details > summary').first().click();
    assert.equal(await page.locator('.runbook-of .check').first().isVisible(), true);
    await page.context().close();
});

await close();
