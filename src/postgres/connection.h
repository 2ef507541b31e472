/* connection.h - talking to PostgreSQL: connect, query, run foreign SQL under supervision.
 * The only user of libpq. Nothing here prints; every error says what the server said. Waiting is
 * interruptible: Ctrl-C cancels the running statement. */
#ifndef DBDOC_CONNECTION_H
#define DBDOC_CONNECTION_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Where to connect: libpq keywords and values. */
struct target;

/* What libpq's environment variables and service file say; call before they are cleared. */
struct target *target_from_environment(void);

/* Takes every PG… and …DATABASE_URL variable out of the environment, so that no session and no
 * child process reaches a server that nobody named. Call after target_from_environment. */
void target_clear_environment(void);

/* A libpq connection string or URL (ecto:// too) laid over `defaults` (may be NULL). */
struct target *target_parse(const char *text, const struct target *defaults, GError **error);
void target_set(struct target *target, const char *keyword, const char *value);
const char *target_value(const struct target *target, const char *keyword); /* NULL: not said */
struct target *target_new(void);
struct target *target_copy(const struct target *target);
void target_free(struct target *target);

/* Whether anything was said about where the database is. */
bool target_is_empty(const struct target *target);

/* Whether the text is meant as a connection string: a URL, or begins with a libpq keyword and "=".
 */
bool target_is_text(const char *text);

/* "inkwell on db.example.org:5432 as reader", never with a password. Free with g_free. */
char *target_describe(const struct target *target);

struct connection;

/* FAILURE_DATABASE with the server's words and what to check. */
struct connection *connection_open(const struct target *target, GError **error);
void connection_close(struct connection *connection);

int connection_server_version(const struct connection *connection); /* 150020 */
const char *connection_setting(const struct connection *connection, const char *name);

/* The result of one query, bound by column name. */
struct rows;

/* Runs one statement with text parameters ($1 …) and collects its rows (NULL: not wanted). */
bool connection_query(struct connection *connection, const char *sql, const char *const *parameters,
                      size_t parameter_count, struct rows **rows, GError **error);

/* From now on, queries whose rows are wanted are planned once: for sessions that ask the same again
 * and again. */
void connection_keep_plans(struct connection *connection);

/* The same rows as a query would give: texts, NULL for NULL; `values` has them row by row. */
struct rows *rows_of_texts(const GPtrArray *columns, const GPtrArray *values);

size_t rows_count(const struct rows *rows);
int rows_column(const struct rows *rows, const char *name);              /* -1: no such column */
const char *rows_value(const struct rows *rows, size_t row, int column); /* NULL: SQL NULL */
void rows_free(struct rows *rows);

/* What the server said of the last statement that failed; texts may be NULL. */
struct server_error {
    char state[6]; /* SQLSTATE, "" when the connection itself broke */
    char *message;
    char *detail;
    char *hint;
    char *context;
    unsigned position; /* character in the statement from 1; 0: none */
};
const struct server_error *connection_error(const struct connection *connection);
void server_error_copy(struct server_error *target, const struct server_error *source);
void server_error_clear(struct server_error *error);

/* Called soon after a statement began to run, and then several times a second; false (with *error)
 * stops it. */
struct supervisor {
    bool (*check)(void *data, GError **error);
    void *data;
};

/* Gives the next line of COPY data, with its newline; false at its end. */
struct copy_source {
    bool (*next)(void *data, const char **line, size_t *length);
    void *data;
};

/* Runs foreign SQL by the simple protocol, as psql does. Results are thrown away as they come. The
 * server's error is in connection_error and, in words, in *error; when the supervisor or the user
 * stopped it, connection_error has no message. */
bool connection_run(struct connection *connection, const char *sql,
                    const struct supervisor *supervisor, const struct copy_source *copy,
                    GError **error);

/* The same for COPY … TO STDOUT: what it sends is appended. */
bool connection_copy_out(struct connection *connection, const char *sql,
                         const struct supervisor *supervisor, GString *copied, GError **error);

/* The same for exactly one statement, by the extended protocol, as drivers prepare it: several in
 * one text are an error. COPY is fed nothing. */
bool connection_run_one(struct connection *connection, const char *sql,
                        const struct supervisor *supervisor, GError **error);

/* The same, and the first column of its rows is appended. */
bool connection_ask_one(struct connection *connection, const char *sql,
                        const struct supervisor *supervisor, GString *answer, GError **error);

/* The server's process of this session. */
int connection_process(const struct connection *connection);

/* Where the session stands between statements. */
enum transaction { TRANSACTION_NONE, TRANSACTION_OPEN, TRANSACTION_FAILED, TRANSACTION_LOST };
enum transaction connection_transaction(const struct connection *connection);

/* Splits the text form of a one-dimensional text[] ("{a,\"b c\",NULL}") into a NULL-terminated
 * array; NULL elements become "". Free with g_strfreev; NULL when it is not an array. */
char **array_split(const char *text);

/* The way back: NULL elements are NULL. Free with g_free. */
char *array_join(const char *const *items, size_t count);

/* An identifier as SQL needs it, quoted where PostgreSQL's keyword list asks for it. */
char *sql_quote_name(const char *name);
char *sql_quote_qualified(const char *schema, const char *name);
char *sql_quote_literal(const char *text);

#endif
