/* log.h - what all readers of logs hand over: one statement that ran. Its text and its values are
 * there while it is handed over, and are not kept. */
#ifndef DBDOC_WORKLOAD_LOG_H
#define DBDOC_WORKLOAD_LOG_H

#include "workload/internal.h"

enum value_form {
    VALUES_NONE,
    VALUES_ELIXIR, /* [1, "a"] as inspect/2 prints it */
    VALUES_SERVER, /* $1 = '1', $2 = NULL */
};

struct log_event {
    char *sql; /* NUL-terminated; may be changed */
    struct span values;
    enum value_form form;
    double ms;                /* below 0: not said */
    struct span where;        /* "MyApp.Blog.list/1, at: lib/blog.ex:12"; empty: not said */
    enum unit_kind unit_kind; /* of the test or the request that it is of; else UNIT_NONE */
    uint64_t unit;            /* a hash of what names that */
    uint64_t session;         /* a hash of the server's; 0: not said */
};

/* The value of $n in the event; the literals of its text are numbered behind its `parameters`, as
 * pg_query_normalize does. False: it is not there. */
bool value_find(const struct log_event *event, unsigned parameters, unsigned parameter,
                struct span *value);

struct log;

struct log *log_new(struct gathering *gathering, enum query_source source);
void log_free(struct log *log);

/* A statement that ran; what of it is no query is transaction control, or nothing. */
void log_take(struct log *log, const struct log_event *event);

/* How long the last statement of a session took, when the server says so afterwards; -1: it says
 * no number. */
void log_take_time(struct log *log, uint64_t session, double ms);

size_t log_taken(const struct log *log); /* how many statements */

/* What a file is; LOG_NONE: no log of these. */
enum log_form { LOG_NONE, LOG_CSV, LOG_JSON, LOG_TEXT, LOG_ECTO, LOG_ECTO_JSON };
enum log_form log_form_of(struct span start);

/* Each reads a log to its end; false with *error when the file cannot be read. */
bool log_read_ecto(struct log *log, struct stream *stream, GError **error);
bool log_read_ecto_json(struct log *log, struct stream *stream, GError **error);
bool log_read_csv(struct log *log, struct stream *stream, GError **error);
bool log_read_json(struct log *log, struct stream *stream, GError **error);
bool log_read_text(struct log *log, struct stream *stream, GError **error);

/* 64 bits by which texts are told apart while a log is read; never written anywhere. */
uint64_t span_hash(struct span span, uint64_t seed);

/* Where the bytes are in the span; NULL: nowhere. */
char *span_find(struct span span, const char *text);

/* "12.5" at the start of a span; -1 for none. */
double span_milliseconds(const char *text, const char *end);

#endif
