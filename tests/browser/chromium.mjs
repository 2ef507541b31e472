// chromium.mjs - Debian's Chromium through playwright-core. A test file starts one browser, opens
// pages from file:// in contexts that differ in size, colours or scripting, and closes it at its end.

import { chromium } from 'playwright-core';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// The four ways to look at a page that everything is checked in.
export const LOOKS = {
    '1440 px, light': { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
    '1440 px, dark': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    '390 px, light': { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
    '360 px, dark': { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
};
export const WIDE = LOOKS['1440 px, light'];
export const NARROW = LOOKS['390 px, light'];

// Runs in a page before anything of its own and keeps what it does that no page may do.
function watch() {
    window.watched = { violations: [] };
    addEventListener('securitypolicyviolation', (event) => {
        window.watched.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
    window.place = (element) => ['offsetLeft', 'offsetTop', 'offsetWidth', 'offsetHeight']
        .map((side) => element[side]).join(' '); // scrolling changes none of them
    window.placed = new Map(); // where each element is when the page has arrived, before scripts are told so
    document.addEventListener('DOMContentLoaded', () => {
        for (const element of document.querySelectorAll('body *'))
            if (element instanceof HTMLElement) window.placed.set(element, window.place(element));
    });
}

let running;

// Scripts that a page runs, but for the site's own: inline ones, handlers and "javascript:" included.
async function watchScripts(page, complain) {
    const session = await page.context().newCDPSession(page);
    session.on('Debugger.scriptParsed', ({ url }) => {
        if (/^(file|data|javascript):/.test(url) && !/\/assets\/(dbdoc|search-\d+)\.js$/.test(url))
            complain(`script of ${url}`);
    });
    await session.send('Debugger.enable');
}

// A page of its own. `page.complaints` holds what the browser logs as errors or cannot load, and
// scripts that do not belong to the site.
export async function newPage(options) {
    running ??= await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ARGUMENTS,
    });
    const context = await running.newContext(options);
    await context.addInitScript(watch);
    const page = await context.newPage();
    page.complaints = [];
    const complain = (words) => page.complaints.push(words);
    page.on('console', (message) => message.type() === 'error' && complain(message.text()));
    page.on('pageerror', (error) => complain(error.message));
    page.on('requestfailed', (request) => complain(`cannot load ${request.url()}`));
    page.on('dialog', (dialog) => complain(`dialog ${dialog.message()}`) && dialog.dismiss());
    if (options?.javaScriptEnabled !== false) await watchScripts(page, complain);
    return page;
}

export async function close() {
    await running?.close();
}
