// test_markup.mjs - what holds for every page of a site, read as files: no browser is started.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { duplicates, nothing } from './assertions.mjs';
import { elements, textOf } from './markup.mjs';
import { namesOf, objectsOf } from './names.mjs';
import { brokenBecause, checks, follow, named, readPage } from './page_checks.mjs';
import { searchRows } from './search_index.mjs';
import { sites } from './sites.mjs';

const BYTES = { 'assets/dbdoc.css': 40000, 'assets/dbdoc.js': 17000 };

// All pages that links lead to, beginning with the overview.
function reachable(pages) {
    const found = new Set(['index.html']);
    for (const file of found)
        for (const { attributes } of named(pages.get(file), 'a')) {
            const to = follow(pages.get(file), attributes.href ?? '');
            if (pages.has(to.file)) found.add(to.file);
        }
    return found;
}

const hasClass = (element, name) => element.attributes.class?.split(' ').includes(name);

// What a page says that it is about: its folder, the names in its breadcrumbs and, for a function, the
// types of its arguments.
function subject(page) {
    const crumbs = named(page, 'ol').find((list) => hasClass(list.parent, 'crumbs'));
    const names = crumbs.children.slice(1).map(textOf).flatMap(namesOf);
    const marks = [...elements(named(page, 'h1')[0])].filter((element) => hasClass(element, 'pre'));
    const types = path.dirname(page.file) === 'functions' ? textOf(marks.at(-1)) : '';
    return JSON.stringify([path.dirname(page.file), ...names, types]);
}

const columnsOf = (page) => page.all
    .filter((element) => element.name === 'tr' && element.attributes.id?.startsWith('column-'))
    .map((row) => namesOf(textOf([...elements(row)].find((cell) => hasClass(cell, 'colname'))
        .children[0]).trimEnd())[0]);

// The later pages of a long list are about the same as the first.
const isFirst = (file) => !/~p\d+\.html$/.test(file);
const isOfObject = (file) => /\//.test(file) && !/^(rules|diagrams|migrations|runbooks|decisions|queries)\/|^indexes\/index\.html/.test(file);

// Every row of a list that several pages share, in order.
function labelsOf(pages, stem) {
    const parts = [...pages.values()].filter(({ file }) => file.replace(/(~p\d+)?\.html$/, '') === stem);
    const number = ({ file }) => Number(/~p(\d+)\.html$/.exec(file)?.[1] ?? 1);
    assert.ok(parts.length > 1);
    return parts.sort((a, b) => number(a) - number(b)).flatMap((page) =>
        named(page, 'ol').filter((list) => hasClass(list, 'labels')).flatMap((list) => list.children.map(textOf)));
}

for (const site of sites()) {
    const pages = new Map(site.pages.map((file) => [file, readPage(site, file)]));
    const overview = pages.get('index.html');

    for (const [sentence, check] of Object.entries(checks))
        test(`${site.name}: every page ${sentence}`, () => nothing([...pages.values()].flatMap(
            (page) => [...check(pages, page)].map((problem) => `${page.file}: ${problem}`))));

    test(`${site.name}: no two pages have the same title`, () => {
        nothing(duplicates([...pages.values()].map((page) => textOf(named(page, 'title')[0]))));
    });

    test(`${site.name}: links lead from the overview to every page`, () => {
        const found = reachable(pages);
        nothing(site.pages.filter((file) => !found.has(file)));
    });

    test(`${site.name}: every object of the database has a page of its own, with all of its columns`, () => {
        const found = new Map();
        for (const page of pages.values())
            if (isFirst(page.file) && isOfObject(page.file))
                found.set(subject(page), page);
        const missing = [];
        for (const object of objectsOf(site.snapshot)) {
            const types = object.arguments === undefined ? '' : `(${object.arguments})`;
            const key = JSON.stringify([object.folder, ...object.names, types]);
            if (!found.has(key)) missing.push(key);
            else if (object.columns) assert.deepEqual(columnsOf(found.get(key)), object.columns);
            found.delete(key);
        }
        nothing(missing);
        nothing([...found.keys()]);
    });

    for (const type of site.snapshot.enum_types?.filter(({ labels }) => labels?.length > 1000) ?? [])
        test(`${site.name}: a long list loses nothing over its pages`, () =>
            assert.deepEqual(labelsOf(pages, `types/${type.schema}.${type.name}`), type.labels));

    test(`${site.name}: the palette finds every page, and only what is there`, () => {
        const entries = searchRows(site);
        const targets = new Set(entries.map((entry) => follow(overview, entry[3]).file));
        nothing(entries.map((entry) => [entry[3], brokenBecause(pages, overview, entry[3])])
            .filter(([, why]) => why).map((problem) => problem.join(' ')));
        nothing(site.pages.filter((file) =>
            isFirst(file) && !file.startsWith('rules/') && !targets.has(file)));
    });

    test(`${site.name}: file names are safe on every file system`, () => {
        const published = site.files.filter((file) => file !== '.dbdoc-manifest');
        nothing(published.filter((file) => !file.split('/').every(
            (part) => /^[a-z0-9_~-][a-z0-9_.~-]*$/.test(part) && Buffer.byteLength(part) < 150)));
        nothing(duplicates(site.files.map((file) => file.toLowerCase())));
    });

    test(`${site.name}: style sheet and script keep within their budgets`, () => {
        const sizes = Object.entries(BYTES).map(([file, most]) =>
            [file, statSync(path.join(site.folder, file)).size, most]);
        nothing(sizes.filter(([, size, most]) => size > most).map((problem) => problem.join(' ')));
    });
}
