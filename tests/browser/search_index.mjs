// search_index.mjs - the entries of the search palette: scripts that call one function with plain data.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

const NAME = /^assets\/search-(\d+)\.js$/;

// All rows [kind, name, note, url], in the order in which the palette gets them.
export function searchRows(site) {
    const files = site.files.filter((file) => NAME.test(file));
    const parts = files.map((file) => {
        const calls = [];
        const sandbox = vm.createContext({ dbdocIndex: (...values) => calls.push(values) });
        const script = readFileSync(path.join(site.folder, file), 'utf8');
        vm.runInContext(script, sandbox, { timeout: 5000 });
        assert.deepEqual(Object.keys(sandbox), ['dbdocIndex'], 'the index sets no global variable');
        assert.equal(calls.length, 1);
        const [number, count, rows] = calls[0];
        assert.equal(String(number), NAME.exec(file)[1]);
        assert.equal(count, files.length);
        return { number, rows };
    });
    parts.sort((a, b) => a.number - b.number);
    return JSON.parse(JSON.stringify(parts.flatMap(({ rows }) => rows))); // as arrays of this realm
}
