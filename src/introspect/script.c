/* script.c - psql's CSV has the column names and the same texts that libpq gives; a byte that no
 * text holds stands for NULL. */
#include "introspect/script.h"

#include "base/failure.h"
#include "introspect/query.h"
#include "introspect/readings.h"

#include <string.h>

#define TITLE   "dbdoc reading 1"
#define SECTION "dbdoc answer "
#define END     "dbdoc end"
#define NOTHING "\x01"

static const char head[] =
    "-- The structure of a database, for people who let no tool in. It only reads the catalog, and "
    "the\n"
    "-- tables in which migration tools keep what they applied:\n"
    "--\n"
    "--   psql -X -q -f FILE DATABASE > reading.txt\n"
    "--   dbdoc snapshot reading.txt > snapshot.json\n"
    "--\n"
    "-- The second command needs no database; its result is that of \"dbdoc snapshot DATABASE\". "
    "What is\n"
    "-- masked in a snapshot is not in the reading: keep that to yourself. psql 12 or newer.\n"
    "\\set ON_ERROR_STOP on\n"
    "\\set QUIET on\n"
    "\\encoding UTF8\n"
    "\\pset format csv\n"
    "\\pset csv_fieldsep ','\n"
    "\\pset tuples_only off\n"
    "\\pset expanded off\n"
    "\\pset null '\\001'\n"
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n"
    "SELECT pg_catalog.current_setting('server_version_num')::pg_catalog.int4 / 10000 AS major "
    "\\gset\n"
    "\\qecho '" TITLE "'\n";

/* ---- writing ---- */

/* Whether the server is new enough for the lines marked with each of these. */
static void
put_versions(GString *script)
{
    g_string_append(script, "SELECT ");
    for (int major = QUERY_OLDEST + 1; major <= QUERY_NEWEST; major++)
        g_string_append_printf(script, "%s:major >= %d AS since_%d",
                               major > QUERY_OLDEST + 1 ? ", " : "", major, major);
    g_string_append(script, " \\gset\n");
}

/* The statement without the semicolon at its end, so that a command of psql may send it. */
static char *
statement_of(const char *query)
{
    g_autofree char *text = query_for_psql(query);
    char *end = strrchr(text, ';');
    g_assert(end != NULL && end[1 + strspn(end + 1, "\n")] == '\0');
    *end = '\0';
    return g_steal_pointer(&text);
}

static void
put_section(GString *script, const char *query)
{
    g_autofree char *text = query_for_psql(query);
    g_string_append_printf(script, "\n\\qecho '" SECTION "%s'\n%s", query, text);
}

static void
put_session(GString *script, unsigned lock_timeout)
{
    g_autofree char *timeout = g_strdup_printf("'%u',", lock_timeout);
    g_autofree char *text = statement_of(QUERY_SESSION);
    g_autoptr(GString) statement = g_string_new(text);
    g_string_replace(statement, "$1,", timeout, 1);
    g_string_append_printf(script, "\n%s\n\\gset\n", statement->str);
}

static void
put_histories(GString *script)
{
    g_autofree char *text = statement_of(QUERY_HISTORIES);
    g_string_append_printf(script,
                           "\n%s\n\\gset\n\\if :{?statement}\n\\qecho '" SECTION ANSWER_HISTORIES
                           "'\n:statement;\n\\endif\n",
                           text);
}

GString *
script_write(unsigned lock_timeout)
{
    GString *script = g_string_new(head);
    put_versions(script);
    put_session(script, lock_timeout);
    put_section(script, QUERY_SERVER);
    put_section(script, QUERY_PRESENT);
    for (const struct reading *reading = readings; reading->query != NULL; reading++)
        put_section(script, reading->query);
    put_histories(script);
    put_section(script, QUERY_VANISHED);
    g_string_append(script, "\n\\qecho '" END "'\nROLLBACK;\n");
    return script;
}

/* ---- reading ---- */

struct answers {
    GHashTable *rows; /* query → struct rows */
};

/* A text of records, and where it is read. */
struct cursor {
    const char *name; /* of the file */
    const char *next;
};

