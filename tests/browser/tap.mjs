// tap.mjs - a reporter for node's test runner that prove understands: its own puts what went wrong
// into YAML. Here it goes to standard error, as from all other tests.

const lines = (text) => String(text).replace(/^/gm, '# ');

function explain({ name, details: { error } }) {
    const cause = error.cause ?? error;
    const words = cause.code === 'ERR_ASSERTION' ? cause.message : cause.stack ?? cause;
    process.stderr.write(`${lines(`${name}\n${words}`)}\n`);
}

export default async function* tap(events) {
    let count = 0;
    for await (const { type, data } of events) {
        if (type !== 'test:pass' && type !== 'test:fail') continue;
        if (type === 'test:fail') explain(data);
        if (data.nesting > 0) continue;
        count++;
        yield `${type === 'test:pass' ? 'ok' : 'not ok'} ${count} - ${data.name.replace(/#/g, '\\#')}\n`;
    }
    yield `1..${count}\n`;
}
