// page_checks.mjs - what must hold for one page, from its markup alone. A check is a sentence and a
// generator that yields what is wrong with a page.

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { elements, nameOf, read, textOf } from './markup.mjs';

const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
    "font-src 'self'; base-uri 'none'; form-action 'none'";
const REFERENCES = ['for', 'list', 'headers', 'aria-labelledby', 'aria-describedby',
    'aria-controls', 'aria-owns', 'aria-activedescendant', 'aria-details'];
const LOADING = {
    img: 'src', script: 'src', link: 'href', iframe: 'src', object: 'data', embed: 'src',
    audio: 'src', video: 'src', source: 'src', track: 'src', use: 'href', image: 'href',
    form: 'action', base: 'href',
};

// One page, read: all of its elements in document order, and its ids.
export function readPage(site, file) {
    const text = readFileSync(path.join(site.folder, file), 'utf8');
    const { root, problems } = read(text);
    const all = [...elements(root)];
    const ids = new Set(all.map((element) => element.attributes.id));
    return { site, file, text, problems, all, ids };
}

export function named(page, ...names) {
    return page.all.filter((element) => names.includes(element.name));
}

// Where a link of a page leads: { file, fragment } in the site, or { outside }, a URL.
export function follow(page, href) {
    const base = page.file.split('/').map(encodeURIComponent).join('/');
    const url = new URL(href, `file:///site/${base}`);
    if (url.protocol !== 'file:' || url.host || !url.pathname.startsWith('/site/'))
        return { outside: url.href };
    return {
        file: decodeURIComponent(url.pathname.slice('/site/'.length)),
        fragment: decodeURIComponent(url.hash.slice(1)),
        query: url.search,
    };
}

// NULL, or why a link is broken. `pages` holds all pages of the site by file.
export function brokenBecause(pages, page, href) {
    const { file, fragment, query, outside } = follow(page, href);
    if (outside) return /^(https?|mailto):/.test(outside) ? null : 'leads out of the site';
    if (query) return 'has a query';
    if (!page.site.files.includes(file)) return 'leads to no file';
    if (fragment && !pages.get(file)?.ids.has(fragment)) return 'leads to no id';
    return null;
}

function within(element, predicate) {
    for (let parent = element.parent; parent; parent = parent.parent)
        if (predicate(parent)) return true;
    return false;
}

const isHidden = (element) => element.attributes['aria-hidden'] === 'true';
const isNamingLabel = (element) => element.name === 'label' && nameOf(element) !== '';
const isCell = (element) => element.name === 'td' || element.name === 'th';
const cellsOf = (row) => row.children.filter(isCell);
const short = (element) => JSON.stringify(textOf(element).slice(0, 60));

const widthOf = (row) =>
    cellsOf(row).reduce((sum, cell) => sum + Number(cell.attributes.colspan ?? 1), 0);

export const checks = {
    *'is well-formed'(pages, page) {
        yield* page.problems;
    },

    *'says its language, character set and title, and lets people zoom'(pages, page) {
        const titles = named(page, 'title').filter((element) => element.parent.name === 'head');
        if (titles.length !== 1 || !nameOf(titles[0])) yield 'no title';
        if (named(page, 'html')[0]?.attributes.lang !== 'en') yield 'no language';
        const metas = named(page, 'meta').map((element) => element.attributes);
        if (!/charset=utf-8/i.test(metas[0]?.content)) yield 'no character set at the very start';
        const viewport = metas.find((meta) => meta.name === 'viewport')?.content;
        if (!viewport || /maximum-scale|user-scalable/.test(viewport)) yield `viewport ${viewport}`;
    },

    *'states its content security policy before anything loads'(pages, page) {
        const policy = page.all.findIndex(
            (element) => element.attributes['http-equiv'] === 'Content-Security-Policy');
        if (page.all[policy]?.attributes.content !== POLICY) yield 'no policy, or another one';
        const first = page.all.findIndex((element) => element.name in LOADING);
        if (first < policy) yield `<${page.all[first].name}> stands before it`;
    },

    *'has unique ids'(pages, page) {
        const seen = new Set();
        for (const { id } of page.all.map((element) => element.attributes)) {
            if (id === undefined) continue;
            if (!id || /\s/.test(id)) yield `id=${JSON.stringify(id)}`;
            if (seen.has(id)) yield `id=${JSON.stringify(id)} twice`;
            seen.add(id);
        }
    },

    *'has no broken link'(pages, page) {
        for (const { attributes } of named(page, 'a')) {
            const why = attributes.href === undefined ? 'leads nowhere' :
                brokenBecause(pages, page, attributes.href);
            if (why) yield `${attributes.href} ${why}`;
        }
    },

    *'loads nothing but files of the site'(pages, page) {
        for (const { name, attributes } of page.all) {
            const url = attributes[LOADING[name]];
            if (url === undefined) continue;
            if (!page.site.files.includes(follow(page, url).file)) yield `<${name}> ${url}`;
        }
    },

    *'has no inline style, script or handler'(pages, page) {
        for (const { name, attributes, children } of page.all) {
            if (name === 'style' || (name === 'script' && children.length)) yield `<${name}>`;
            for (const key of Object.keys(attributes))
                if (/^(style|srcdoc|on.*)$/i.test(key)) yield `<${name} ${key}>`;
        }
    },

    *'has one h1 and skips no heading level'(pages, page) {
        const headings = named(page, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6');
        const tops = headings.filter((element) => element.name === 'h1').length;
        if (tops !== 1) yield `${tops} h1`;
        let level = 1;
        for (const heading of headings) {
            const next = Number(heading.name[1]);
            if (next > level + 1) yield `h${next} after h${level}: ${short(heading)}`;
            if (!nameOf(heading)) yield `an empty h${next}`;
            level = next;
        }
    },

    *'refers only to ids that are there'(pages, page) {
        for (const { name, attributes } of page.all)
            for (const key of REFERENCES)
                for (const id of attributes[key]?.split(/\s+/) ?? [])
                    if (!page.ids.has(id)) yield `<${name} ${key}=${id}>`;
    },

    *'has tables with heads, scopes and rows of one length'(pages, page) {
        for (const table of named(page, 'table')) {
            const rows = [...elements(table)].filter((element) => element.name === 'tr');
            const widths = [...new Set(rows.map(widthOf))];
            if (widths.length !== 1) yield `rows of ${widths} cells: ${short(table)}`;
            const heads = rows.flatMap(cellsOf).filter((cell) => cell.name === 'th');
            if (!heads.length) yield `no heads: ${short(table)}`;
            for (const head of heads)
                if (!/^(row|col)(group)?$/.test(head.attributes.scope) || !nameOf(head))
                    yield `a head without scope or words: ${short(head)}`;
        }
    },

    *'gives a name to every link, button and field'(pages, page) {
        for (const element of named(page, 'a', 'button', 'summary'))
            if (!nameOf(element)) yield `<${element.name}> ${element.attributes.href ?? ''}`;
        const labelled = new Set(named(page, 'label').filter(isNamingLabel).map((label) => label.attributes.for));
        for (const element of named(page, 'input', 'select'))
            if (!element.attributes['aria-label'] && !within(element, isNamingLabel) &&
                !labelled.has(element.attributes.id))
                yield `<${element.name}>`;
    },

    *'names or hides every picture'(pages, page) {
        for (const element of named(page, 'svg', 'img')) {
            const { alt, 'aria-label': label, 'aria-labelledby': by } = element.attributes;
            if (!alt && !label && !by && !isHidden(element) && !within(element, isHidden))
                yield `<${element.name}> in ${short(element.parent)}`;
        }
    },
};
