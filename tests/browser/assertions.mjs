// assertions.mjs - what tests say about lists of problems.

import assert from 'node:assert/strict';

const MOST = 20;

// Fails and names the problems, the first of them in full.
export function nothing(problems) {
    const shown = Array.from(problems, String).slice(0, MOST);
    if (problems.length > MOST) shown.push(`and ${problems.length - MOST} more`);
    assert.deepEqual(shown, []);
}

export function duplicates(values) {
    return values.filter((value, index) => values.indexOf(value) !== index);
}
