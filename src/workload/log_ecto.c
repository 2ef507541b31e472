/* log_ecto.c - what Ecto writes through Elixir's Logger, in any of its text formats:
 *     12:34:56.789 request_id=F3x [debug] QUERY OK source="users" db=1.2ms queue=0.1ms
 *     SELECT u0."id" FROM "users" AS u0 WHERE (u0."id" = $1) [7]
 *     ↳ MyApp.Accounts.get_user!/1, at: lib/my_app/accounts.ex:12
 * The last line is there with `stacktrace: true`. Values end where the message ends. Loggers that
 * write JSON have the same text as "message", and the metadata as keys of their own. */
#include "workload/log.h"

#include "workload/flat_json.h"

#include <string.h>

#define MESSAGE_MOST ((size_t)256 * 1024)
#define ARROW        "\xE2\x86\xB3 "
#define ESCAPE       '\x1B'

/* A message on its way. */
struct message {
    struct log *log;
    bool open;
    GString *body; /* statement and values */
    GString *where;
    double ms;
    enum unit_kind unit_kind;
    uint64_t unit;
};

/* ---- where the values begin ---- */

/* Behind a quoted text that begins at c; the end where it does not end. */
static const char *
quoted_end(const char *c, const char *end, bool backslashes)
{
    const char quote = *c;
    for (c++; c < end && *c != quote; c++)
        c += backslashes && *c == '\\' && c + 1 < end;
    return c < end ? c + 1 : end;
}

/* Behind the bracket that closes the one at c; NULL where it stays open. */
static const char *
list_end(const char *c, const char *end)
{
    unsigned depth = 0;
    while (c < end) {
        if (*c == '"') {
            c = quoted_end(c, end, true);
            continue;
        }
        depth += *c == '[';
        depth -= *c == ']';
        c++;
        if (depth == 0)
            return c;
    }
    return NULL;
}

/* The list at the end of the text, with a blank before it; NULL for none. A bracket of the
 * statement closes before the end. */
static char *
find_values(GString *body)
{
    const char *end = body->str + body->len;
    for (const char *c = body->str; c < end;) {
        if (*c == '\'' || *c == '"') {
            c = quoted_end(c, end, false);
            continue;
        }
        if (*c == '[' && c > body->str && g_ascii_isspace(c[-1]) && list_end(c, end) == end)
            return body->str + (c - body->str);
        c++;
    }
    return NULL;
}

/* ---- messages ---- */

static void
finish(struct message *message)
{
    if (!message->open)
        return;
    message->open = false;
    GString *body = message->body;
    while (body->len > 0 && g_ascii_isspace(body->str[body->len - 1]))
        g_string_truncate(body, body->len - 1);
    char *values = body->len < MESSAGE_MOST ? find_values(body) : NULL;
    if (values == NULL)
        return; /* cut off by the Logger, or none of Ecto's */
    values[-1] = '\0';
    const struct log_event event = {
        .sql = body->str,
        .values = {values, (size_t)(body->str + body->len - values)},
        .form = VALUES_ELIXIR,
        .ms = message->ms,
        .where = {message->where->str, message->where->len},
        .unit_kind = message->unit_kind,
        .unit = message->unit,
    };
    log_take(message->log, &event);
}

/* The value of "key=value" in a head; false for none. */
static bool
find_metadata(struct span head, const char *key, struct span *value)
{
    char *found = span_find(head, key);
    if (found == NULL || (found > head.text && !g_ascii_isspace(found[-1])))
        return false;
    value->text = found + strlen(key);
    const char *end = head.text + head.length;
    const char *c = value->text;
    while (c < end && !g_ascii_isspace(*c))
        c++;
    value->length = (size_t)(c - value->text);
    return value->length > 0;
}

/* A request within a test is a unit of its own. */
static void
set_unit(struct message *message, struct span test, struct span request)
{
    const bool of_test = test.length > 0;
    const bool of_request = request.length > 0;
    message->unit_kind = of_test ? UNIT_TEST : of_request ? UNIT_REQUEST : UNIT_NONE;
    message->unit = of_test ? span_hash(test, 1) : 0;
    if (of_request)
        message->unit = span_hash(request, message->unit);
}

static void
read_unit(struct message *message, struct span head)
{
    struct span test = {NULL, 0};
    struct span request = {NULL, 0};
    find_metadata(head, "test=", &test);
    find_metadata(head, "request_id=", &request);
    set_unit(message, test, request);
}

