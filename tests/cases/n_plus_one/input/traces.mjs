// Writes a log for each trace, and prints "name verdict": the rule that must find something in it, or none. The first
// eleven are the usual shapes of N+1 and of what looks like it; the others are at their edges, or about transactions.
import { writeFileSync } from "node:fs";

const posts = 'SELECT p0."id", p0."title" FROM "posts" AS p0 WHERE (p0."author_id" = $1)';
const comments = 'SELECT c0."id" FROM "comments" AS c0 WHERE (c0."post_id" = $1)';
const preload = 'SELECT c0."id", c0."post_id" FROM "comments" AS c0 WHERE (c0."post_id" = ANY($1)) ORDER BY c0."post_id"';
const users = 'SELECT u0."id", u0."email" FROM "users" AS u0 WHERE (u0."id" = $1)';
const session = 'SELECT s0."user_id" FROM "sessions" AS s0 WHERE (s0."token" = $1)';
const setting = 'SELECT s0."value" FROM "settings" AS s0 WHERE (s0."key" = $1)';
const recent = 'SELECT c0."id" FROM "comments" AS c0 WHERE ((c0."post_id" = $1) AND (c0."inserted_at" = $2))';
const tagged = 'SELECT p0."post_id" FROM "post_tags" AS p0 WHERE ((p0."post_id" = $1) AND (p0."tag_id" = $2))';
const update = 'UPDATE "posts" SET "status" = $1 WHERE "id" = $2';
const insert = 'INSERT INTO "tags" ("id","name") VALUES ($1,$2)';

const newPost = 'INSERT INTO "posts" ("id","author_id","title") VALUES ($1,$2,$3)';
const newComment = 'INSERT INTO "comments" ("id","post_id","author_id") VALUES ($1,$2,$3)';
const lock = 'SELECT p0."id" FROM "posts" AS p0 WHERE (p0."id" = $1) FOR UPDATE';

const times = (n, make) => Array.from({ length: n }, (_, i) => make(i + 1)).flat();
const ask = (sql, ...values) => ({ sql, values });
const elixir = values => JSON.stringify(values).replace(/,/g, ", ");

// A log of Ecto, in the format of Logger.Formatter that the recipe has: each statement with the metadata of its test or
// request.
const format = JSON.parse(`"${process.argv[2]}"`);
function ecto(metadata, statements, where = "App.Blog.list/1, at: lib/app/blog.ex:7") {
    const parts = (tag, message) => ({ time: "12:00:00.000", metadata: `${tag} `, level: "debug", message });
    return statements.map(({ sql, values, tag, ms }) => {
        const message = `QUERY OK source="x" db=${ms ?? "2.0"}ms idle=1.0ms\n${sql} ${elixir(values)}\n\u21B3 ${where}`;
        return format.replace(/\$(\w+)/g, (_, name) => parts(tag ?? metadata, message)[name]);
    }).join("");
}

// A log of the server as CSV, of one session.
function server(statements, { literal = false, end = "rollback" } = {}) {
    const line = (message, detail) =>
        `2026-11-27 17:00:00.000 UTC,"u","d",1,"[local]",a.1,1,"SELECT",2026-11-27 16:00:00 UTC,3/1,0,LOG,00000,` +
        `"${message.replace(/"/g, '""')}","${detail.replace(/"/g, '""')}",,,,,,,,"","client backend",,1\n`;
    const quote = value => `'${String(value).replace(/'/g, "''")}'`;
    const rows = statements.map(({ sql, values }) => literal
        ? line("duration: 2.0 ms  statement: " + sql.replace(/\$(\d)/g, (_, n) => quote(values[n - 1])), "")
        : line("duration: 2.0 ms  execute <unnamed>: " + sql,
               "parameters: " + values.map((v, i) => `$${i + 1} = ${quote(v)}`).join(", ")));
    return line("statement: begin", "") + rows.join("") + line(`statement: ${end}`, "");
}

const test = "test=App.BlogTest:12";
const request = "request_id=F3x";
const loop = n => [ask(posts, 1), ...times(n, i => ask(comments, i))];

