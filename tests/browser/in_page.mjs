// in_page.mjs - questions to a page that a browser shows. Each function runs inside of the page, knows
// nothing of this file, and returns a list of problems.

// Whether it is wider than the window, and which element makes it so.
export function overflow() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const scrolls = (element) => getComputedStyle(element).overflowX !== 'visible';
    const sticksOut = (element) => element.getBoundingClientRect().right > clientWidth + 1;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT, (element) =>
        scrolls(element) ? NodeFilter.FILTER_REJECT :
            sticksOut(element) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    let culprit = null;
    while (walk.nextNode()) culprit = walk.currentNode;
    return [`${scrollWidth} > ${clientWidth}: ${culprit?.cloneNode(false).outerHTML}`];
}

// What is elsewhere, or of another size, than when the page had arrived. While it arrives, a browser may
// draw half of a table and move it with the other half; what scripts and pictures move is the page's fault.
// What was empty and has a place of its own may be filled: where it has none, its neighbours move.
export function moved() {
    return Array.from(window.placed, ([element, was]) => [element, was, window.place(element)])
        .filter(([, was, is]) => was !== is && !was.endsWith(' 0 0'))
        .map(([element, was, is]) => `${element.cloneNode(false).outerHTML}: ${was}, then ${is}`);
}

// Texts with marks that turn the reading direction, and after them more text that is
// turned too, because nothing isolates them.
export function turned() {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (!/[\u202a-\u202e\u2066-\u2069]/.test(node.data)) continue;
        let frame = node.parentElement;
        while (!/isolate|plaintext/.test(getComputedStyle(frame).unicodeBidi)) frame = frame.parentElement;
        const rest = document.createRange();
        rest.setStartAfter(node);
        rest.setEndAfter(frame);
        if (rest.toString().trim()) found.push(JSON.stringify(`${node.data} … ${rest}`.slice(0, 90)));
    }
    return found;
}

// Words of its main part that cannot be seen, except within `exempt` and in titles of pictures.
export function unseen(exempt) {
    const main = document.querySelector('main');
    const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const element = node.parentElement;
        if (!/[^\s\p{C}]/u.test(node.data) || element.closest(`${exempt}, title`)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const seen = box.width > 0 && box.height > 0 &&
            element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!seen) found.push(JSON.stringify(node.data.slice(0, 60)));
    }
    return found;
}

// That the focus is not drawn, or lies outside of the window or behind the top bar.
export function focusUnseen() {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const bar = document.querySelector('.top');
    const top = bar.contains(element) ? 0 : bar.getBoundingClientRect().bottom;
    const frame = element.closest('svg') && element.querySelector('.er-box'); // of a table
    const drawn = frame ? getComputedStyle(frame).strokeWidth === '2px' :
        getComputedStyle(element).outlineStyle !== 'none';
    const inside = box.width > 0 && box.bottom > top && box.top < innerHeight;
    return drawn && inside ? [] : [element.outerHTML.slice(0, 100)];
}