static void
begin(struct message *message, struct span line, const char *word)
{
    const struct span head = {line.text, (size_t)(word - line.text)};
    const struct span rest = {(char *)(guintptr)word, line.length - head.length};
    const char *time = span_find(rest, " db=");
    finish(message);
    g_string_truncate(message->body, 0);
    g_string_truncate(message->where, 0);
    message->open = true;
    message->ms = time != NULL ? span_milliseconds(time + strlen(" db="), line.text + line.length)
                               : -1;
    read_unit(message, head);
}

/* Colours of a terminal go, in place. */
static void
strip_colours(struct span *line)
{
    char *to = line->text;
    const char *end = line->text + line->length;
    if (memchr(line->text, ESCAPE, line->length) == NULL)
        return;
    for (const char *c = line->text; c < end; c++) {
        if (*c != ESCAPE) {
            *to++ = *c;
            continue;
        }
        while (c + 1 < end && *c != 'm')
            c++;
    }
    line->length = (size_t)(to - line->text);
}

/* Whether another message of the Logger begins on the line: "… [info] …". */
static bool
is_other_message(struct span line)
{
    static const char *const levels[] = {"debug]",   "info]",  "notice]",   "warn]",     "error]",
                                         "warning]", "alert]", "critical]", "emergency]"};
    const char *end = line.text + line.length;
    for (const char *c = line.text; c < end && (c = memchr(c, '[', (size_t)(end - c))) != NULL;) {
        c++;
        for (size_t i = 0; i < G_N_ELEMENTS(levels); i++)
            if (c < end && *c == *levels[i] && (size_t)(end - c) >= strlen(levels[i]) &&
                memcmp(c, levels[i], strlen(levels[i])) == 0)
                return true;
    }
    return false;
}

static void
read_line(struct message *message, struct span line)
{
    strip_colours(&line);
    const char *word = span_find(line, "QUERY ");
    const size_t left = word != NULL ? line.length - (size_t)(word - line.text) : 0;
    if (left > 8 && (memcmp(word, "QUERY OK", 8) == 0 || memcmp(word, "QUERY ERROR", 8) == 0)) {
        begin(message, line, word);
        return;
    }
    if (!message->open)
        return;
    if (line.length >= strlen(ARROW) && memcmp(line.text, ARROW, strlen(ARROW)) == 0) {
        if (message->where->len == 0)
            g_string_append_len(message->where, line.text + strlen(ARROW),
                                (gssize)(line.length - strlen(ARROW)));
    } else if (is_other_message(line)) {
        finish(message);
    } else if (message->where->len == 0 && message->body->len < MESSAGE_MOST) {
        g_string_append_len(message->body, line.text, (gssize)line.length);
        g_string_append_c(message->body, '\n');
    }
}

/* ---- the two forms ---- */

/* One record is one message. */
static void
read_record(struct message *message, struct span record)
{
    struct span text = {NULL, 0};
    struct span test = {NULL, 0};
    struct span request = {NULL, 0};
    const struct flat_json wanted[] = {
        {"message", &text}, {"test", &test}, {"request_id", &request}};
    flat_json_read(record, wanted, G_N_ELEMENTS(wanted));
    while (text.length > 0) {
        char *end = memchr(text.text, '\n', text.length);
        const size_t length = end != NULL ? (size_t)(end - text.text) : text.length;
        read_line(message, (struct span){text.text, length});
        text.text += MIN(length + 1, text.length);
        text.length -= MIN(length + 1, text.length);
    }
    set_unit(message, test, request);
    finish(message);
}

static bool
read_all(struct log *log, struct stream *stream,
         void (*read)(struct message *message, struct span line), GError **error)
{
    struct message message = {
        .log = log,
        .body = g_string_new(NULL),
        .where = g_string_new(NULL),
    };
    struct span line;
    GError *problem = NULL;
    while (stream_next(stream, RECORD_LINE, &line, &problem))
        read(&message, line);
    finish(&message);
    g_string_free(message.body, TRUE);
    g_string_free(message.where, TRUE);
    if (problem != NULL)
        g_propagate_error(error, problem);
    return problem == NULL;
}

bool
log_read_ecto(struct log *log, struct stream *stream, GError **error)
{
    return read_all(log, stream, read_line, error);
}

bool
log_read_ecto_json(struct log *log, struct stream *stream, GError **error)
{
    return read_all(log, stream, read_record, error);
}
