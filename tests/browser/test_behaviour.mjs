// test_behaviour.mjs - what the script adds to the example's pages: theme, filter, copy, diagram,
// drawer; and what a link to a row does.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { close, NARROW, newPage, WIDE } from './chromium.mjs';
import { focusUnseen } from './in_page.mjs';
import { site } from './sites.mjs';

const inkwell = site('inkwell');
const TABLE = 'tables/blog.posts.html';

// A test with a page of its own, opened at `file`.
async function behaves(sentence, file, options, body) {
    await test(sentence, async () => {
        const page = await newPage(options);
        await page.goto(inkwell.url(file));
        await body(page);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    });
}

const focused = (page, selector) =>
    page.evaluate((wanted) => document.activeElement.matches(wanted), selector);

await behaves('the theme is kept on the next page', 'index.html', WIDE, async (page) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    assert.equal(await page.getAttribute('[data-theme-toggle]', 'aria-label'), 'Use the dark theme');
    await page.click('[data-theme-toggle]');
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto(inkwell.url(TABLE));
    assert.equal(await background(), dark);
    await page.click('[data-theme-toggle]');
    assert.equal(await background(), light);
});

await behaves('the filter leaves the indexes that hold all words', 'indexes/index.html', WIDE,
    async (page) => {
        const rows = page.locator('[data-row]');
        const shown = page.locator('[data-row]:visible');
        const groups = page.locator('[data-group]');
        const all = await rows.count();
        assert.equal(await shown.count(), all);
        assert.equal(await groups.filter({ visible: true }).count(), await groups.count());

        await page.fill('.filter [type=search]', 'posts author');
        const names = await shown.locator('th a.mono').allTextContents();
        assert.deepEqual(names, ['posts_author_id_index', 'posts_author_id_inserted_at_index']);
        assert.equal(await page.textContent('.filter output'), `2 of ${all}`);
        assert.equal(await groups.filter({ visible: true }).count(), 1);

        await page.fill('.filter [type=search]', '');
        await page.selectOption('.filter select', { label: 'billing' });
        const relations = await groups.filter({ visible: true }).locator('.grp th > a.mono').allTextContents();
        assert.ok(relations.length > 1 && relations.every((name) => name.startsWith('billing.')));
    });

await behaves('an index that no rule needs says whether scans of it were counted', 'indexes/blog.posts_published_index.html',
    WIDE, async (page) => {
        assert.match(await page.textContent('.verdict'),
            /No rule needs it\. It can serve 2 known queries\..*Scans counted since 6 Mar 2026, on the primary alone: 1,348,200\./s);
    });

await behaves('a table whose only index is its primary key can be found by name', 'indexes/index.html',
    WIDE, async (page) => {
        const groups = page.locator('[data-group]:visible .grp th > a.mono');
        await page.fill('.filter [type=search]', 'invoice_lines');
        assert.deepEqual(await groups.allTextContents(), ['billing.invoice_lines']);
    });

await behaves('ticks of a runbook stay until somebody removes them', 'runbooks/20260312091500.html',
    WIDE, async (page) => {
        const ticked = () => page.locator('.check :checked').evaluateAll((boxes) => boxes.map(({ id }) => id));
        const count = await page.locator('.check input').count();
        await page.check('#c1');
        await page.click('label[for=d1]');
        assert.equal(await page.textContent('.progress output'), `2 of ${count} done`);
        await page.reload();
        assert.deepEqual(await ticked(), ['c1', 'd1']);
        await page.click('[data-reset]');
        assert.deepEqual(await ticked(), []);
        await page.reload();
        assert.equal(await page.textContent('.progress output'), `0 of ${count} done`);
    });

await behaves('the copy button copies, and says so', TABLE,
    { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
        const code = page.locator('.code').filter({ has: page.locator('.copy:visible') }).first();
        await code.locator('.copy').click();
        await page.waitForFunction(() => document.querySelector('#live').textContent === 'Copied');
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.equal(copied, await code.locator('pre').textContent());
        assert.equal(await code.locator('.copy').textContent(), 'Copied');
    });

await behaves('a table under the pointer lights its relations in the diagram', TABLE, WIDE,
    async (page) => {
        const opacity = (locator) => locator.evaluate((node) => {
            node.getAnimations().forEach((animation) => animation.finish());
            return Number(getComputedStyle(node).opacity);
        });
        const table = page.locator('svg.er .er-t', { hasText: 'tags' }).first();
        const other = page.locator('svg.er .er-t', { hasText: 'organizations' }).first();
        await table.hover();
        assert.ok(await page.locator('svg.er.hot').count());
        assert.equal(await opacity(table), 1);
        assert.equal(await opacity(page.locator('svg.er .er-focus')), 1);
        assert.ok(await opacity(other) < 0.5);
        const id = await table.getAttribute('data-t');
        for (const line of await page.locator('svg.er .er-e').all()) {
            const ends = await line.evaluate((node) => [node.dataset.a, node.dataset.b]);
            assert.equal(await line.evaluate((node) => node.classList.contains('hit')), ends.includes(id));
        }
        await page.mouse.move(0, 0);
        assert.equal(await page.locator('svg.er.hot').count(), 0);
    });

await behaves('the drawer opens with the focus in it, and Esc gives it back', TABLE, NARROW,
    async (page) => {
        const menu = page.locator('#nav');
        assert.equal(await menu.isVisible(), false);
        await page.click('.menu-btn');
        assert.ok(await menu.isVisible());
        assert.ok(await focused(page, '.nav-close'));
        assert.equal(await page.getAttribute('.menu-btn', 'aria-expanded'), 'true');
        await page.keyboard.press('Escape');
        assert.equal(await menu.isVisible(), false);
        assert.ok(await focused(page, '.menu-btn'));
        await page.click('.menu-btn');
        await page.mouse.click(380, 600);
        assert.equal(await menu.isVisible(), false);
    });

await behaves('a link to a column marks its row below the top bar', `${TABLE}#column-author_id`,
    { ...WIDE, reducedMotion: 'reduce' }, async (page) => {
        const colour = (selector) =>
            page.locator(selector).evaluate((cell) => getComputedStyle(cell).backgroundColor);
        assert.notEqual(await colour('#column-author_id > th'), await colour('#column-id > th'));
        const row = await page.locator('#column-author_id').boundingBox();
        const bar = await page.locator('.top').boundingBox();
        assert.ok(row.y >= bar.y + bar.height && row.y + row.height <= WIDE.viewport.height);
    });

await behaves('"On this page" marks the section that is read', TABLE, WIDE, async (page) => {
    await page.click('.toc a[href="#indexes"]');
    await page.waitForSelector('.toc a.on[href="#indexes"]');
    assert.equal(await page.locator('.toc a.on').count(), 1);
});

// Without motion, because a page that still scrolls has not shown yet what has the focus.
await behaves('the keyboard reaches the content first, and shows where it is', TABLE,
    { ...WIDE, reducedMotion: 'reduce' }, async (page) => {
        await page.keyboard.press('Tab');
        assert.ok(await focused(page, '.skip'));
        let tables = 0;
        for (let press = 0; press < 60; press++) {
            await page.keyboard.press('Tab');
            assert.deepEqual(await page.evaluate(focusUnseen), []);
            const stop = await page.evaluate(() => document.activeElement.matches('svg.er a') &&
                document.activeElement.closest('.er-t').dataset.t);
            if (stop === false) continue;
            tables++;
            assert.ok(await page.locator(`svg.er.hot .er-t.hit[data-t="${stop}"]`).count());
        }
        assert.equal(tables, await page.locator('svg.er a').count());
    });

await close();
