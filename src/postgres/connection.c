/* connection.c - one session with a server. */
#include "postgres/connection.h"

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "postgres/row_values.h"
#include "postgres/rows.h"
#include "postgres/target.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <string.h>

#define CONNECT_SECONDS 15
#define TICK_MS         100
#define FIRST_TICK_MS   5  /* of a supervised statement; then twice as long, up to TICK_MS */
#define CANCEL_TICKS    50 /* how long a cancelled statement may take to end */
#define FLUSH_BYTES     ((size_t)256 * 1024)
#define WORDS_LIMIT     1000 /* bytes of a server's message that people want to read */

struct connection {
    PGconn *session;
    char *place; /* target_describe */
    struct server_error error;
    GString *copied; /* takes what COPY … TO STDOUT sends, and first columns; NULL: not wanted */
    GHashTable *plans; /* SQL → name of a prepared statement; NULL: none are kept */
};

static void
ignore_notice(void *data, const PGresult *result)
{
    (void)data, (void)result;
}

/* libpq's message in one line. */
static char *
one_line(const char *message)
{
    char *line = g_strdup(message);
    for (char *c = line; *c != '\0'; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    return g_strchomp(line);
}

static bool
wait_socket_for(PGconn *session, short events, int milliseconds)
{
    struct pollfd descriptor = {.fd = PQsocket(session), .events = events};
    return poll(&descriptor, 1, milliseconds) > 0;
}

static bool
wait_socket(PGconn *session, short events)
{
    return wait_socket_for(session, events, TICK_MS);
}

/* libpq takes the last of several values of a keyword: ours after the user's, or before. */
static const struct {
    const char *keyword;
    const char *value;
    enum { SUGGESTED, DEMANDED } force;
} own_values[] = {
    {"keepalives_idle", "30", SUGGESTED}, /* a connection that was cut shows within a minute */
    {"keepalives_interval", "10", SUGGESTED}, {"keepalives_count", "3", SUGGESTED},
    {"tcp_user_timeout", "60000", SUGGESTED}, {"application_name", "dbdoc", DEMANDED},
    {"client_encoding", "UTF8", DEMANDED},
};

static void
add_value(GPtrArray *keywords, GPtrArray *values, const char *keyword, const char *value)
{
    g_ptr_array_add(keywords, (gpointer)(guintptr)keyword);
    g_ptr_array_add(values, (gpointer)(guintptr)value);
}

static PGconn *
start_session(const struct target *target)
{
    g_autoptr(GPtrArray) keywords = g_ptr_array_new();
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(own_values); i++)
        if (own_values[i].force == SUGGESTED)
            add_value(keywords, values, own_values[i].keyword, own_values[i].value);
    for (guint i = 0; i < target->keywords->len; i++)
        add_value(keywords, values, target->keywords->pdata[i], target->values->pdata[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(own_values); i++)
        if (own_values[i].force == DEMANDED)
            add_value(keywords, values, own_values[i].keyword, own_values[i].value);
    add_value(keywords, values, NULL, NULL);
    return PQconnectStartParams((const char *const *)keywords->pdata,
                                (const char *const *)values->pdata, 1);
}

/* libpq leaves the user's connect_timeout to callers that do not block. */
static gint64
connect_seconds(const struct target *target)
{
    const char *said = target_value(target, "connect_timeout");
    gint64 seconds = said != NULL ? g_ascii_strtoll(said, NULL, 10) : 0;
    return seconds > 0 ? MIN(seconds, G_MAXINT) : CONNECT_SECONDS;
}

static bool
finish_connecting(PGconn *session, gint64 seconds, GError **error)
{
    gint64 deadline = g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (PQstatus(session) != CONNECTION_BAD) {
        if (status == PGRES_POLLING_OK)
            return true;
        if (status == PGRES_POLLING_FAILED || !interrupt_check(error))
            return false;
        if (g_get_monotonic_time() > deadline)
            return failure_set(error, FAILURE_DATABASE, "no answer within %d s", (int)seconds);
        if (wait_socket(session, status == PGRES_POLLING_READING ? POLLIN : POLLOUT))
            status = PQconnectPoll(session);
    }
    return false;
}

static void
connect_failed(PGconn *session, const char *place, GError **error)
{
    if (error != NULL && g_error_matches(*error, FAILURE, FAILURE_INTERRUPTED))
        return;
    g_autofree char *words = error != NULL && *error != NULL ? g_strdup((*error)->message)
                                                             : one_line(PQerrorMessage(session));
    g_clear_error(error);
    const char *next = "Check host, port, database and user, and that the server runs";
    if (PQconnectionNeedsPassword(session) != 0)
        next = "Give the password in PGPASSWORD or ~/.pgpass";
    else if (PQconnectionUsedPassword(session) != 0)
        next = "Check user, password and database name";
    failure_set(error, FAILURE_DATABASE, "cannot connect to %s (%s). %s.", place, words, next);
}

struct connection *
connection_open(const struct target *target, GError **error)
{
    PGconn *session = start_session(target);
    g_autofree char *place = target_describe(target);
    if (session == NULL || !finish_connecting(session, connect_seconds(target), error)) {
        connect_failed(session, place, error);
        PQfinish(session);
        return NULL;
    }
    PQsetNoticeReceiver(session, ignore_notice, NULL);
    PQsetnonblocking(session, 1);
    struct connection *connection = g_new0(struct connection, 1);
    connection->session = session;
    connection->place = g_steal_pointer(&place);
    return connection;
}

void
server_error_clear(struct server_error *error)
{
    g_free(error->message);
    g_free(error->detail);
    g_free(error->hint);
    g_free(error->context);
    *error = (struct server_error){.state = ""};
}

void
server_error_copy(struct server_error *target, const struct server_error *source)
{
    server_error_clear(target);
    *target = *source;
    target->message = g_strdup(source->message);
    target->detail = g_strdup(source->detail);
    target->hint = g_strdup(source->hint);
    target->context = g_strdup(source->context);
}

void
connection_close(struct connection *connection)
{
    if (connection == NULL)
        return;
    PQfinish(connection->session);
    server_error_clear(&connection->error);
    g_clear_pointer(&connection->plans, g_hash_table_unref);
    g_free(connection->place);
    g_free(connection);
}

int
connection_server_version(const struct connection *connection)
{
    return PQserverVersion(connection->session);
}

const char *
connection_setting(const struct connection *connection, const char *name)
{
    return PQparameterStatus(connection->session, name);
}

const struct server_error *
connection_error(const struct connection *connection)
{
    return &connection->error;
}

/* Why the connection broke: the server's last words, else libpq's first line of several. */
static char *
last_words(const PGconn *session)
{
    const char *message = PQerrorMessage(session);
    message += g_str_has_prefix(message, "FATAL:  ") ? strlen("FATAL:  ") : 0;
    return g_strndup(message, strcspn(message, "\n"));
}

/* Foreign SQL may raise an error of any length, with values of its rows. */
static char *
copy_words(const char *state, const char *said)
{
    g_autofree char *words = row_values_hide(state, said);
    if (words == NULL || strlen(words) <= WORDS_LIMIT)
        return g_steal_pointer(&words);
    const char *end = g_utf8_find_prev_char(words, words + WORDS_LIMIT);
    g_autofree char *start = g_strndup(words, end != NULL ? (gsize)(end - words) : 0);
    return g_strconcat(start, " …", NULL);
}

static void
remember_error(struct connection *connection, const PGresult *result)
{
    struct server_error *error = &connection->error;
    server_error_clear(error);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    g_strlcpy(error->state, state != NULL ? state : "", sizeof error->state);
    error->message = message != NULL ? copy_words(error->state, message)
                                     : last_words(connection->session);
    error->detail = copy_words(error->state, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    error->hint = copy_words(error->state, PQresultErrorField(result, PG_DIAG_MESSAGE_HINT));
    error->context = copy_words(error->state, PQresultErrorField(result, PG_DIAG_CONTEXT));
    error->position = position != NULL ? (unsigned)g_ascii_strtoull(position, NULL, 10) : 0;
}

static void
cancel(struct connection *connection)
{
    char complaint[256];
    PGcancel *handle = PQgetCancel(connection->session);
    if (handle != NULL)
        (void)PQcancel(handle, complaint, sizeof complaint); /* the caller gives up anyway */
    PQfreeCancel(handle);
    for (int tick = 0; tick < CANCEL_TICKS && PQisBusy(connection->session) != 0; tick++)
        if (wait_socket(connection->session, POLLIN) && PQconsumeInput(connection->session) == 0)
            break;
}

/* Whether to go on waiting; cancels the statement if not. */
static bool
may_go_on(struct connection *connection, const struct supervisor *supervisor, GError **error)
{
    if (interrupt_check(error) &&
        (supervisor == NULL || supervisor->check(supervisor->data, error)))
        return true;
    cancel(connection);
    return false;
}

/* Takes in what the server sent. Notifications would pile up in libpq. */
static bool
consume(struct connection *connection)
{
    if (PQconsumeInput(connection->session) == 0)
        return false;
    for (PGnotify *notice; (notice = PQnotifies(connection->session)) != NULL;)
        PQfreemem(notice);
    return true;
}

/* Sends what waits in libpq's buffer. A broken connection shows in the next result. */
static bool
flush(struct connection *connection, const struct supervisor *supervisor, GError **error)
{
    while (PQflush(connection->session) > 0) {
        if (!may_go_on(connection, supervisor, error))
            return false;
        if (wait_socket(connection->session, POLLIN | POLLOUT) && !consume(connection))
            break;
    }
    return true;
}

/* Waits for the next result of the running statement; false when it was stopped. */
static bool
wait_result(struct connection *connection, const struct supervisor *supervisor, PGresult **result,
            GError **error)
{
    int tick = supervisor != NULL ? FIRST_TICK_MS : TICK_MS;
    while (PQisBusy(connection->session) != 0) {
        if (!may_go_on(connection, supervisor, error))
            return false;
        if (wait_socket_for(connection->session, POLLIN, tick) && !consume(connection))
            break;
        tick = MIN(2 * tick, TICK_MS);
    }
    *result = PQgetResult(connection->session);
    return true;
}

static bool
query_failed(struct connection *connection, GError **error)
{
    const struct server_error *said = &connection->error;
    if (PQstatus(connection->session) == CONNECTION_BAD)
        return failure_set(
            error, FAILURE_DATABASE,
            "the connection to %s broke (%s). Try again, or look into the server's log.",
            connection->place, said->message);
    return failure_set(error, FAILURE_DATABASE, "the server refused a query of dbdoc (%s: %s%s%s).",
                       connection->place, said->message, said->detail != NULL ? ". " : "",
                       said->detail != NULL ? said->detail : "");
}

/* Keeps the last good result with rows, frees the rest, remembers the first error. */
static bool
take_result(struct connection *connection, PGresult *result, PGresult **kept)
{
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        PQclear(*kept);
        *kept = result;
        return true;
    }
    remember_error(connection, result);
    PQclear(result);
    return false;
}

/* Takes the results of what was sent (0: it could not be); the last good one with rows in *kept. */
static bool
receive(struct connection *connection, int sent, PGresult **kept, GError **error)
{
    bool good = true;
    if (sent == 0) {
        remember_error(connection, NULL);
        return query_failed(connection, error);
    }
    if (!flush(connection, NULL, error))
        return false;
    for (;;) {
        PGresult *result = NULL;
        if (!wait_result(connection, NULL, &result, error))
            return false;
        if (result == NULL)
            break;
        good = take_result(connection, result, kept) && good;
    }
    return good || query_failed(connection, error);
}

/* The prepared statement of that text; NULL when the server does not take it. */
static const char *
find_plan(struct connection *connection, const char *sql, GError **error)
{
    const char *known = g_hash_table_lookup(connection->plans, sql);
    if (known != NULL)
        return known;
    PGresult *nothing = NULL;
    char *name = g_strdup_printf("dbdoc_%u", g_hash_table_size(connection->plans));
    int sent = PQsendPrepare(connection->session, name, sql, 0, NULL);
    bool taken = receive(connection, sent, &nothing, error);
    PQclear(nothing);
    if (taken)
        g_hash_table_insert(connection->plans, g_strdup(sql), name);
    else
        g_free(name);
    return taken ? name : NULL;
}

void
connection_keep_plans(struct connection *connection)
{
    if (connection->plans == NULL)
        connection->plans = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

bool
connection_query(struct connection *connection, const char *sql, const char *const *parameters,
                 size_t parameter_count, struct rows **rows, GError **error)
{
    PGresult *kept = NULL;
    const char *plan = NULL;
    server_error_clear(&connection->error);
    if (connection->plans != NULL && rows != NULL) {
        plan = find_plan(connection, sql, error);
        if (plan == NULL)
            return false;
    }
    int sent = plan != NULL ? PQsendQueryPrepared(connection->session, plan, (int)parameter_count,
                                                  parameters, NULL, NULL, 0)
                            : PQsendQueryParams(connection->session, sql, (int)parameter_count,
                                                NULL, parameters, NULL, NULL, 0);
    bool good = receive(connection, sent, &kept, error);
    if (good && rows != NULL)
        *rows = rows_new(g_steal_pointer(&kept));
    PQclear(kept);
    return good;
}

/* Sends the lines of COPY data. A server that has had enough says so in the next result. */
static bool
feed_copy(struct connection *connection, const struct supervisor *supervisor,
          const struct copy_source *copy, GError **error)
{
    const char *line = NULL;
    size_t length = 0;
    size_t waiting = 0;
    const char *complaint = copy == NULL ? "no data" : NULL;
    while (complaint == NULL && copy->next(copy->data, &line, &length)) {
        if (PQputCopyData(connection->session, line, (int)length) != 1)
            complaint = "dbdoc cannot send on";
        waiting += length;
        if (waiting < FLUSH_BYTES)
            continue;
        if (!may_go_on(connection, supervisor, error) || !flush(connection, supervisor, error))
            return false;
        waiting = 0;
    }
    PQputCopyEnd(connection->session, complaint);
    return flush(connection, supervisor, error);
}

/* Takes what COPY … TO STDOUT sends, and throws it away when nobody wants it. */
static bool
drain_copy(struct connection *connection, const struct supervisor *supervisor, GError **error)
{
    for (;;) {
        char *line = NULL;
        int length = PQgetCopyData(connection->session, &line, 1);
        if (length > 0 && connection->copied != NULL)
            g_string_append_len(connection->copied, line, length);
        if (line != NULL)
            PQfreemem(line);
        if (length < 0)
            return true;
        if (length > 0)
            continue;
        if (!may_go_on(connection, supervisor, error))
            return false;
        if (wait_socket(connection->session, POLLIN) && !consume(connection))
            return true;
    }
}

/* Frees the result; false when the statement was stopped. The first failure is remembered. */
static bool
handle_result(struct connection *connection, PGresult *result, const struct supervisor *supervisor,
              const struct copy_source *copy, GError **error)
{
    ExecStatusType status = PQresultStatus(result);
    bool failed = status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
    if (failed && connection->error.message == NULL)
        remember_error(connection, result);
    if (status == PGRES_SINGLE_TUPLE && connection->copied != NULL)
        g_string_append(connection->copied, PQgetvalue(result, 0, 0));
    PQclear(result);
    if (status == PGRES_COPY_IN)
        return feed_copy(connection, supervisor, copy, error);
    return status != PGRES_COPY_OUT || drain_copy(connection, supervisor, error);
}

static bool
run_failed(const struct connection *connection, GError **error)
{
    return failure_set(error, FAILURE_DATABASE, "%s", connection->error.message);
}

/* Takes all results of a statement that was sent; false when it was stopped. */
static bool
take_results(struct connection *connection, const struct supervisor *supervisor,
             const struct copy_source *copy, GError **error)
{
    PQsetSingleRowMode(connection->session); /* a result may be larger than memory */
    if (!flush(connection, supervisor, error))
        return false;
    for (PGresult *result = NULL;;) {
        if (!wait_result(connection, supervisor, &result, error))
            return false;
        if (result == NULL)
            return true;
        if (!handle_result(connection, result, supervisor, copy, error))
            return false;
    }
}

/* Finishes what was sent, if it was. */
static bool
finish_run(struct connection *connection, bool sent, const struct supervisor *supervisor,
           const struct copy_source *copy, GError **error)
{
    if (!sent) {
        remember_error(connection, NULL);
        return run_failed(connection, error);
    }
    if (!take_results(connection, supervisor, copy, error)) {
        server_error_clear(&connection->error); /* not the server ended it */
        return false;
    }
    return connection->error.message == NULL || run_failed(connection, error);
}

bool
connection_run(struct connection *connection, const char *sql, const struct supervisor *supervisor,
               const struct copy_source *copy, GError **error)
{
    server_error_clear(&connection->error);
    bool sent = PQsendQuery(connection->session, sql) != 0;
    return finish_run(connection, sent, supervisor, copy, error);
}

bool
connection_copy_out(struct connection *connection, const char *sql,
                    const struct supervisor *supervisor, GString *copied, GError **error)
{
    connection->copied = copied;
    bool done = connection_run(connection, sql, supervisor, NULL, error);
    connection->copied = NULL;
    return done;
}

bool
connection_run_one(struct connection *connection, const char *sql,
                   const struct supervisor *supervisor, GError **error)
{
    server_error_clear(&connection->error);
    bool sent = PQsendQueryParams(connection->session, sql, 0, NULL, NULL, NULL, NULL, 0) != 0;
    return finish_run(connection, sent, supervisor, NULL, error);
}

bool
connection_ask_one(struct connection *connection, const char *sql,
                   const struct supervisor *supervisor, GString *answer, GError **error)
{
    connection->copied = answer;
    bool done = connection_run_one(connection, sql, supervisor, error);
    connection->copied = NULL;
    return done;
}

int
connection_process(const struct connection *connection)
{
    return PQbackendPID(connection->session);
}

enum transaction
connection_transaction(const struct connection *connection)
{
    switch (PQtransactionStatus(connection->session)) {
    case PQTRANS_IDLE:
        return TRANSACTION_NONE;
    case PQTRANS_ACTIVE:
    case PQTRANS_INTRANS:
        return TRANSACTION_OPEN;
    case PQTRANS_INERROR:
        return TRANSACTION_FAILED;
    case PQTRANS_UNKNOWN:
        break;
    }
    return TRANSACTION_LOST;
}
