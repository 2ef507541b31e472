// sarif.mjs FILE - holds a SARIF log against the published schema, and against what code scanning
// services ask for on top: places in files, known rules, fingerprints of their own.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../package.json', import.meta.url));
const Ajv = require('ajv');

const log = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const schema = JSON.parse(readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));

const ajv = new Ajv({ schemaId: 'auto', allErrors: true });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const validate = ajv.compile(schema);
console.log(validate(log) ? 'valid by the schema' : ajv.errorsText(validate.errors));

// The schema says no to what is wrong, or it would prove nothing.
const wrong = structuredClone(log);
wrong.runs[0].results = [{ message: {} }];
console.log(validate(wrong) ? 'the schema takes anything' : 'a wrong log is not');

const [{ results, tool: { driver: { rules } } }] = log.runs;
const bad = results.filter(({ ruleId, ruleIndex, locations, partialFingerprints: marks }) => {
    const { artifactLocation: { uri }, region } = locations[0].physicalLocation;
    return rules[ruleIndex].id !== ruleId || !(region.startLine >= 1) || !/^[0-9a-f]{64}$/.test(marks['dbdoc/v1']) ||
        decodeURIComponent(uri).startsWith('/') || /[^\w/.~%-]/.test(uri);
});
console.log(`${bad.length} results are not complete`);
console.log(`${new Set(results.map((r) => r.partialFingerprints['dbdoc/v1'])).size === results.length ? 'every' : 'not every'} fingerprint is its own`);
console.log([...new Set(results.map((r) => r.locations[0].physicalLocation.artifactLocation.uri))].sort());
for (const { message: { text } } of results.filter((r) => /boom/.test(r.message.text)).slice(0, 1)) console.log(text.split('\n')[0]);
