// markup.mjs - reads a page as dbdoc writes it, into a tree of plain objects.
//
// Stricter than a browser: what a browser would repair (a tag left open, a stray "<", an unknown
// entity, an attribute given twice) is a problem. test_pages.mjs proves that a browser sees the same
// elements.

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const RAW = new Set(['script', 'style', 'textarea', 'title']);
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };
const START = /<([a-z][a-z0-9]*)((?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*>/iy;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:=(?:"([^"]*)"|'([^']*)'))?/g;
const END = /<\/([a-z][a-z0-9]*)\s*>/iy;

// What a page may not hold as a character: all of these confuse editors, terminals or browsers.
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/;

const short = (text) => JSON.stringify(text.slice(0, 80));

class Reader {
    constructor(text) {
        this.text = text;
        this.at = 0;
        this.problems = [];
        this.open = [{ name: '#root', attributes: {}, children: [] }];
    }

    problem(words) {
        const line = this.text.slice(0, this.at).split('\n').length;
        this.problems.push(`line ${line}: ${words}`);
    }

    match(pattern) {
        pattern.lastIndex = this.at;
        const found = pattern.exec(this.text);
        if (found) this.at = pattern.lastIndex;
        return found;
    }

    decode(text) {
        const decoded = text.replace(/&(?:#(\d+);|([a-z]+);)?/gi, (all, number, name) => {
            if (number) return String.fromCodePoint(Number(number));
            if (!Object.hasOwn(ENTITIES, name ?? '')) this.problem(`entity ${all} in ${short(text)}`);
            return ENTITIES[name] ?? all;
        });
        if (FORBIDDEN.test(decoded)) this.problem(`control character in ${short(decoded)}`);
        return decoded;
    }

    start([, name, attributes]) {
        const element = { name, attributes: {}, children: [], parent: this.open.at(-1) };
        for (const [, key, double, single] of attributes.matchAll(ATTRIBUTE)) {
            if (Object.hasOwn(element.attributes, key)) this.problem(`<${name}> has ${key} twice`);
            element.attributes[key] = this.decode(double ?? single ?? '');
        }
        this.open.at(-1).children.push(element);
        if (VOID.has(name)) return;
        if (RAW.has(name)) this.raw(element);
        else this.open.push(element);
    }

    raw(element) {
        const end = this.text.toLowerCase().indexOf(`</${element.name}>`, this.at);
        if (end < 0) return this.problem(`<${element.name}> is never closed`);
        const body = this.text.slice(this.at, end);
        const escapable = element.name === 'title' || element.name === 'textarea';
        if (body) element.children.push(escapable ? this.decode(body) : body);
        this.at = end + element.name.length + 3;
    }

    end([, name]) {
        const element = this.open.at(-1);
        if (element.name === name) this.open.pop();
        else this.problem(`</${name}> closes <${element.name}>`);
    }

    // One piece of the page; text ends at the next "<".
    step() {
        let found;
        if ((found = this.match(END))) this.end(found);
        else if ((found = this.match(START))) this.start(found);
        else if ((found = this.match(/<!--[^]*?-->/y))) this.problem(`a comment: ${short(found[0])}`);
        else if ((found = this.match(/[^<]+/y))) this.open.at(-1).children.push(this.decode(found[0]));
        else {
            this.problem(`stray "<": ${short(this.text.slice(this.at))}`);
            this.at += 1;
        }
    }
}

// { root, problems }: elements are { name, attributes, children, parent }, texts are strings.
export function read(text) {
    const reader = new Reader(text);
    if (!reader.match(/<!DOCTYPE html>\s*/iy)) reader.problem('does not open with <!DOCTYPE html>');
    while (reader.at < text.length) reader.step();
    for (const element of reader.open.slice(1)) reader.problem(`<${element.name}> is never closed`);
    return { root: reader.open[0], problems: reader.problems };
}

export function* elements(node) {
    const waiting = [...node.children].reverse();
    while (waiting.length) {
        const next = waiting.pop();
        if (typeof next === 'string') continue;
        yield next;
        waiting.push(...[...next.children].reverse());
    }
}

export function textOf(node) {
    if (typeof node === 'string') return node;
    return node.children.map(textOf).join('');
}

// What a screen reader says for a link or button, near enough to notice that it says nothing.
export function nameOf(element) {
    return (element.attributes['aria-label'] ?? textOf(element)).replace(/[\s\p{Cf}]+/gu, ' ').trim();
}