const traces = {
    "n10": ["n-plus-one", ecto(test, loop(10))],
    "n60": ["n-plus-one", ecto(test, loop(60))],
    "n4": ["n-plus-one", ecto(test, loop(4))],
    "interleaved": ["n-plus-one", ecto(test, [ask(posts, 1), ...times(6, i => [ask(comments, i), ask(setting, "x")])])],
    "with-writes": ["n-plus-one", ecto(test, [ask(posts, 1), ...times(6, i => [ask(comments, i), ask(update, "x", i)])])],
    "preload": ["none", ecto(test, [ask(posts, 1), ask(preload, [1, 2, 3, 4, 5, 6])])],
    "same-row": ["none", ecto(test, [ask(posts, 1), ...times(6, () => ask(comments, 7))])],
    "poll": ["none", ecto(test, [ask(posts, 1), ...times(40, () => ask(users, 7))])],
    "three-ids": ["none", ecto(test, loop(3))],
    "auth-and-page": ["none", ecto(request, [ask(session, "t"), ask(users, 7), ask(posts, 7), ask(preload, [1, 2])])],
    "single": ["none", ecto(test, [ask(posts, 1)])],

    "parent": ["n-plus-one", ecto(request, [ask(comments, 1), ...times(12, i => ask(users, i))])],
    "request-9": ["none", ecto(request, loop(9))],
    "request-12": ["n-plus-one", ecto(request, loop(12))],
    "two-requests": ["none", ecto(request, times(2, r => loop(5).map(a => ({ ...a, tag: `request_id=${r}` }))))],
    "no-unit": ["none", ecto("pid=<0.1.0>", loop(60))],
    "of-test-code": ["none", ecto(test, loop(10), "App.BlogTest.check/1, at: test/app/blog_test.exs:7")],
    "no-foreign-key": ["none", ecto(test, [ask(posts, 1), ...times(12, i => ask(setting, `k${i}`))])],
    "other-value": ["none", ecto(test, [ask(posts, 1), ...times(12, i => ask(recent, 7, `2026-01-${i}`))])],
    "two-columns": ["n-plus-one", ecto(test, [ask(posts, 1), ...times(8, i => ask(tagged, i, 5))])],
    "before": ["none", ecto(test, [...times(12, i => ask(comments, i)), ask(posts, 1)])],
    "hard-values": ["none", ecto(test, [ask(posts, 1), ...times(12, i => ask(recent, "7, [\"'] $2", `x, ${i}`))])],
    "sandbox": ["n-plus-one", server(loop(5))],
    "literals": ["n-plus-one", server(loop(5), { literal: true })],
    "same-literal": ["none", server([ask(posts, 1), ...times(12, () => ask(comments, "it's, 7"))], { literal: true })],
    "committed-9": ["none", server([...loop(9), ask(update, "x", 1)], { end: "commit" })],
    "committed-12": ["n-plus-one", server([...loop(12), ask(update, "x", 1)], { end: "commit" })],
    "slow": ["n-plus-one", ecto(request, loop(12).map(a => ({ ...a, ms: "40.0" })))],
    "updates": ["n-plus-one-write", ecto(request, times(12, i => ask(update, "x", i)))],
    "inserts": ["n-plus-one-write", ecto(request, times(12, i => ask(insert, i, "x")))],
    "test-inserts": ["none", ecto(test, times(12, i => ask(insert, i, "x")))],
    "reads": ["transaction-read-only", ecto(request, [ask("begin"), ask(posts, 1), ask(users, 1), ask("commit")])],
    "reads-of-server": ["transaction-read-only", server([ask(posts, 1)], { end: "commit" })],
    "reads-and-writes": ["none", ecto(request, [ask("begin"), ask(posts, 1), ask(update, "x", 1), ask("commit")])],
    "reads-and-locks": ["none", ecto(request, [ask("begin"), ask(lock, 1), ask("commit")])],
    "reads-rolled-back": ["none", ecto(request, [ask("begin"), ask(posts, 1), ask("rollback")])],
    "reads-the-same": ["none", ecto(request, [ask("begin isolation level repeatable read"), ask(posts, 1), ask("commit")])],
    "long": ["transaction-long", ecto(request, [ask("begin"), { ...ask(update, "x", 1), ms: "1500.0" }, ask("commit")])],
    "long-test": ["none", ecto(test, [ask("begin"), { ...ask(update, "x", 1), ms: "1500.0" }, ask("commit")])],
    "apart": ["writes-without-transaction", ecto(request, [ask(newPost, 1, 1, "x"), ask(newComment, 1, 1, 1)])],
    "together": ["none", ecto(request, [ask("begin"), ask(newPost, 1, 1, "x"), ask(newComment, 1, 1, 1), ask("commit")])],
    "unrelated": ["none", ecto(request, [ask(insert, 1, "x"), ask(update, "x", 1)])],
    "apart-in-test": ["none", ecto(test, [ask(newPost, 1, 1, "x"), ask(newComment, 1, 1, 1)])],
    "same-user": ["query-repeated-same-key", ecto(request, times(12, () => ask(users, 7)))],
};
for (const [name, [verdict, log]] of Object.entries(traces)) {
    writeFileSync(`${name}.log`, log);
    console.log(name, verdict);
}
