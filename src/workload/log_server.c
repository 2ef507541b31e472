/* log_server.c - the server's own logs as CSV and JSON, PostgreSQL 13 to 18. What of a message is a
 * statement: "statement: …", "execute NAME: …", both also behind "duration: N ms", a duration
 * alone, which is that of the statement before it in the session, and what auto_explain says, of
 * which the plan is dropped. */
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

struct server_log {
    struct log *log;
    GHashTable *explained; /* by hash of the session */
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

static void
keep_explained(struct server_log *server, const struct log_event *event, struct span sql)
{
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
    if (explained != NULL && explained->statement == span_hash(sql, 0))
        g_hash_table_remove(server->explained, &session);
    take_explained(server, session);
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
        .session = span_hash(session, 2),
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

static bool
read_all(struct log *log, struct stream *stream, enum record_form form,
         void (*take)(struct server_log *server, struct span record), GError **error)
{
    struct server_log server = {
        .log = log,
        .explained = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, explained_free),
    };
    struct span record;
    GError *problem = NULL;
    while (stream_next(stream, form, &record, &problem))
        take(&server, record);
    take_all_explained(&server);
    g_hash_table_unref(server.explained);
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

enum log_form
log_form_of(struct span start)
{
    if (holds_ecto_json(start))
        return LOG_ECTO_JSON;
    if (starts(start, "{") && span_find(start, "\"message\":") != NULL)
        return LOG_JSON;
    if (begins_with_time(start))
        return LOG_CSV;
    if (span_find(start, "QUERY OK") != NULL || span_find(start, "QUERY ERROR") != NULL)
        return LOG_ECTO;
    return LOG_NONE;
}
