// test_map.mjs - the map of a database: its three levels of detail, how it is moved and made larger with
// pointer and keyboard, and that its pictures stay small however many tables there are.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nothing } from './assertions.mjs';
import { close, NARROW, newPage, WIDE } from './chromium.mjs';
import { elements, textOf } from './markup.mjs';
import { named, readPage } from './page_checks.mjs';
import { site } from './sites.mjs';

const inkwell = site('inkwell');
const many = site('many-tables');
const LARGEST = 3200; // px of a picture, either way
const MOST = 80; // tables of a picture

// A test with a page of its own, opened at the map.
async function behaves(sentence, options, body) {
    await test(sentence, async () => {
        const page = await newPage(options);
        await page.goto(inkwell.url('diagrams/index.html'));
        await body(page);
        assert.deepEqual(page.complaints, []);
        await page.context().close();
    });
}

// What is seen of the picture that is shown: { x, y, width, height } in its own units.
const view = (page) => page.locator('.lvl svg.er:visible').evaluate((svg) => {
    const { x, y, width, height } = svg.viewBox.baseVal;
    return { x, y, width, height };
});

// The picture as it was laid out: { width, height }.
const whole = (page) => page.locator('.lvl svg.er:visible').evaluate(
    (svg) => ({ width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) }));

async function showsEverything(page) {
    const seen = await view(page);
    const all = await whole(page);
    assert.ok(seen.x <= 0.5 && seen.y <= 0.5, JSON.stringify(seen));
    assert.ok(seen.x + seen.width >= all.width - 0.5 && seen.y + seen.height >= all.height - 0.5);
}

await behaves('all of it is seen at first', WIDE, showsEverything);

await behaves('the switch changes what each table shows', WIDE, async (page) => {
    const rows = () => page.locator('.lvl svg.er:visible .er-row').count();
    const boxes = () => page.locator('.lvl svg.er:visible .er-t').count();
    const tables = await boxes();
    const keys = await rows();
    await page.click('label[for=lv-all]');
    assert.ok(await rows() > keys && keys > tables);
    assert.equal(await boxes(), tables);
    await page.click('label[for=lv-names]');
    assert.equal(await rows(), 0);
    assert.equal(await boxes(), tables);
    await page.keyboard.press('ArrowRight'); // a group of choices, as any other
    assert.equal(await rows(), keys);
});

await behaves('the pointer moves it, and a click leads to a table all the same', WIDE, async (page) => {
    const before = await view(page);
    const box = await page.locator('.map').boundingBox();
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 230, { steps: 4 });
    await page.mouse.up();
    const after = await view(page);
    assert.ok(after.x < before.x && after.y < before.y && after.width === before.width);
    await page.locator('.lvl svg.er:visible .er-t', { hasText: 'invoice_lines' }).click();
    await page.waitForURL(inkwell.url('tables/billing.invoice_lines.html'));
});

