/* stream.c - one buffer, which grows to the longest record and no further. */
#include "workload/stream.h"

#include "base/failure.h"
#include "base/interrupt.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define STEP ((size_t)256 * 1024) /* bytes that are asked for at once */

struct stream {
    int descriptor;
    char *buffer;
    size_t room;
    size_t start; /* of what is not consumed */
    size_t end;
    bool over; /* the file has no more */
    size_t line;
    size_t next_line;
    size_t passed;
};

struct stream *
stream_new(int descriptor)
{
    struct stream *stream = g_new0(struct stream, 1);
    *stream = (struct stream){
        .descriptor = descriptor,
        .buffer = g_malloc(2 * STEP),
        .room = 2 * STEP,
        .next_line = 1,
    };
    return stream;
}

void
stream_free(struct stream *stream)
{
    g_free(stream->buffer);
    g_free(stream);
}

static void
make_room(struct stream *stream)
{
    if (stream->start > 0) {
        memmove(stream->buffer, stream->buffer + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
    }
    if (stream->room - stream->end < STEP) {
        stream->room *= 2;
        stream->buffer = g_realloc(stream->buffer, stream->room);
    }
}

/* Some more bytes, or `over`. */
static bool
fill(struct stream *stream, GError **error)
{
    if (!interrupt_check(error))
        return false;
    make_room(stream);
    ssize_t count = 0;
    do
        count = read(stream->descriptor, stream->buffer + stream->end, STEP);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return failure_set(error, FAILURE_USAGE, "cannot be read: %s", g_strerror(errno));
    stream->end += (size_t)count;
    stream->over = count == 0;
    return true;
}

bool
stream_peek(struct stream *stream, struct span *start, GError **error)
{
    while (stream->end - stream->start < STEP && !stream->over)
        if (!fill(stream, error))
            return false;
    *start = (struct span){stream->buffer + stream->start, stream->end - stream->start};
    return true;
}

/* How far a look for the end of a record has come. */
struct search {
    size_t at; /* behind the start of the record */
    size_t lines;
    bool quoted;
};

static bool
find_line_end(const struct stream *stream, struct search *search)
{
    const char *from = stream->buffer + stream->start;
    const char *found = memchr(from + search->at, '\n', stream->end - stream->start - search->at);
    search->at = found != NULL ? (size_t)(found - from) : stream->end - stream->start;
    return found != NULL;
}

/* From quote to quote; a doubled one ends and begins. */
static bool
find_record_end(const struct stream *stream, struct search *search)
{
    const char *from = stream->buffer + stream->start;
    const char *end = stream->buffer + stream->end;
    const char *c = from + search->at;
    for (; c < end; c++) {
        if (*c == '"')
            search->quoted = !search->quoted;
        else if (*c == '\n' && !search->quoted)
            break;
        else if (*c == '\n')
            search->lines++;
    }
    search->at = (size_t)(c - from);
    return c < end;
}

static void
consume(struct stream *stream, const struct search *search, bool ended)
{
    stream->start += search->at + ended;
    stream->line = stream->next_line;
    stream->next_line += search->lines + 1;
}

/* What is too long is thrown away as it comes. */
static bool
find_end(struct stream *stream, enum record_form form, struct search *search, bool *passed,
         bool *ended, GError **error)
{
    for (;;) {
        *ended = form == RECORD_CSV ? find_record_end(stream, search)
                                    : find_line_end(stream, search);
        if (*ended || stream->over)
            return true;
        if (search->at > RECORD_MOST) {
            *passed = true;
            stream->start += search->at;
            search->at = 0;
        }
        if (!fill(stream, error))
            return false;
    }
}

bool
stream_next(struct stream *stream, enum record_form form, struct span *record, GError **error)
{
    for (;;) {
        struct search search = {0, 0, false};
        bool passed = false;
        bool ended = false;
        if (!find_end(stream, form, &search, &passed, &ended, error))
            return false;
        if (!ended && search.at == 0 && !passed)
            return false;
        *record = (struct span){stream->buffer + stream->start, search.at};
        consume(stream, &search, ended);
        stream->passed += passed;
        if (record->length > 0 && record->text[record->length - 1] == '\r')
            record->length--;
        if (!passed)
            return true;
    }
}

size_t
stream_line(const struct stream *stream)
{
    return stream->line;
}

size_t
stream_passed(const struct stream *stream)
{
    return stream->passed;
}

/* ---- fields ---- */

/* The field at *cursor, which moves to its comma or to the end. */
static struct span
cut_field(char **cursor, const char *end)
{
    char *c = *cursor;
    char *text = c;
    char *to = c;
    if (c == end || *c != '"') {
        const char *comma = memchr(c, ',', (size_t)(end - c));
        size_t length = (size_t)((comma != NULL ? comma : end) - c);
        *cursor = c + length;
        return (struct span){text, length};
    }
    for (c++; c < end; c++) {
        if (*c == '"' && (++c == end || *c != '"'))
            break;
        *to++ = *c;
    }
    while (c < end && *c != ',')
        c++;
    *cursor = c;
    return (struct span){text, (size_t)(to - text)};
}

size_t
csv_split(struct span record, struct span *fields, size_t most)
{
    char *cursor = record.text;
    const char *end = record.text + record.length;
    for (size_t count = 0;; cursor++) {
        const struct span field = cut_field(&cursor, end);
        if (count < most)
            fields[count++] = field;
        if (cursor == end)
            return count;
    }
}
