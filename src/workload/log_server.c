/* log_server.c - the server's own logs as CSV, JSON and text, PostgreSQL 13 to 18. What of a
 * message is a statement: "statement: …", "execute NAME: …", both also behind "duration: N ms", a
 * duration alone, which is that of the statement before it in the session, and what auto_explain
 * says, of which the plan is dropped.
 *
 * In text, log_line_prefix stands before each message and may be anything; in square brackets it
 * names the process, as [%p] makes it do. Lines of a message behind its first one begin with a tab.
 */
#include "workload/log.h"

#include "workload/flat_json.h"

#include <string.h>

/* Fields of a line of CSV, from 0. */
enum { CSV_SESSION = 5, CSV_MESSAGE = 13, CSV_DETAIL = 14, CSV_LEAST = 23, CSV_MOST = 32 };

static bool
starts(struct span span, const char *text)
{
    return span.length >= strlen(text) && memcmp(span.text, text, strlen(text)) == 0;
}

static void
skip(struct span *span, size_t length)
{
    length = MIN(length, span->length);
    span->text += length;
    span->length -= length;
}

/* ---- messages ---- */

/* Behind "statement: " or "execute NAME: "; what parses or binds alone does not run. */
static bool
skip_to_statement(struct span *message)
{
    if (starts(*message, "statement: ")) {
        skip(message, strlen("statement: "));
        return true;
    }
    const char *colon = starts(*message, "execute ") ? span_find(*message, ": ") : NULL;
    if (colon == NULL)
        return false;
    skip(message, (size_t)(colon - message->text) + 2);
    return true;
}

/* Of a plan in text form: the lines before the first one with a cost. */
static void
cut_text_plan(struct span *message)
{
    static const char *const ends[] = {"\nQuery Parameters:", "\nQuery Identifier:", "  (cost="};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        char *end = span_find(*message, ends[i]);
        if (end == NULL)
            continue;
        while (i == 2 && end > message->text && *end != '\n')
            end--;
        message->length = (size_t)(end - message->text);
    }
}

/* ---- statements ---- */

/* The statement that auto_explain explains, in text or JSON. */
static bool
skip_to_explained(struct span *message)
{
    struct span rest = *message;
    if (!starts(rest, "plan:\n"))
        return false;
    skip(&rest, strlen("plan:\n"));
    if (starts(rest, "Query Text: ")) {
        skip(&rest, strlen("Query Text: "));
        cut_text_plan(&rest);
        *message = rest;
        return true;
    }
    char *key = starts(rest, "{") ? span_find(rest, "\"Query Text\": \"") : NULL;
    if (key == NULL)
        return false;
    char *cursor = key + strlen("\"Query Text\": ");
    *message = flat_json_string(&cursor, rest.text + rest.length);
    return true;
}

#define EXPLAINED_MOST 1024

/* A statement that auto_explain told of, before the server itself may tell of it, too. */
struct explained {
    uint64_t statement; /* a hash of it */
    struct log_event event;
};

/* The last statement of a session that the server told of. */
struct told {
    uint64_t session;
    uint64_t statement; /* a hash of it */
};

struct server_log {
    struct log *log;
    GHashTable *explained; /* by hash of the session, as is: */
    GHashTable *told;
};

static void
explained_free(void *data)
{
    struct explained *explained = data;
    g_free(explained->event.sql);
    g_free(explained);
}

/* The server said nothing more of it: it counts as auto_explain told it. */
static void
take_explained(struct server_log *server, uint64_t session)
{
    const struct explained *explained = g_hash_table_lookup(server->explained, &session);
    if (explained == NULL)
        return;
    log_take(server->log, &explained->event);
    g_hash_table_remove(server->explained, &session);
}

static void
take_all_explained(struct server_log *server)
{
    GHashTableIter iter;
    gpointer explained = NULL;
    for (g_hash_table_iter_init(&iter, server->explained);
         g_hash_table_iter_next(&iter, NULL, &explained);)
        log_take(server->log, &((const struct explained *)explained)->event);
    g_hash_table_remove_all(server->explained);
}

static struct server_log
server_log_of(struct log *log)
{
    return (struct server_log){
        log, g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, explained_free),
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free)};
}

static void
server_log_finish(struct server_log *server)
{
    take_all_explained(server);
    g_hash_table_unref(server->explained);
    g_hash_table_unref(server->told);
}

/* Of a statement that is run in parts, as drivers do, auto_explain tells only when the next one
 * begins: behind the server's own word of it. */
static bool
was_told(struct server_log *server, uint64_t session, struct span sql)
{
    const struct told *told = g_hash_table_lookup(server->told, &session);
    bool same = told != NULL && told->statement == span_hash(sql, 0);
    if (same)
        g_hash_table_remove(server->told, &session);
    return same;
}

static void
remember_told(struct server_log *server, uint64_t session, struct span sql)
{
    struct told *told = g_new(struct told, 1);
    if (g_hash_table_size(server->told) >= EXPLAINED_MOST)
        g_hash_table_remove_all(server->told);
    *told = (struct told){session, span_hash(sql, 0)};
    g_hash_table_replace(server->told, &told->session, told);
}