await behaves('keys move it and make it larger', WIDE, async (page) => {
    await page.focus('.map');
    const before = await view(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const moved = await view(page);
    assert.ok(moved.x > before.x && moved.y > before.y && moved.width === before.width);
    await page.keyboard.press('+');
    assert.ok((await view(page)).width < moved.width);
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    assert.ok((await view(page)).width > moved.width);
    await page.keyboard.press('0');
    assert.deepEqual(await view(page), before);
    assert.equal(await page.evaluate(() => scrollY), 0);
});

await behaves('the wheel scrolls the page, and with Ctrl it makes the map larger', WIDE, async (page) => {
    const before = await view(page);
    await page.hover('.map');
    await page.mouse.wheel(0, 120);
    await page.waitForFunction(() => scrollY > 0);
    assert.deepEqual(await view(page), before);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await page.waitForFunction((width) => document.querySelector('.lvl-keys svg').viewBox.baseVal.width < width,
        before.width);
});

await behaves('the buttons make it larger, smaller, and show all of it', WIDE, async (page) => {
    const before = await view(page);
    await page.click('[data-zoom=in]');
    assert.ok((await view(page)).width < before.width);
    await page.click('[data-zoom=out]');
    await page.click('[data-zoom=out]');
    assert.ok((await view(page)).width > before.width);
    await page.click('[data-zoom=fit]');
    assert.deepEqual(await view(page), before);
});

await behaves('on a narrow screen names can be read, and everything can be shown', NARROW, async (page) => {
    const { width } = await page.locator('.map').boundingBox();
    assert.ok(width / (await view(page)).width > 0.5);
    await page.click('[data-zoom=fit]');
    await showsEverything(page);
});

await behaves('on paper all of it is seen', NARROW, async (page) => {
    await page.click('[data-zoom=in]');
    await page.pdf();
    await showsEverything(page);
    await page.emulateMedia({ media: 'print' });
    const map = await page.locator('.map').boundingBox();
    const picture = await page.locator('.lvl svg.er:visible').boundingBox();
    assert.ok(picture.width <= map.width && picture.height <= map.height);
    assert.ok(map.height < picture.height + 10);
});

await behaves('in forced colours the switch says what is chosen', { ...WIDE, forcedColors: 'active' },
    async (page) => {
        const marked = () => page.locator('.map-bar label span').evaluateAll((spans) => spans
            .filter((span) => getComputedStyle(span).outlineStyle === 'solid')
            .map((span) => span.textContent));
        assert.deepEqual(await marked(), ['Keys']);
        await page.click('label[for=lv-names]');
        assert.deepEqual(await marked(), ['Names']);
    });

await test('without script it scrolls, and the switch works', async () => {
    const page = await newPage({ ...NARROW, javaScriptEnabled: false });
    await page.goto(inkwell.url('diagrams/index.html'));
    const { width } = await page.locator('.lvl svg.er:visible').boundingBox();
    assert.ok(width > NARROW.viewport.width);
    await page.click('label[for=lv-names]');
    assert.equal(await page.locator('.lvl svg.er:visible .er-row').count(), 0);
    assert.ok(await page.locator('.lvl svg.er:visible .er-t').count() > 0);
    await page.context().close();
});

// The pictures of a page: { width, height, boxes }, and what leads from them.
function picturesOf(page) {
    return named(page, 'svg').filter(({ attributes }) => /\ber\b/.test(attributes.class)).map((svg) => ({
        width: Number(svg.attributes.width),
        height: Number(svg.attributes.height),
        boxes: [...elements(svg)].filter(({ attributes }) => /\ber-t\b/.test(attributes.class)),
    }));
}

const pages = many.pages.map((file) => readPage(many, file));
const maps = pages.filter(({ file }) => file.startsWith('diagrams/'));

await test('no picture of a large database is vast, or shows more than anybody can follow', () => {
    assert.ok(maps.length > 3);
    nothing(pages.flatMap((page) => picturesOf(page).filter(({ width, height, boxes }) =>
        width > LARGEST || height > LARGEST || boxes.length > MOST)
        .map(({ width, height, boxes }) => `${page.file}: ${width} x ${height}, ${boxes.length} boxes`)));
});

await test('every table of a large database is on a map, and in the words below it', () => {
    const drawn = new Set();
    const listed = new Set();
    for (const page of maps) {
        const boxes = picturesOf(page).flatMap((picture) => picture.boxes);
        for (const link of boxes.flatMap((box) => [...elements(box)]))
            if (/tables\//.test(link.attributes.href)) drawn.add(link.attributes.href);
        for (const link of named(page, 'a'))
            if (/tables\//.test(link.attributes.href) && link.parent.name === 'th')
                listed.add(link.attributes.href);
    }
    const tables = many.pages.filter((file) => file.startsWith('tables/')).map((file) => `../${file}`);
    assert.ok(tables.length > MOST);
    assert.deepEqual([...drawn].sort(), tables);
    assert.deepEqual([...listed].sort(), tables);
});

await test('the map of a large database says in words where foreign keys lead', () => {
    const front = maps.find(({ file }) => file === 'diagrams/index.html');
    const rows = named(front, 'tr').map((row) => row.children.map(textOf));
    assert.ok(rows.some(([area, keys, count]) => area === 'first' && keys === 'second (1)' && count === '100'),
        JSON.stringify(rows));
});

await close();
