/* stream.h - a file from front to back in constant memory, record by record. */
#ifndef DBDOC_WORKLOAD_STREAM_H
#define DBDOC_WORKLOAD_STREAM_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum record_form {
    RECORD_LINE, /* up to a line break */
    RECORD_CSV,  /* the same, where line breaks between double quotes do not count */
};

/* Bytes of a record or a field; whoever reads may change them. */
struct span {
    char *text; /* not NUL-terminated */
    size_t length;
};

struct stream;

struct stream *stream_new(int descriptor); /* which stays the caller's */
void stream_free(struct stream *stream);

/* What the file begins with, as far as one step of reading goes; nothing of it is consumed. */
bool stream_peek(struct stream *stream, struct span *start, GError **error);

/* The next record without its line break; lives until the next call. False at the end, or with
 * *error. One that is longer than RECORD_MOST is passed over, and counted. */
bool stream_next(struct stream *stream, enum record_form form, struct span *record, GError **error);

enum { RECORD_MOST = 4 * 1024 * 1024 };

size_t stream_line(const struct stream *stream);   /* of the record read last, from 1 */
size_t stream_passed(const struct stream *stream); /* records that were too long */

/* Cuts a record of CSV at its commas and takes the quotes away, in place (so
 * only once). How many fields there are; those behind the first `most` are left out. */
size_t csv_split(struct span record, struct span *fields, size_t most);

/* Whether the bytes are this text. */
bool span_is(struct span span, const char *text);

#endif
