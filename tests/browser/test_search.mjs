// test_search.mjs - the palette: opened, used and closed by keyboard alone, and what it finds first.

import assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { nothing } from './assertions.mjs';
import { close, newPage, WIDE } from './chromium.mjs';
import { namesOf } from './names.mjs';
import { searchRows } from './search_index.mjs';
import { Site, site } from './sites.mjs';

const inkwell = site('inkwell');
const rows = searchRows(inkwell);
const KINDS = [['table', 'view'], ['schema'], ['page', 'map'], ['migration'], ['runbook', 'decision', 'query'], ['function', 'module'], ['type'], ['extension'],
    ['sequence'], ['index'], ['finding'], ['trigger'], ['policy'], ['constraint'], ['column']];

// A test with a page of its own, opened at `file`.
async function behaves(sentence, file, body) {
    await test(sentence, async () => {
        const page = await newPage(WIDE);
        await page.goto(inkwell.url(file));
        await body(page);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    });
}

const focused = (page, selector) =>
    page.evaluate((wanted) => document.activeElement.matches(wanted), selector);
const chosen = (page) => page.textContent('.pal [aria-selected="true"] .w');
const shown = (page) => page.locator('.pal [role=option]').evaluateAll((options) => options.map(
    (option) => [...option.children].map((part) => part.textContent)));

async function search(page, query) {
    if (!await page.locator('dialog.pal[open]').count()) await page.keyboard.press('/');
    await page.fill('.pal input', query);
    await page.waitForSelector('.pal [role=option]');
    return shown(page);
}

await behaves('"/" opens it, and Enter goes to what is found', 'index.html', async (page) => {
    await page.keyboard.press('/');
    await page.waitForSelector('dialog.pal[open] [role=option]');
    await page.keyboard.type('blog.posts');
    assert.equal(await chosen(page), 'blog.posts');
    await page.keyboard.press('Enter');
    await page.waitForURL(inkwell.url('tables/blog.posts.html'));
});

await behaves('it leads to a column from a page in a folder', 'tables/blog.tags.html', async (page) => {
    await search(page, 'posts.author_id');
    await page.keyboard.press('Enter');
    await page.waitForURL(inkwell.url('tables/blog.posts.html#column-author_id'));
});

await behaves('Ctrl-Enter opens a tab of its own', 'index.html', async (page) => {
    await search(page, 'tags');
    const [tab] = await Promise.all(
        [page.context().waitForEvent('page'), page.keyboard.press('Control+Enter')]);
    await tab.waitForURL(inkwell.url('tables/blog.tags.html'));
    assert.equal(page.url(), inkwell.url('index.html'));
});

await behaves('arrows choose, and come round', 'index.html', async (page) => {
    const names = (await search(page, 'posts')).map(([, name]) => name);
    assert.ok(names.length > 3);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await chosen(page), names[2]);
    const active = await page.getAttribute('.pal input', 'aria-activedescendant');
    assert.equal(await page.textContent(`[id="${active}"] .w`), names[2]);
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowUp');
    assert.equal(await chosen(page), names.at(-1));
});

await behaves('Ctrl-K opens it from a field, and Esc gives the focus back', 'indexes/index.html',
    async (page) => {
        const field = '.filter [type=search]';
        await page.focus(field);
        await page.keyboard.type('a/b');
        assert.equal(await page.inputValue(field), 'a/b');
        await page.keyboard.press('Control+k');
        await page.waitForSelector('dialog.pal[open]');
        assert.ok(await focused(page, '.pal input'));
        await page.keyboard.press('Escape');
        assert.equal(await page.locator('dialog.pal[open]').count(), 0);
        assert.ok(await focused(page, field));
    });

await behaves('it says when nothing has such a name', 'index.html', async (page) => {
    await page.click('[data-search]');
    await page.waitForSelector('.pal [role=option]');
    await page.keyboard.type('no such name');
    assert.match(await page.textContent('.pal .empty'), /no such name/);
    await page.keyboard.press('Enter');
    assert.equal(page.url(), inkwell.url('index.html'));
});

