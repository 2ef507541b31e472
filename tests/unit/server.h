/* server.h - the private PostgreSQL that programs named test_server_* find in $SERVER. */
#ifndef DBDOC_TEST_SERVER_H
#define DBDOC_TEST_SERVER_H

#include "catalog/catalog.h"
#include "introspect/introspect.h"
#include "postgres/connection.h"

#include <glib.h>

/* What a test does not expect to fail ends the program when it does. */
struct connection *server_connect(const char *database, const char *user);
struct connection *server_create(const char *database); /* made new, as superuser */
void server_run(struct connection *connection, const char *sql);

/* Runs tests/fixtures/NAME.sql, and NAME-14.sql … as far as the server knows that version. */
void server_load(struct connection *connection, const char *name);

/* The rows of a query as lines, sorted by bytes: columns joined with "|", NULL as "", true and
 * false. */
char *server_ask(struct connection *connection, const char *sql);

/* A statement that is still running when this returns; server_finish waits for its end. */
struct server_task;
struct server_task *server_begin(const char *database, const char *sql);
void server_finish(struct server_task *task);

/* The catalog as dbdoc reads it. */
struct database *server_read(const char *database);
struct database *server_read_as(const char *database, const char *user,
                                const struct introspect_options *options, GError **error);

/* Makes `copy` a database with the structure of another: pg_dump -s, then psql. */
void server_copy(const char *database, const char *copy);

/* What pg_restore lists of a dump of its structure: "217; 1259 16386 TABLE shop orders postgres" …;
 * NULL: pg_dump does not read a server as new as this one. */
char *server_contents(const struct connection *connection, const char *database);

/* Everything that PostgreSQL wrote into its log so far. */
char *server_log(void);

#endif
