// sample.mjs - which pages stand for a site where every page would take too long.

import { statSync } from 'node:fs';
import path from 'node:path';

// Larger ones hold the same again and again.
const LARGEST = 300_000; // bytes

// All pages at the top and all lists of a folder, and the largest page of each folder.
export function sample(site) {
    const size = (page) => statSync(path.join(site.folder, page)).size;
    const small = site.pages.filter((page) => size(page) < LARGEST);
    const chosen = new Set(small.filter(
        (page) => path.dirname(page) === '.' || path.basename(page) === 'index.html'));
    for (const folder of new Set(small.map((page) => path.dirname(page)))) {
        const pages = small.filter((page) => path.dirname(page) === folder);
        chosen.add(pages.reduce((a, b) => (size(a) >= size(b) ? a : b)));
    }
    return [...chosen].sort();
}
