// test_media.mjs - pages without script, on paper, in forced colours, without motion and with text of
// twice the size: nothing that can be read otherwise is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nothing } from './assertions.mjs';
import { close, NARROW, newPage, WIDE } from './chromium.mjs';
import { overflow, unseen } from './in_page.mjs';
import { sample } from './sample.mjs';
import { sites } from './sites.mjs';

// What is there for scripts or the screen alone.
const NOT_WITHOUT_SCRIPT = '.js-only';
const NOT_ON_PAPER = '.copy, .filter, .crumbs, .a, .map-bar > :not(h1), .map-tools, .progress, .no-print';
const ON_PAPER = '.sign, .paper';
const ON_HOVER = '.a';
// Of a map's three levels of detail one is shown.
const OTHER_LEVELS = '#lv-keys:checked ~ .map .lvl:not(.lvl-keys)';
const FOLDED = 'details:not([open]) > :not(summary)';

// Visits the sample in one page and gathers what `look` finds.
async function visit(site, options, look) {
    const page = await newPage(options);
    const found = [];
    for (const file of sample(site)) {
        await page.goto(site.url(file));
        found.push(...(await look(page)).map((problem) => `${file}: ${problem}`));
        found.push(...page.complaints.splice(0).map((problem) => `${file}: ${problem}`));
    }
    await page.context().close();
    return found;
}

for (const site of sites()) {
    await test(`${site.name}: without script everything is there`, async () => {
        for (const options of [WIDE, NARROW])
            nothing(await visit(site, { ...options, javaScriptEnabled: false }, (page) =>
                page.evaluate(unseen, `${NOT_WITHOUT_SCRIPT}, ${ON_PAPER}, ${ON_HOVER}, ${OTHER_LEVELS}, ${FOLDED}`)));
    });

    await test(`${site.name}: without script the menu opens and search leads to all names`, async () => {
        const page = await newPage({ ...NARROW, javaScriptEnabled: false });
        await page.goto(site.url('index.html'));
        const menu = page.locator('#nav');
        assert.equal(await menu.isVisible(), false);
        await page.click('.menu-btn');
        assert.equal(await menu.isVisible(), true);
        await page.click('.nav-close');
        assert.equal(await menu.isVisible(), false);
        await page.click('[data-search]');
        assert.equal(page.url(), site.url('all.html'));
        assert.equal(await page.locator('.js-only:visible').count(), 0);
        await page.context().close();
    });

    await test(`${site.name}: on paper everything is there, also what was folded`, async () => {
        nothing(await visit(site, WIDE, async (page) => {
            await page.emulateMedia({ media: 'print' });
            return page.evaluate(unseen, `${NOT_ON_PAPER}, ${OTHER_LEVELS}`);
        }));
    });

    await test(`${site.name}: in forced colours everything is there`, async () => {
        nothing(await visit(site, { ...WIDE, forcedColors: 'active' }, async (page) => [
            ...await page.evaluate(unseen, `${ON_PAPER}, ${ON_HOVER}, ${OTHER_LEVELS}, ${FOLDED}, option`),
            ...await page.evaluate(() => [...document.querySelectorAll('main .b, main .chip')]
                .filter((badge) => getComputedStyle(badge).borderStyle === 'none')
                .map((badge) => `no border: ${badge.outerHTML}`)),
        ]));
    });

    await test(`${site.name}: nothing moves for people who asked for less motion`, async () => {
        nothing(await visit(site, { ...WIDE, reducedMotion: 'reduce' }, (page) => page.evaluate(() =>
            [...document.querySelectorAll('*')].filter((element) => {
                const style = getComputedStyle(element);
                return style.transitionDuration !== '0s' || style.animationName !== 'none' ||
                    style.scrollBehavior !== 'auto';
            }).map((element) => element.cloneNode(false).outerHTML))));
    });

    await test(`${site.name}: with text of twice the size no page scrolls sideways`, async () => {
        nothing(await visit(site, WIDE, async (page) => {
            await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
            return page.evaluate(overflow);
        }));
    });
}

await close();
