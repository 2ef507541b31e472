// test_rendering.mjs - every page in a browser: nothing runs that is not ours, nothing moves once it
// has arrived, and nothing is wider than the window.

import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { nothing } from './assertions.mjs';
import { close, newPage, WIDE } from './chromium.mjs';
import { moved, overflow, turned } from './in_page.mjs';
import { readPage } from './page_checks.mjs';
import { sample } from './sample.mjs';
import { sites } from './sites.mjs';

const WIDTHS = { '1440 px': 1440, '200 % zoom': 720, '390 px': 390, '360 px': 360 };

// Above so many pages, widths are tried on those that stand for all.
const MANY = 120;

const elementNames = () => [...document.querySelectorAll('*')].map((element) => element.localName);

async function tooWide(page) {
    const found = [];
    for (const [name, width] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width, height: 900 });
        for (const problem of await page.evaluate(overflow)) found.push(`${name}: ${problem}`);
    }
    await page.setViewportSize(WIDE.viewport);
    // The next page must not be laid out for the width before.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return found;
}

// Everything that is looked at in one page; each entry is a list of problems.
async function look(page, site, file) {
    await page.goto(site.url(file));
    const { watched, pwned } = await page.evaluate(
        () => ({ watched: window.watched, pwned: window.pwned }));
    const seen = {
        foreign: [...page.complaints.splice(0), ...watched.violations],
        moved: await page.evaluate(moved),
        turned: await page.evaluate(turned),
        repaired: [],
    };
    if (pwned !== undefined) seen.foreign.push(`ran script ${pwned}`);
    const written = readPage(site, file).all.map((element) => element.name.toLowerCase());
    const read = (await page.evaluate(elementNames)).map((name) => name.toLowerCase());
    const at = read.findIndex((name, index) => name !== written[index]);
    if (at >= 0) seen.repaired.push(`element ${at} is <${read[at]}>, not <${written[at]}>`);
    return seen;
}

async function survey(site) {
    const page = await newPage(WIDE);
    const resized = new Set(site.pages.length > MANY ? sample(site) : site.pages);
    const all = { foreign: [], moved: [], turned: [], repaired: [], wide: [] };
    for (const file of site.pages) {
        const seen = await look(page, site, file);
        if (resized.has(file)) seen.wide = await tooWide(page);
        for (const [kind, problems] of Object.entries(seen))
            all[kind].push(...problems.map((problem) => `${file}: ${problem}`));
    }
    await page.context().close();
    return all;
}

for (const site of sites()) {
    let found;
    const problems = async (kind) => (await (found ??= survey(site)))[kind];

    await test(`${site.name}: no page logs an error, breaks its policy or runs a script of the data`,
        async () => nothing(await problems('foreign')));
    await test(`${site.name}: a browser repairs nothing`,
        async () => nothing(await problems('repaired')));
    await test(`${site.name}: nothing moves once a page has arrived`,
        async () => nothing(await problems('moved')));
    await test(`${site.name}: no page scrolls sideways at ${Object.keys(WIDTHS).join(', ')}`,
        async () => nothing(await problems('wide')));
    await test(`${site.name}: a name that turns the reading direction turns nothing else`,
        async () => nothing(await problems('turned')));
}

// What the tests above rely on: a page that does wrong is caught.
await test('a page that runs scripts of the data is noticed', async () => {
    const page = await newPage(WIDE);
    const folder = mkdtempSync(path.join(tmpdir(), 'wrong.'));
    const html = (policy) => `<!DOCTYPE html><title>t</title>${policy}<p onclick="window.pwned = 2">x</p>` +
        '<script>window.pwned = 1</script><img src="nowhere.png"><a href="javascript:window.pwned = 3">y</a>';
    writeFileSync(path.join(folder, 'open.html'), html(''));
    writeFileSync(path.join(folder, 'shut.html'), html(
        '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'));
    await page.goto(pathToFileURL(path.join(folder, 'open.html')).href);
    assert.equal(await page.evaluate('window.pwned'), 1);
    assert.match(page.complaints.join(), /script of file:/);
    assert.match(page.complaints.join(), /cannot load/);
    await page.goto(pathToFileURL(path.join(folder, 'shut.html')).href);
    assert.equal(await page.evaluate('window.pwned'), undefined);
    assert.match(await page.evaluate('watched.violations.join()'), /script-src/);
    await page.context().close();
});

await test('a page that moves what it has shown is noticed', async () => {
    const page = await newPage(WIDE);
    const folder = mkdtempSync(path.join(tmpdir(), 'wrong.'));
    writeFileSync(path.join(folder, 'moves.html'), '<!DOCTYPE html><title>t</title><p>x</p><p id="low">y</p>' +
        '<script>addEventListener("load", () => document.body.prepend("late"))</script>');
    await page.goto(pathToFileURL(path.join(folder, 'moves.html')).href);
    assert.match((await page.evaluate(moved)).join(), /id="low"/);
    await page.context().close();
});

await close();
