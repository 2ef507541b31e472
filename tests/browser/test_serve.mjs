// test_serve.mjs - "dbdoc serve" in a browser: open pages reload when a note changes, a failure is
// said on them, all under the policy of the pages.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { close, LOOKS, NARROW, newPage, WIDE } from './chromium.mjs';
import { overflow } from './in_page.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'serve.'));
const NOTE = path.join(folder, 'notes/orders.md');
const CONFIG = path.join(folder, 'dbdoc.yml');
const SOURCE = path.join(folder, 'shop.sql');
const PAGE = 'tables/shop.orders.html';

const note = (words) => writeFileSync(NOTE, `---\nobject: table shop.orders\n---\n${words}\n`);
const config = (more) => writeFileSync(CONFIG, `title: Shop\ndatabase: shop.sql\n${more}`);

// Starts the server; resolves with its address.
function start() {
    const server = spawn(process.env.DBDOC, ['serve', '--port', '0'],
        { cwd: folder, stdio: ['ignore', 'inherit', 'pipe'] });
    server.stderr.setEncoding('utf8');
    return new Promise((resolve) => {
        let words = '';
        server.stderr.on('data', (text) => {
            words += text;
            const [address] = words.match(/http:\/\/localhost:\d+\//) ?? [];
            if (address) resolve({ server, address });
        });
    });
}

const shows = (page, selector, words) => page.waitForFunction(
    ([where, text]) => document.querySelector(where)?.textContent.includes(text), [selector, words]);

const violations = (page) => page.evaluate(() => window.watched.violations);

// A page that does not look for an icon, which sites do not have.
async function visit(options) {
    const page = await newPage(options);
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    return page;
}

// Only what the browser says of answers that are no site yet, which a test asked for.
function quiet(page) {
    const said = page.complaints.filter((words) => !words.includes('503 (Service Unavailable)'));
    assert.deepEqual(said, []);
}

mkdirSync(path.dirname(NOTE));
note('First words.');
config('');
writeFileSync(SOURCE, 'CREATE SCHEMA shop; CREATE TABLE shop.orders (id bigint PRIMARY KEY);\n');
const { server, address } = await start();

await test('a page that is asked for before the site is built becomes the site', async () => {
    const page = await visit(WIDE);
    await page.goto(address);
    await shows(page, 'h1', 'Shop');
    assert.deepEqual(await violations(page), []);
    quiet(page);
    await page.context().close();
});

await test('a changed note reloads the page, where it was read', async () => {
    const page = await visit({ ...WIDE, viewport: { width: 1440, height: 300 } });
    await page.goto(address + PAGE);
    await shows(page, 'main', 'First words.');
    await page.evaluate(() => scrollTo(0, 120));
    note('Second words.');
    await shows(page, 'main', 'Second words.');
    await page.waitForFunction(() => scrollY === 120);
    note('Third words.');
    await shows(page, 'main', 'Third words.');
    assert.deepEqual(await violations(page), []);
    quiet(page);
    await page.context().close();
});

await test('a tab in the background reloads when it is looked at', async () => {
    const page = await visit(WIDE);
    await page.addInitScript(() => {
        let hidden = false;
        Object.defineProperty(Document.prototype, 'hidden', { get: () => hidden });
        window.hide = (value) => {
            hidden = value;
            document.dispatchEvent(new Event('visibilitychange'));
        };
    });
    await page.goto(address + PAGE);
    await shows(page, 'main', 'Third words.');
    await page.evaluate(() => window.hide(true));
    note('Fourth words.');
    const other = await visit(WIDE);
    await other.goto(address + PAGE);
    await shows(other, 'main', 'Fourth words.');
    await page.evaluate(() => window.hide(false));
    await shows(page, 'main', 'Fourth words.');
    await other.context().close();
    await page.context().close();
});

await test('a failure is said on the page as text, and goes with its reason', async () => {
    for (const [look, options] of Object.entries(LOOKS)) {
        const page = await visit(options);
        await page.goto(address + PAGE);
        config('"<img src=x>": 1\n');
        await shows(page, '[role=alert]', '"<img src=x>"');
        assert.equal(await page.locator('[role=alert] img').count(), 0);
        assert.ok(await page.locator('main', { hasText: 'Fourth words.' }).isVisible(), look);
        assert.deepEqual(await page.evaluate(overflow), [], look);
        await page.click('[role=alert] button');
        assert.equal(await page.locator('[role=alert]').isVisible(), false);
        config('');
        await page.waitForFunction(() => !document.querySelector('[role=alert]'));
        assert.deepEqual(await violations(page), []);
        quiet(page);
        await page.context().close();
    }
});

await test('a page that is gone is said to be, and comes back', async () => {
    const page = await visit(NARROW);
    await page.goto(`${address}tables/shop.customers.html`);
    await shows(page, 'h1', 'There is no such page');
    assert.deepEqual(await page.evaluate(overflow), []);
    writeFileSync(SOURCE, 'CREATE SCHEMA shop; CREATE TABLE shop.orders (id bigint PRIMARY KEY);\n' +
        'CREATE TABLE shop.customers (id bigint PRIMARY KEY);\n');
    await shows(page, 'h1', 'customers');
    assert.deepEqual(await violations(page), []);
    await page.context().close();
});

await test('told to end, it ends', async () => {
    const ended = new Promise((resolve) => { server.on('exit', resolve); });
    server.kill('SIGTERM');
    assert.equal(await ended, 0);
});

await close();