static bool
is_damaged(const struct cursor *cursor, GError **error)
{
    return failure_set(error, FAILURE_DATABASE,
                       "%s is not all that the script prints. Run it again, with ON_ERROR_STOP as "
                       "it is there, and see what psql says.",
                       cursor->name);
}

/* A field in quotes, which are doubled within it; NULL when it has no end. */
static char *
take_quoted(struct cursor *cursor)
{
    GString *text = g_string_new(NULL);
    for (const char *c = cursor->next + 1; *c != '\0'; c++) {
        if (*c == '"' && c[1] != '"') {
            cursor->next = c + 1;
            return g_string_free(text, FALSE);
        }
        c += *c == '"';
        g_string_append_c(text, *c);
    }
    g_string_free(text, TRUE);
    return NULL;
}

static char *
take_bare(struct cursor *cursor)
{
    size_t length = strcspn(cursor->next, ",\n");
    char *text = g_strndup(cursor->next, length);
    cursor->next += length;
    return text;
}

/* The fields up to the end of the line; NULL stands for itself. False when there is no whole one.
 */
static bool
take_record(struct cursor *cursor, GPtrArray *fields)
{
    g_ptr_array_set_size(fields, 0);
    while (*cursor->next != '\0') {
        bool quoted = *cursor->next == '"';
        g_autofree char *field = quoted ? take_quoted(cursor) : take_bare(cursor);
        if (field == NULL)
            return false;
        bool nothing = !quoted && g_str_equal(field, NOTHING);
        g_ptr_array_add(fields, nothing ? NULL : g_steal_pointer(&field));
        if (*cursor->next != ',')
            break;
        cursor->next++;
    }
    bool ends = *cursor->next == '\n';
    cursor->next += ends;
    return ends;
}

static const char *
only_field(const GPtrArray *fields)
{
    return fields->len == 1 ? fields->pdata[0] : NULL;
}

/* Whether a line that is no row of several columns stands there. */
static bool
is_at_title(const struct cursor *cursor)
{
    bool whole = cursor->next[strcspn(cursor->next, ",\"\n")] == '\n';
    return whole &&
           (g_str_has_prefix(cursor->next, SECTION) || g_str_has_prefix(cursor->next, END "\n"));
}

/* The rows up to the next section. */
static bool
take_rows(struct cursor *cursor, struct answers *answers, const char *query, GError **error)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    if (!take_record(cursor, columns))
        return is_damaged(cursor, error);
    while (!is_at_title(cursor)) {
        if (!take_record(cursor, fields) || fields->len != columns->len)
            return is_damaged(cursor, error);
        for (guint i = 0; i < fields->len; i++)
            g_ptr_array_add(values, g_steal_pointer(&fields->pdata[i]));
    }
    g_hash_table_insert(answers->rows, g_strdup(query), rows_of_texts(columns, values));
    return true;
}

static bool
take_sections(struct cursor *cursor, struct answers *answers, GError **error)
{
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
    while (take_record(cursor, fields)) {
        const char *title = only_field(fields);
        if (title != NULL && g_str_equal(title, END))
            return true;
        if (title == NULL || !g_str_has_prefix(title, SECTION))
            break;
        if (!take_rows(cursor, answers, title + strlen(SECTION), error))
            return false;
    }
    return is_damaged(cursor, error);
}

bool
script_printed(const char *text, size_t length)
{
    return length >= strlen(TITLE) && strncmp(text, TITLE, strlen(TITLE)) == 0;
}

struct answers *
answers_read(const char *name, const char *text, GError **error)
{
    struct cursor cursor = {name, text};
    g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
    struct answers *answers = g_new0(struct answers, 1);
    answers->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify)rows_free);
    bool begun = take_record(&cursor, fields) || is_damaged(&cursor, error);
    if (begun && take_sections(&cursor, answers, error))
        return answers;
    answers_free(answers);
    return NULL;
}

void
answers_free(struct answers *answers)
{
    g_hash_table_unref(answers->rows);
    g_free(answers);
}

struct rows *
answers_take(struct answers *answers, const char *query)
{
    struct rows *rows = NULL;
    char *key = NULL;
    if (!g_hash_table_steal_extended(answers->rows, query, (gpointer *)&key, (gpointer *)&rows))
        return NULL;
    g_free(key);
    return rows;
}
