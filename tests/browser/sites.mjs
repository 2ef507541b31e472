// sites.mjs - the sites under test, each built when a test first asks for it. See the script "build".

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NAMES = ['inkwell', 'kitchen-sink', 'hostile'];

const BUILD = fileURLToPath(new URL('build', import.meta.url));

export class Site {
    constructor(name, folder) {
        this.name = name;
        this.folder = folder;
        this.files = readdirSync(folder, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
            .sort();
        this.pages = this.files.filter((file) => file.endsWith('.html'));
    }

    // What the database holds that the site is about.
    get snapshot() {
        return JSON.parse(readFileSync(`${this.folder}.json`, 'utf8'));
    }

    // "tables/a.b.html#column-x" as a URL.
    url(place) {
        const [page, fragment] = place.split('#');
        const url = pathToFileURL(path.join(this.folder, page));
        if (fragment) url.hash = fragment;
        return url.href;
    }
}

const built = new Map();

export function site(name) {
    if (!built.has(name)) {
        const folder = path.join(mkdtempSync(path.join(tmpdir(), 'site.')), name);
        execFileSync(BUILD, [name, folder], { stdio: ['ignore', 'inherit', 'inherit'] });
        built.set(name, new Site(name, folder));
    }
    return built.get(name);
}

export function sites() {
    return NAMES.map(site);
}
