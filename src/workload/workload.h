/* workload.h - the queries that a project runs: those that it keeps as files, and those that logs
 * and pg_stat_statements show. No value of a parameter and no literal of a log is in here: texts of
 * logs are normalised before they are kept, and what cannot be normalised has no text.
 *
 * A file of queries (queries/blog.sql) holds statements. Comments right above one are about it:
 *     -- What it is for, in Markdown.
 *     -- name: list_posts
 *     -- params: 1, 'published'
 *     SELECT … WHERE author_id = $1 AND status = :status;
 * `name:` may be missing where the file holds one statement: the file's name is its name. A word of
 * sqlc behind the name (:one, :many, :exec …) is left out. `params:` are sample values of $1, $2 …:
 * constants with a cast, nothing that could run. :name is a parameter, numbered behind those that
 * have a number. */
#ifndef DBDOC_WORKLOAD_H
#define DBDOC_WORKLOAD_H

#include "base/arena.h"
#include "postgres/connection.h"
#include "postgres/shape.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum query_source {
    QUERY_OF_FILE = 1 << 0,       /* a statement of queries/ */
    QUERY_OF_STATEMENTS = 1 << 1, /* pg_stat_statements */
    QUERY_OF_LOG = 1 << 2,        /* a log of the server, also auto_explain's */
    QUERY_OF_ECTO = 1 << 3,       /* a log of Ecto */
    QUERY_OF_PLAN = 1 << 4,       /* printed by Repo.explain */
};

/* Where the program asks. */
struct call_site {
    const char *function; /* "Blog.list_posts/2" */
    const char *file;     /* "lib/blog.ex"; NULL: not said */
    unsigned line;        /* 0: not said */
    uint64_t calls;
};

/* What was counted of a query. */
struct usage {
    uint64_t calls; /* 0: nothing was counted */
    double total_ms;
    int64_t rows; /* of all calls, as are these; -1: not known */
    int64_t blocks_hit;
    int64_t blocks_read;
};

struct query {
    const char *name; /* unique: as its file names it, else the fingerprint; never NULL */
    enum shape_kind kind;
    const char *text;    /* normalised, see shape.h; NULL: not understood */
    const char *layout;  /* the same in lines */
    const char *written; /* as its file has it, with parameters as $1, without comments above it;
                            NULL: of no file */
    const char *fingerprint;
    struct query_references references;
    struct query_traits traits;
    const char *problem;          /* why there is no text; NULL: there is one */
    const char *file;             /* below the root: "queries/blog.sql"; NULL: of no file */
    unsigned line;                /* of its first word */
    const char *purpose;          /* Markdown; NULL: none */
    struct names params;          /* sample values of $1, $2 … as SQL constants; may be fewer */
    struct names parameter_names; /* of :name, in the order of their numbers … */
    unsigned first_named;         /* … which begin here */

    unsigned sources;        /* enum query_source */
    struct usage statements; /* by pg_stat_statements */
    struct usage logged;     /* by logs */
    size_t site_count;       /* by calls */
    const struct call_site *sites;
};

/* What ran together, as far as a log says it. */
enum unit_kind {
    UNIT_NONE,
    UNIT_TEST,        /* of a test suite: by the metadata `test` of Elixir's Logger */
    UNIT_REQUEST,     /* by its metadata `request_id` */
    UNIT_ROLLED_BACK, /* a transaction, as the sandbox of Ecto makes one for a test */
    UNIT_COMMITTED,   /* a transaction */
};

/* A query that ran often within one unit of work. Values were compared, and are not here. */
struct repetition {
    const struct query *query;
    struct call_site site; /* its `calls` are those of the unit; function NULL: not said */
    enum unit_kind unit;
    size_t units;     /* in how many it was so */
    double ms;        /* of all its calls in the unit */
    unsigned counted; /* calls whose values were compared; the first ones … */
    unsigned keys;    /* … with so many different values of all equalities together … */
    struct equalities equalities; /* … and of each */
    unsigned values[EQUALITIES_MOST];
    size_t before_count; /* SELECTs that ran before it in the unit, the latest first */
    const struct query *const *before;
};

/* What units of work did with transactions. */
enum deed_kind {
    DEED_READS,        /* a transaction that only read */
    DEED_LONG,         /* a transaction of a second and more */
    DEED_WRITES_APART, /* two writes of a request outside of a transaction */
};

struct deed {
    enum deed_kind kind;
    enum unit_kind unit;
    const struct query *first;  /* of the transaction; or the first write */
    const struct query *second; /* the other write; NULL for transactions */
    struct call_site site;      /* of the first; function NULL: not said */
    unsigned statements;        /* of the transaction; the most that was seen */
    double ms;                  /* that they took together, likewise */
    size_t units;               /* in how many it was so */
};

/* A statement or a file that is not used, and why. */
struct workload_problem {
    const char *file;
    unsigned line; /* 0: the file as a whole */
    const char *words;
};

/* A file or a server that was read for what the database was asked. */
struct workload_reading {
    enum query_source source;
    const char *file;     /* NULL: the server itself */
    const char *taken_at; /* "2026-01-02T03:04:05Z"; NULL: not said */
    const char *since;    /* when its counters began; NULL: not said */
    size_t queries;       /* of the workload that it names */
};

struct workload {
    size_t count;
    struct query *queries; /* those of files in their order, then by fingerprint */
    size_t reading_count;
    struct workload_reading *readings;
    size_t repetition_count; /* by query and place, the most calls first */
    struct repetition *repetitions;
    size_t deed_count;
    struct deed *deeds;
    size_t problem_count; /* of files of queries */
    struct workload_problem *problems;
    size_t gap_count; /* of files of what the database was asked */
    struct workload_problem *gaps;
};

/* Reads all *.sql below `folder` (relative to `root`). A missing folder gives no queries. What is
 * wrong with a statement is a problem, not an error; FAILURE_USAGE only when the folder cannot be
 * read. */
bool workload_read_files(struct arena *arena, const char *root, const char *folder,
                         struct workload *workload, GError **error);

/* Adds what these files (relative to `root`) say that the database was asked: exports of
 * pg_stat_statements. What is wrong with one is a gap, not an error; FAILURE_INTERRUPTED alone ends
 * the reading. */
bool workload_read_seen(struct arena *arena, const char *root, const struct names *files,
                        struct workload *workload, GError **error);

/* Adds what pg_stat_statements of a server counted; nothing where the database has no such
 * extension. FAILURE_DATABASE when it cannot be read, or not all of it: what could be is there. */
bool workload_read_server(struct arena *arena, struct connection *connection,
                          struct workload *workload, GError **error);

/* Milliseconds that the query took of those that were counted, by pg_stat_statements where it was
 * read, else by logs; and of all queries. 0: not measured. */
double workload_cost(const struct workload *workload, const struct query *query);
double workload_total_cost(const struct workload *workload);
const struct usage *workload_usage(const struct workload *workload, const struct query *query);

/* By name; NULL for none. */
const struct query *workload_find(const struct workload *workload, const char *name);

#endif
