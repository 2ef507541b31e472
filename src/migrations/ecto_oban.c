/* ecto_oban.c - sql/oban_NN.sql hold what each of Oban's migrations sends. A statement stands
 * behind a line "-- up" or "-- down", which may name the versions of Oban that send it
 * ("since 2.21.0", "before 2.18.1") and the option that asks for it ("create_schema", "unlogged");
 * {quoted} and {escaped} are the prefix. The end of its last line is not part of it. */
#include "migrations/ecto_oban.h"

#include "base/embedded.h"
#include "base/sql_lexer.h"
#include "elixir/lock.h"
#include "migrations/ecto_runner.h"

#include <string.h>

#define TABLE          "oban_jobs"
#define DEFAULT_PREFIX "public"
#define ANY_PREFIX     "" /* the key of what holds for all */

enum { UNKNOWN = -1, FIRST_VERSION = 1 };

/* The newest migration of each version of Oban. */
static const struct {
    unsigned since;
    int newest;
} newest_migrations[] = {{2021000, 14}, {2020000, 13}, {2017000, 12}, {2013000, 11}};

/* What the files tell: from the first to before the end, without one that was withdrawn. */
enum { KNOWN_SINCE = 2013000, KNOWN_BEFORE = 2024000, WITHDRAWN = 2021000 };

/* One call. */
struct request {
    unsigned library; /* Oban's version */
    const char *prefix;
    int64_t version;
    bool creates_schema;
    bool unlogged;
};

/* ---- The line ---- */

GHashTable *
oban_line_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static void
set_version(GHashTable *line, const char *prefix, int version)
{
    if (g_str_equal(prefix, ANY_PREFIX))
        g_hash_table_remove_all(line);
    g_hash_table_insert(line, g_strdup(prefix), GINT_TO_POINTER(version));
}

static int
get_version(GHashTable *line, const char *prefix)
{
    gpointer version = NULL;
    if (!g_hash_table_lookup_extended(line, prefix, NULL, &version))
        version = g_hash_table_lookup(line, ANY_PREFIX);
    return GPOINTER_TO_INT(version);
}

/* The schema of the table whose name begins at the token; NULL when it is no table of Oban's. The
 * token becomes the one behind the name. */
static char *
take_table(const char **sql, struct sql_token *token)
{
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;
    if (token->kind != SQL_WORD && token->kind != SQL_QUOTED)
        return NULL;
    first = sql_identifier(token);
    bool more = sql_next_word(sql, token);
    if (more && sql_is_sign(token, '.') && sql_next_word(sql, token)) {
        second = sql_identifier(token);
        more = sql_next_word(sql, token);
    }
    if (!more)
        *token = (struct sql_token){.kind = SQL_PUNCTUATION, .text = ";", .length = 1};
    if (!g_str_equal(second != NULL ? second : first, TABLE))
        return NULL;
    return g_strdup(second != NULL ? first : DEFAULT_PREFIX);
}

static bool
skip_words(const char **sql, struct sql_token *token, const char *const *words)
{
    bool more = true;
    for (; more && *words != NULL; words++)
        if (sql_is_word(token, *words))
            more = sql_next_word(sql, token);
    return more;
}

/* COMMENT ON TABLE … IS '12' */
static void
follow_comment(GHashTable *line, const char *sql, struct sql_token *token)
{
    static const char *const words[] = {"comment", "on", "table", NULL};
    g_autofree char *prefix = skip_words(&sql, token, words) ? take_table(&sql, token) : NULL;
    if (prefix == NULL)
        return;
    bool text = sql_is_word(token, "is") && sql_next_word(&sql, token) &&
                token->kind == SQL_STRING && *token->text == '\'';
    guint64 version = text ? g_ascii_strtoull(token->text + 1, NULL, 10) : 0;
    set_version(line, prefix, version > 0 && version < G_MAXINT ? (int)version : UNKNOWN);
}

static void
follow_drop(GHashTable *line, const char *sql, struct sql_token *token)
{
    static const char *const words[] = {"drop", "table", "if", "exists", NULL};
    g_autofree char *prefix = skip_words(&sql, token, words) ? take_table(&sql, token) : NULL;
    if (prefix != NULL)
        set_version(line, prefix, 0);
}

/* A table that gets another name or schema. */
static void
follow_alter(GHashTable *line, const char *sql, struct sql_token *token)
{
    static const char *const words[] = {"alter", "table", "if", "exists", "only", NULL};
    g_autofree char *prefix = skip_words(&sql, token, words) ? take_table(&sql, token) : NULL;
    bool renames = prefix != NULL && sql_is_word(token, "rename") && sql_next_word(&sql, token) &&
                   sql_is_word(token, "to");
    if (renames || (prefix != NULL && sql_is_word(token, "set") && sql_next_word(&sql, token) &&
                    sql_is_word(token, "schema")))
        set_version(line, ANY_PREFIX, UNKNOWN);
}