// 0 the whole name (or its last part), 1 its start, 2 the start of a word, 3 inside, 4 elsewhere.
function rankOf([, name, note], query) {
    const lower = name.toLowerCase();
    const starts = [0, ...[...lower.matchAll(/\./g)].map((dot) => dot.index + 1)];
    if (starts.some((start) => lower.slice(start) === query)) return 0;
    if (starts.some((start) => lower.startsWith(query, start))) return 1;
    if (new RegExp(`[_ ]${query.replace(/\W/g, '\\$&')}`).test(lower)) return 2;
    if (lower.includes(query)) return 3;
    return `${lower} ${note.toLowerCase()}`.includes(query) ? 4 : Infinity;
}

await behaves('it ranks by how well a name fits, then by kind', 'index.html', async (page) => {
    for (const query of ['posts', 'post', 'id', 'author', 'organization', 'stat', 'blog.posts', 'p']) {
        const place = ([kind, ...rest]) =>
            100 * rankOf([kind, ...rest], query) + KINDS.findIndex((kinds) => kinds.includes(kind));
        const fits = rows.filter((row) => place(row) < Infinity);
        const found = await search(page, query);
        assert.equal(found.length, Math.min(fits.length, 40), query);
        assert.deepEqual(found.map(place), fits.map(place).sort((a, b) => a - b).slice(0, 40), query);
    }
});

await behaves('it finds all words, in any order, also in the address', 'index.html', async (page) => {
    const found = await search(page, 'author posts');
    assert.ok(found.some(([kind, name]) => kind === 'column' && name === 'posts.author_id'));
    assert.ok(found.every(([, name, note]) => /author/.test(name + note)));
    assert.ok((await search(page, 'billing amount')).some(([, name]) => name === 'payments.amount_cents'));
});

await test('it finds odd names as people type them', async () => {
    const hostile = site('hostile');
    const page = await newPage(WIDE);
    await page.goto(hostile.url('index.html'));
    for (const [query, names] of [['a.b.c', ['a.b', 'c']], ['"b.c"', ['a', 'b.c']],
        ['<img src=x', ['"><script>window.pwned=1</script>', '<img src=x onerror=window.pwned=8>']],
        ['😀', ['Ünïcode ✓', '😀'.repeat(15)]], ['שלום', ['Ünïcode ✓', 'שלום']]]) {
        const found = await search(page, query);
        const tables = found.filter(([kind]) => kind === 'table').map(([, name]) => namesOf(name));
        assert.ok(tables.some((table) => table.join('\0') === names.join('\0')), `${query}: ${tables}`);
    }
    assert.equal(await page.evaluate('window.pwned'), undefined);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
});

// Large databases have an index of several parts; here the example's is cut into three.
await test('it finds what is in a later part of the index', async () => {
    const folder = `${inkwell.folder}-in-parts`;
    cpSync(inkwell.folder, folder, { recursive: true });
    for (const [i, part] of [rows.slice(0, 9), rows.slice(9, 40), rows.slice(40)].entries())
        writeFileSync(path.join(folder, `assets/search-${i + 1}.js`),
            `dbdocIndex(${i + 1}, 3, ${JSON.stringify(part)});\n`);
    const page = await newPage(WIDE);
    await page.goto(new Site('parts', folder).url('index.html'));
    await page.keyboard.press('/');
    await page.keyboard.type(rows.at(-1)[1]);
    await page.waitForSelector('.pal [role=option]');
    assert.deepEqual((await shown(page))[0].slice(0, 2), rows.at(-1).slice(0, 2));
    await search(page, 'no such name at all').catch(() => {});
    nothing(page.complaints);
    await page.context().close();
    rmSync(folder, { recursive: true });
});

await close();