static void
keep_explained(struct server_log *server, const struct log_event *event, struct span sql)
{
    if (was_told(server, event->session, sql))
        return;
    struct explained *explained = g_new0(struct explained, 1);
    take_explained(server, event->session);
    if (g_hash_table_size(server->explained) >= EXPLAINED_MOST)
        take_all_explained(server);
    explained->event = *event;
    explained->event.sql = g_strndup(sql.text, sql.length);
    explained->event.values = (struct span){NULL, 0};
    explained->event.form = VALUES_NONE;
    explained->statement = span_hash(sql, 0);
    g_hash_table_insert(server->explained, &explained->event.session, explained);
}

/* The same statement again is the server's own word of it. */
static void
settle_explained(struct server_log *server, uint64_t session, struct span sql)
{
    const struct explained *explained = g_hash_table_lookup(server->explained, &session);
    if (explained != NULL && explained->statement == span_hash(sql, 0)) {
        g_hash_table_remove(server->explained, &session);
        g_hash_table_remove(server->told, &session);
        return;
    }
    take_explained(server, session);
    remember_told(server, session, sql);
}

static struct span
values_of(struct span detail)
{
    if (!starts(detail, "parameters: ") && !starts(detail, "Parameters: "))
        return (struct span){NULL, 0};
    skip(&detail, strlen("parameters: "));
    return detail;
}

/* The byte behind a field is one that was read already. */
static void
take_message(struct server_log *server, struct span session, struct span message,
             struct span detail)
{
    struct log_event event = {
        .values = values_of(detail),
        .ms = -1,
        .session = session.length > 0 ? span_hash(session, 2) : 0,
    };
    event.form = event.values.length > 0 ? VALUES_SERVER : VALUES_NONE;
    if (starts(message, "duration: ")) {
        skip(&message, strlen("duration: "));
        event.ms = span_milliseconds(message.text, message.text + message.length);
        const char *unit = span_find(message, " ms");
        skip(&message, unit != NULL ? (size_t)(unit - message.text) + 3 : message.length);
        if (message.length == 0) {
            log_take_time(server->log, event.session, event.ms);
            return;
        }
        skip(&message, 2);
        if (skip_to_explained(&message)) {
            keep_explained(server, &event, message);
            return;
        }
    }
    if (!skip_to_statement(&message))
        return;
    settle_explained(server, event.session, message);
    event.sql = message.text;
    event.sql[message.length] = '\0';
    log_take(server->log, &event);
}

/* ---- the two forms ---- */

static void
take_csv(struct server_log *server, struct span record)
{
    struct span fields[CSV_MOST];
    if (csv_split(record, fields, CSV_MOST) >= CSV_LEAST)
        take_message(server, fields[CSV_SESSION], fields[CSV_MESSAGE], fields[CSV_DETAIL]);
}

static void
take_json(struct server_log *server, struct span record)
{
    struct span session = {NULL, 0};
    struct span message = {NULL, 0};
    struct span detail = {NULL, 0};
    const struct flat_json wanted[] = {
        {"session_id", &session}, {"message", &message}, {"detail", &detail}};
    flat_json_read(record, wanted, G_N_ELEMENTS(wanted));
    if (message.length > 0)
        take_message(server, session, message, detail);
}

/* ---- text ---- */

#define MESSAGE_MOST ((size_t)1024 * 1024)

/* A message on its way. */
struct text_log {
    struct server_log *server;
    bool open;
    GString *session; /* "[123]" */
    GString *message;
    GString *detail;
    GString *part; /* which of them the next line goes on with; NULL: none of them */
};

static void
finish_text(struct text_log *text)
{
    if (text->open && text->message->len < MESSAGE_MOST && text->detail->len < MESSAGE_MOST)
        take_message(text->server, (struct span){text->session->str, text->session->len},
                     (struct span){text->message->str, text->message->len},
                     (struct span){text->detail->str, text->detail->len});
    text->open = false;
    text->part = NULL;
    g_string_truncate(text->message, 0);
    g_string_truncate(text->detail, 0);
}

/* The first "[digits]" of a prefix; empty: there is none. */
static void
find_process(struct span prefix, GString *session)
{
    const char *end = prefix.text + prefix.length;
    g_string_truncate(session, 0);
    for (const char *c = prefix.text; c < end && (c = memchr(c, '[', (size_t)(end - c))) != NULL;) {
        const char *digits = ++c;
        while (c < end && g_ascii_isdigit(*c))
            c++;
        if (c > digits && c < end && *c == ']') {
            g_string_append_len(session, digits, (gssize)(c - digits));
            return;
        }
    }
}

/* Behind the word in a line that it begins a message or a part of one with; NULL: it does not. A
 * prefix is short, and a statement that holds the word is not. */
