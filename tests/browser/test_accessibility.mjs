// test_accessibility.mjs - axe-core finds nothing, in four looks: WCAG 2.2 A and AA, and its best
// practices.

import { test } from 'node:test';

import axe from 'axe-core';

import { nothing } from './assertions.mjs';
import { close, LOOKS, newPage } from './chromium.mjs';
import { sample } from './sample.mjs';
import { site, sites } from './sites.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const run = (values) => window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });

async function violations(page) {
    const { violations: found } = await page.evaluate(run, TAGS);
    return found.flatMap(({ id, nodes }) => nodes.map(({ html, any, all, none }) =>
        `${id}: ${html.slice(0, 120)} (${[...any, ...all, ...none][0]?.message})`));
}

// What axe-core finds in the sample, by look.
async function survey(site) {
    const found = Object.fromEntries(Object.keys(LOOKS).map((look) => [look, []]));
    const page = await newPage();
    for (const file of sample(site)) {
        await page.goto(site.url(file));
        await page.evaluate(axe.source);
        for (const [look, { viewport, colorScheme }] of Object.entries(LOOKS)) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            found[look].push(...(await violations(page)).map((problem) => `${file}: ${problem}`));
        }
    }
    await page.context().close();
    return found;
}

for (const each of sites()) {
    const found = survey(each);
    for (const look of Object.keys(LOOKS))
        await test(`${each.name}: axe-core finds nothing at ${look}`,
            async () => nothing((await found)[look]));
}

// What only opens when somebody asks for it.
const OPENED = {
    'the palette with results': ['1440 px, light', async (page) => {
        await page.keyboard.press('/');
        await page.keyboard.type('posts');
        await page.waitForSelector('.pal [role=option] mark');
    }],
    'the palette without results': ['360 px, dark', async (page) => {
        await page.click('[data-search]');
        await page.keyboard.type('no such name');
        await page.waitForSelector('.pal .empty');
    }],
    'the menu': ['390 px, light', (page) => page.click('.menu-btn')],
};

for (const [what, [look, open]] of Object.entries(OPENED))
    await test(`axe-core finds nothing in ${what}`, async () => {
        const page = await newPage(LOOKS[look]);
        await page.goto(site('inkwell').url('tables/blog.posts.html'));
        await open(page);
        await page.evaluate(axe.source);
        nothing(await violations(page));
        await page.context().close();
    });

for (const look of ['1440 px, light', '360 px, dark'])
    await test(`axe-core finds nothing in the map of a large database at ${look}`, async () => {
        const page = await newPage(LOOKS[look]);
        await page.goto(site('many-tables').url('diagrams/index.html'));
        await page.evaluate(axe.source);
        nothing(await violations(page));
        await page.context().close();
    });

await test('axe-core sees what is wrong', async () => {
    const page = await newPage();
    await page.setContent('<title>t</title><main><h1>h</h1><img src="x"><input></main>');
    await page.evaluate(axe.source);
    const found = (await violations(page)).map((problem) => problem.split(':')[0]);
    for (const rule of ['image-alt', 'label', 'html-has-lang'])
        if (!found.includes(rule)) throw new Error(`${rule} is not among ${found}`);
    await page.context().close();
});

await close();