static void
follow_sql(GHashTable *line, const char *sql)
{
    struct sql_token token;
    if (strstr(sql, TABLE) == NULL || !sql_next_word(&sql, &token))
        return;
    if (sql_is_word(&token, "comment"))
        follow_comment(line, sql, &token);
    else if (sql_is_word(&token, "drop"))
        follow_drop(line, sql, &token);
    else if (sql_is_word(&token, "alter"))
        follow_alter(line, sql, &token);
}

void
oban_line_follow(GHashTable *line, const struct migration_step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (steps[i].kind != STEP_OPAQUE)
            follow_sql(line, steps[i].sql);
        else if (strstr(steps[i].source, "Oban.Migration") != NULL ||
                 strstr(steps[i].reason, "Oban") != NULL)
            set_version(line, ANY_PREFIX, UNKNOWN);
    }
}

/* What the table's comment says now: what is queued has not been sent. */
static int
migrated_version(const struct ecto_runner *runner, const char *prefix)
{
    g_autoptr(GHashTable) line = oban_line_new();
    GHashTableIter iter;
    gpointer key = NULL;
    gpointer version = NULL;
    g_hash_table_iter_init(&iter, runner->oban_line);
    while (g_hash_table_iter_next(&iter, &key, &version))
        set_version(line, key, GPOINTER_TO_INT(version));
    const GArray *steps = runner->steps;
    oban_line_follow(line, (const struct migration_step *)(const void *)steps->data, steps->len);
    return get_version(line, prefix);
}

/* ---- The files ---- */

/* Whether the words behind "-- up" ask for the statement. */
static bool
applies(const struct request *request, const char *words)
{
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    bool does = true;
    for (guint i = 0; parts[i] != NULL; i++) {
        if (g_str_equal(parts[i], "create_schema"))
            does = does && request->creates_schema;
        else if (g_str_equal(parts[i], "unlogged"))
            does = does && request->unlogged;
        else if (g_str_equal(parts[i], "since") && parts[i + 1] != NULL)
            does = does && request->library >= lock_parse_version(parts[++i]);
        else if (g_str_equal(parts[i], "before") && parts[i + 1] != NULL)
            does = does && request->library < lock_parse_version(parts[++i]);
    }
    return does;
}

static const struct value *
fill_in(struct evaluation *evaluation, const struct request *request, GString *sql)
{
    g_autofree char *quoted = g_strdup_printf("\"%s\"", request->prefix);
    g_string_truncate(sql, sql->len - 1);
    g_string_replace(sql, "{quoted}", quoted, 0);
    g_string_replace(sql, "{escaped}", request->prefix, 0);
    return value_string(evaluation->arena, sql->str, (gssize)sql->len);
}

/* Queues the statements of one of Oban's migrations. */
static bool
send_version(struct evaluation *evaluation, const struct call *call, const struct request *request,
             int version)
{
    g_autofree char *path = g_strdup_printf("src/migrations/sql/oban_%02d.sql", version);
    g_autofree char *mark = g_strdup_printf("-- %s", call->name);
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL); /* the file is ours */
    g_auto(GStrv) lines = g_strsplit(file->text, "\n", -1);
    g_autoptr(GString) sql = g_string_new(NULL);
    bool good = true;
    bool wanted = false;
    for (guint i = 1; lines[i] != NULL && good; i++) {
        bool ends = g_str_has_prefix(lines[i], "-- ") || lines[i + 1] == NULL;
        if (ends && sql->len > 0) {
            good = ecto_queue(evaluation, call->syntax, fill_in(evaluation, request, sql));
            g_string_truncate(sql, 0);
        }
        if (ends)
            wanted = g_str_has_prefix(lines[i], mark) && applies(request, lines[i] + strlen(mark));
        else if (wanted)
            g_string_append_printf(sql, "%s\n", lines[i]);
    }
    return good;
}

static bool
record_version(struct evaluation *evaluation, const struct call *call,
               const struct request *request, int version)
{
    const char *sql = arena_printf(evaluation->arena, "COMMENT ON TABLE \"%s\"." TABLE " IS '%d'",
                                   request->prefix, version);
    return version == 0 ||
           ecto_queue(evaluation, call->syntax, value_string(evaluation->arena, sql, -1));
}

/* ---- Calls ---- */

static int
newest_migration(unsigned library)
{
    size_t i = 0;
    while (library < newest_migrations[i].since)
        i++;
    return newest_migrations[i].newest;
}