static char *
find_word(struct span line, const char *word)
{
    const struct span head = {line.text, MIN(line.length, (size_t)256)};
    char *found = span_find(head, word);
    return found == NULL ? NULL : found + strlen(word);
}

static void
append_rest(GString *part, struct span line, const char *from)
{
    if (part->len < MESSAGE_MOST)
        g_string_append_len(part, from, (gssize)(line.text + line.length - from));
}

static void
take_text_line(struct text_log *text, struct span line)
{
    static const char *const others[] = {
        "CONTEXT:  ", "STATEMENT:  ", "HINT:  ",    "QUERY:  ",  "LOCATION:  ", "ERROR:  ",
        "FATAL:  ",   "PANIC:  ",     "WARNING:  ", "NOTICE:  ", "INFO:  ",     "DEBUG:  "};
    if (line.length > 0 && *line.text == '\t') {
        if (text->part != NULL) {
            g_string_append_c(text->part, '\n');
            append_rest(text->part, line, line.text + 1);
        }
        return;
    }
    char *rest = find_word(line, "LOG:  ");
    if (rest != NULL) {
        finish_text(text);
        find_process((struct span){line.text, (size_t)(rest - line.text)}, text->session);
        text->open = true;
        text->part = text->message;
        append_rest(text->part, line, rest);
        return;
    }
    rest = find_word(line, "DETAIL:  ");
    text->part = rest != NULL && text->open ? text->detail : NULL;
    if (text->part != NULL)
        append_rest(text->part, line, rest);
    for (size_t i = 0; rest == NULL && i < G_N_ELEMENTS(others); i++)
        if (find_word(line, others[i]) != NULL)
            finish_text(text);
}

static bool
read_text(struct server_log *server, struct stream *stream, GError **error)
{
    struct text_log text = {
        .server = server,
        .session = g_string_new(NULL),
        .message = g_string_new(NULL),
        .detail = g_string_new(NULL),
    };
    struct span line;
    GError *problem = NULL;
    while (stream_next(stream, RECORD_LINE, &line, &problem))
        take_text_line(&text, line);
    finish_text(&text);
    g_string_free(text.session, TRUE);
    g_string_free(text.message, TRUE);
    g_string_free(text.detail, TRUE);
    if (problem != NULL)
        g_propagate_error(error, problem);
    return problem == NULL;
}

bool
log_read_text(struct log *log, struct stream *stream, GError **error)
{
    struct server_log server = server_log_of(log);
    bool done = read_text(&server, stream, error);
    server_log_finish(&server);
    return done;
}

/* ---- records ---- */

static bool
read_all(struct log *log, struct stream *stream, enum record_form form,
         void (*take)(struct server_log *server, struct span record), GError **error)
{
    struct server_log server = server_log_of(log);
    struct span record;
    GError *problem = NULL;
    while (stream_next(stream, form, &record, &problem))
        take(&server, record);
    server_log_finish(&server);
    if (problem != NULL)
        g_propagate_error(error, problem);
    return problem == NULL;
}

bool
log_read_csv(struct log *log, struct stream *stream, GError **error)
{
    return read_all(log, stream, RECORD_CSV, take_csv, error);
}

bool
log_read_json(struct log *log, struct stream *stream, GError **error)
{
    return read_all(log, stream, RECORD_LINE, take_json, error);
}

/* ---- what a file is ---- */

/* "2026-11-27 17:00:00.000 UTC," */
static bool
begins_with_time(struct span start)
{
    static const char pattern[] = "0000-00-00 00:00:00";
    if (start.length <= strlen(pattern))
        return false;
    for (size_t i = 0; i < strlen(pattern); i++)
        if (pattern[i] == '0' ? !g_ascii_isdigit(start.text[i]) : start.text[i] != pattern[i])
            return false;
    const char *end = start.text + MIN(start.length, (size_t)64);
    const char *comma = memchr(start.text, ',', (size_t)(end - start.text));
    return comma != NULL && memchr(start.text, '[', (size_t)(comma - start.text)) == NULL;
}

/* A logger's text of Ecto in JSON; the server's own messages name their session. */
static bool
holds_ecto_json(struct span start)
{
    return span_find(start, "\"session_id\":") == NULL &&
           (span_find(start, "\"message\":\"QUERY ") != NULL ||
            span_find(start, "\"message\": \"QUERY ") != NULL);
}

static bool
holds_text(struct span start)
{
    static const char *const words[] = {"LOG:  duration: ", "LOG:  statement: ", "LOG:  execute "};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (span_find(start, words[i]) != NULL)
            return true;
    return false;
}

enum log_form
log_form_of(struct span start)
{
    if (holds_ecto_json(start))
        return LOG_ECTO_JSON;
    if (starts(start, "{") && span_find(start, "\"message\":") != NULL)
        return LOG_JSON;
    if (holds_text(start))
        return LOG_TEXT;
    if (begins_with_time(start))
        return LOG_CSV;
    if (span_find(start, "QUERY OK") != NULL || span_find(start, "QUERY ERROR") != NULL)
        return LOG_ECTO;
    return LOG_NONE;
}
