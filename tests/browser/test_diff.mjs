// test_diff.mjs - the page of "dbdoc diff", a file of its own: it loads and runs nothing, reads on
// every screen, and hostile names are text on it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import axe from 'axe-core';

import { nothing } from './assertions.mjs';
import { close, LOOKS, newPage } from './chromium.mjs';

const HOSTILE = '"><script>alert(1)</script>';
const column = (name, type) => ({ name, position: 1, type });
const table = (name, columns, more = {}) => ({ schema: 'b', name, kind: 'ordinary', columns, ...more });
const snapshot = (lists) => JSON.stringify({ dbdoc: 'snapshot', format: '1.0', postgresql: 15, ...lists });
const view = (definition) => [{ schema: 'b', name: 'v', reads: ['b.kept'], definition }];

const folder = mkdtempSync(path.join(tmpdir(), 'diff.'));
writeFileSync(path.join(folder, 'old.json'), snapshot({
    tables: [table('a', [column(HOSTILE, 'text')]), table('gone', [column('x', 'int')]),
        table('kept', [column('y', `int${' '.repeat(3)}`)], { comment: HOSTILE })],
    views: view(`SELECT y, 1\n  FROM b.kept\n WHERE ${'x'.repeat(300)}`),
}));
writeFileSync(path.join(folder, 'new.json'), snapshot({
    tables: [table('b', [column(HOSTILE, 'text')]), table(`new ${HOSTILE}`, [column('z', 'date')]),
        table('kept', [column('y', 'bigint')], { comment: '</style><img src=x onerror=alert(1)>' })],
    views: view(`SELECT y, 2\n  FROM b.kept\n WHERE ${'x'.repeat(300)}`),
}));

function diff(before, after) {
    const file = path.join(folder, `${before}-${after}.html`);
    const { status } = spawnSync(process.env.DBDOC, ['diff', '-q', '--format', 'html', '-o', file, `${before}.json`, `${after}.json`],
        { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    return { file, status };
}

test('what differs, in four looks', async () => {
    const { file, status } = diff('old', 'new');
    assert.deepEqual(status, 1, 'the exit status');
    const page = await newPage();
    await page.goto(pathToFileURL(file).href);
    assert.deepEqual(await page.locator('h2').allTextContents(), ['Renamed 1', 'Removed 1', 'Changed 3', 'Added 1'], 'the parts');
    assert.deepEqual(await page.locator('.used').allTextContents(), ['Used by view b.v'], 'what is used');
    await page.evaluate(axe.source);
    for (const [look, { viewport, colorScheme }] of Object.entries(LOOKS)) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
        nothing(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`).map((problem) => `${look}: ${problem}`));
        assert.deepEqual(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `it fits: ${look}`);
    }
    nothing(page.complaints);
    assert.deepEqual(await page.evaluate(() => window.watched.violations), [], 'violations of the policy');
    assert.deepEqual(await page.locator('script, img').count(), 0, 'scripts and pictures');
    await page.context().close();
});

test('nothing differs', async () => {
    const { file, status } = diff('old', 'old');
    assert.deepEqual(status, 0, 'the exit status');
    assert.deepEqual(/The structure is the same\./.test(readFileSync(file, 'utf8')), true, 'it says so');
    await close();
});