/* Why what Oban sends is not known; NULL when it is. */
static const char *
find_obstacle(struct arena *arena, const struct request *request, const struct value *options)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    const struct value *prefix = ecto_option(options, "prefix");
    const struct value *version = ecto_option(options, "version");
    const struct value *opaque = value_find_opaque(options);
    if (request->library == 0)
        return "mix.lock does not say which version of Oban it is";
    if (request->library < KNOWN_SINCE || request->library >= KNOWN_BEFORE ||
        request->library == WITHDRAWN)
        return arena_printf(arena,
                            "mix.lock has Oban %u.%u.%u, and dbdoc knows what 2.13 to 2.23 send "
                            "(not 2.21.0)",
                            request->library / 1000000, request->library / 1000 % 1000,
                            request->library % 1000);
    if (opaque != NULL)
        return opaque->text;
    if (!value_is_nil(version) && version->kind != VALUE_INTEGER)
        return "the version for Oban is not known";
    if (!value_is_nil(prefix) && (prefix->kind != VALUE_STRING || prefix->length == 0 ||
                                  strspn(prefix->text, letters) != prefix->length))
        return "dbdoc does not follow Oban into a prefix of this name";
    return NULL;
}

static bool
is_asked(const struct value *options, const char *key, bool otherwise)
{
    const struct value *value = value_get(options, key);
    return value != NULL ? value_is_true(value) : otherwise;
}

static void
take_options(const struct value *options, bool up, struct request *request)
{
    const struct value *prefix = ecto_option(options, "prefix");
    const struct value *version = ecto_option(options, "version");
    request->prefix = value_is_nil(prefix) ? DEFAULT_PREFIX : prefix->text;
    request->version = !value_is_nil(version) ? version->integer
                       : up                   ? newest_migration(request->library)
                                              : FIRST_VERSION;
    request->creates_schema = is_asked(options, "create_schema",
                                       !g_str_equal(request->prefix, DEFAULT_PREFIX));
    request->unlogged = is_asked(options, "unlogged", true);
}

/* From the migration behind `initial` to the version asked for, or back from `initial`. */
static bool
send_range(struct evaluation *evaluation, const struct call *call, const struct request *request,
           int initial)
{
    bool up = g_str_equal(call->name, "up");
    int version = (int)request->version;
    bool good = true;
    for (int i = initial + 1; up && i <= version && good; i++)
        good = send_version(evaluation, call, request, i);
    for (int i = initial; !up && i >= version && good; i--)
        good = send_version(evaluation, call, request, i);
    return good && record_version(evaluation, call, request, up ? version : version - 1);
}

static const struct value *
run_request(struct evaluation *evaluation, const struct call *call, const struct request *request)
{
    const struct ecto_runner *runner = ecto_runner_of(evaluation);
    bool up = g_str_equal(call->name, "up");
    int newest = newest_migration(request->library);
    int initial = migrated_version(runner, request->prefix);
    if (initial == UNKNOWN || initial > newest)
        return evaluate_step(evaluation, call->syntax,
                             "which of Oban's migrations are applied here is not known");
    initial = up ? initial : MAX(initial, FIRST_VERSION);
    if (up ? initial >= request->version && initial > 0 : initial < request->version)
        return value_atom(evaluation->arena, "ok");
    if (request->version < FIRST_VERSION || request->version > newest)
        return evaluate_raise(
            evaluation, call->syntax, "UndefinedFunctionError",
            "function Oban.Migrations.%sV%02" G_GINT64_FORMAT ".%s/1 is undefined",
            request->library < 2014000 ? "" : "Postgres.", request->version, call->name);
    if (runner->direction == ECTO_BACKWARD)
        return evaluate_step(evaluation, call->syntax, "dbdoc does not turn Oban's calls round");
    return send_range(evaluation, call, request, initial) ? value_atom(evaluation->arena, "ok")
                                                          : NULL;
}

bool
oban_knows(const char *module, const char *name)
{
    return (g_str_equal(module, "Elixir.Oban.Migration") ||
            g_str_equal(module, "Elixir.Oban.Migrations")) &&
           (g_str_equal(name, "up") || g_str_equal(name, "down"));
}

const struct value *
oban_call(struct evaluation *evaluation, const struct call *call)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    const struct value *options = call->count > 0
                                      ? call->arguments[0]
                                      : value_of_items(evaluation->arena, VALUE_LIST, none);
    struct request request = {.library = ecto_runner_of(evaluation)->oban};
    const char *obstacle = find_obstacle(evaluation->arena, &request, options);
    if (obstacle != NULL)
        return evaluate_step(evaluation, call->syntax, "%s", obstacle);
    take_options(options, g_str_equal(call->name, "up"), &request);
    return run_request(evaluation, call, &request);
}
