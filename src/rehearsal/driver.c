/* driver.c - entries of the server's log become statements with what each did: DDL by what dbdoc's
 * event triggers told before and after it, all else without. Left out is what only a tool's own
 * bookkeeping needs: its tables, what reads the catalog alone, settings but for timeouts. */
#include "rehearsal/driver.h"

#include "base/failure.h"
#include "cluster/log.h"
#include "cluster/program.h"
#include "rehearsal/observe.h"
#include "source/treatment.h"

#include <string.h>

/* One statement as it was sent. */
struct sent {
    struct statement_evidence evidence;
    const char *process;
    const char *transaction;
    bool ended;
    unsigned told; /* how often triggers told of the time behind it */
};

struct reading {
    const struct stage *stage;
    const struct migration *migration;
    const struct migration_command *command;
    struct observer *observer; /* NULL: nobody looks */
    GArray *sent;              /* struct sent */
    const char *process;       /* that triggers told of last */
    const char *transaction;
};

static struct sent *
sent_at(const struct reading *reading, guint place)
{
    return &g_array_index(reading->sent, struct sent, place);
}

/* The newest of a session; NULL: there is none. */
static struct sent *
last_of(const struct reading *reading, const char *process)
{
    for (guint i = reading->sent->len; i-- > 0;)
        if (g_str_equal(sent_at(reading, i)->process, process))
            return sent_at(reading, i);
    return NULL;
}

static struct sent *
add_sent(struct reading *reading, const struct log_entry *entry, const char *sql)
{
    struct arena *arena = reading->stage->arena;
    const struct sent sent = {
        .evidence = {.sql = arena_text(arena, sql, -1),
                     .file = reading->migration->file,
                     .line = 1,
                     .sight = SIGHT_OUTSIDE},
        .process = arena_intern(arena, entry->process),
        .transaction = arena_intern(arena, entry->transaction),
    };
    g_array_append_val(reading->sent, sent);
    return sent_at(reading, reading->sent->len - 1);
}

/* What could not be read was not logged before it was refused. */
static void
take_refusal(struct reading *reading, const struct log_entry *entry)
{
    struct sent *sent = last_of(reading, entry->process);
    if (sent != NULL && sent->ended)
        sent = NULL;
    if (sent == NULL && entry->statement == NULL)
        return; /* the session ended, with nothing at work */
    if (sent == NULL)
        sent = add_sent(reading, entry, entry->statement);
    sent->ended = true;
    sent->evidence.words = arena_text(reading->stage->arena, entry->text, -1);
}

/* ---- What triggers told ---- */

static bool
is_own(const struct names *own, const char *relation)
{
    const char *dot = strrchr(relation, '.');
    const char *name = dot != NULL ? dot + 1 : relation;
    return names_contain(own, relation) || names_contain(own, name);
}

static void
drop_own_locks(const struct names *own, struct statement_evidence *evidence)
{
    size_t kept = 0;
    for (size_t i = 0; i < evidence->lock_count; i++)
        if (!is_own(own, evidence->locks[i].relation))
            evidence->locks[kept++] = evidence->locks[i];
    evidence->lock_count = kept;
}

static void *
join(struct arena *arena, const void *first, size_t count, const void *second, size_t more,
     size_t size)
{
    char *both = arena_array(arena, count + more, size);
    if (count > 0)
        memcpy(both, first, count * size);
    if (more > 0)
        memcpy(both + count * size, second, more * size);
    return both;
}

/* A statement may be told of in parts. */
static void
add_effects(const struct reading *reading, struct statement_evidence *to,
            const struct statement_evidence *more)
{
    struct arena *arena = reading->stage->arena;
    to->locks = join(arena, to->locks, to->lock_count, more->locks, more->lock_count,
                     sizeof *to->locks);
    to->lock_count += more->lock_count;
    to->rewrites = join(arena, to->rewrites, to->rewrite_count, more->rewrites, more->rewrite_count,
                        sizeof *to->rewrites);
    to->rewrite_count += more->rewrite_count;
    to->scans = join(arena, to->scans, to->scan_count, more->scans, more->scan_count,
                     sizeof *to->scans);
    to->scan_count += more->scan_count;
    to->sight = SIGHT_TRANSACTION;
}

/* Before DDL: what came since the last look was done by what was sent since then in the
 * transaction. It can be told of a statement when there is one alone. */
static struct sent *
alone_before(const struct reading *reading, const struct sent *current)
{
    struct sent *found = NULL;
    for (guint i = reading->sent->len; i-- > 0;) {
        struct sent *sent = sent_at(reading, i);
        if (sent == current || !g_str_equal(sent->process, current->process))
            continue;
        if (!g_str_equal(sent->transaction, current->transaction) || sent->told > 0)
            break;
        enum treatment treatment = treatment_of(sent->evidence.sql);
        if (treatment == TREAT_TRANSACTION || treatment == TREAT_SETTING)
            continue;
        if (found != NULL)
            return NULL;
        found = sent;
    }
    return found;
}

/* A statement that spans transactions has let its locks go when it is told of. */
static void
assign(struct reading *reading, const struct log_entry *entry, bool before,
       const struct statement_evidence *look)
{
    struct sent *current = last_of(reading, entry->process);
    if (current == NULL || !g_str_equal(current->transaction, entry->transaction))
        return;
    struct sent *meant = current;
    if (before && current->told == 0)
        meant = alone_before(reading, current);
    if (meant != NULL)
        add_effects(reading, &meant->evidence, look);
    current->told += !before;
}

static bool
take_told(struct reading *reading, const struct log_entry *entry, GError **error)
{
    static const char sql[] =
        "SELECT fact, relation, name, value "
        "FROM pg_catalog.jsonb_to_recordset($1::pg_catalog.jsonb) AS told(fact pg_catalog.text, "
        "relation pg_catalog.text, name pg_catalog.text, value pg_catalog.text)";
    const char *space = strchr(entry->text, ' ');
    bool before = g_str_has_prefix(entry->text, "ddl_command_start");
    struct rows *rows = NULL;
    if (reading->observer == NULL || space == NULL)
        return true;
    if (!cluster_ask(reading->stage->cluster, sql, space + 1, &rows, error))
        return false;
    if (g_strcmp0(reading->process, entry->process) != 0)
        observer_forget(reading->observer);
    else if (g_strcmp0(reading->transaction, entry->transaction) != 0)
        observer_forget_locks(reading->observer);
    reading->process = arena_intern(reading->stage->arena, entry->process);
    reading->transaction = arena_intern(reading->stage->arena, entry->transaction);
    struct statement_evidence look = {.sql = NULL};
    observer_take(reading->observer, rows, &look);
    rows_free(rows);
    drop_own_locks(&reading->command->own, &look);
    assign(reading, entry, before, &look);
    return true;
}

static bool
take_entry(struct reading *reading, const struct log_entry *entry, GError **error)
{
    struct sent *last = NULL;
    switch (entry->kind) {
    case LOG_STATEMENT:
        add_sent(reading, entry, entry->text);
        return true;
    case LOG_DURATION:
        last = last_of(reading, entry->process);
        if (last != NULL && !last->ended)
            last->evidence.microseconds = entry->microseconds;
        if (last != NULL)
            last->ended = true;
        return true;
    case LOG_REFUSAL:
        take_refusal(reading, entry);
        return true;
    case LOG_TOLD:
        return take_told(reading, entry, error);
    }
    g_assert_not_reached();
}

/* ---- What is worth telling ---- */

static bool
fits(const char *pattern, const char *text)
{
    return g_regex_match_simple(pattern, text, G_REGEX_CASELESS | G_REGEX_RAW, 0);
}

static bool
names_own(const struct names *own, const char *sql)
{
    for (size_t i = 0; i < own->count; i++) {
        const char *dot = strrchr(own->items[i], '.');
        g_autofree char *name = g_regex_escape_string(dot != NULL ? dot + 1 : own->items[i], -1);
        g_autofree char *pattern = g_strdup_printf("(?<![\\w$])%s(?![\\w$])", name);
        if (fits(pattern, sql))
            return true;
    }
    return false;
}

static bool
is_worth_telling(const struct reading *reading, const struct sent *sent)
{
    static const char session[] =
        "^\\s*(show|reset|discard|deallocate|close|fetch|listen|unlisten)\\b";
    static const char question[] =
        "^\\s*select\\s+(1|version\\(\\)|current_\\w+(\\(\\))?)\\s*;?\\s*$";
    static const char catalog[] = "^\\s*(select|with)\\b.*\\b(pg_\\w+|information_schema)\\b";
    const char *sql = sent->evidence.sql;
    switch (treatment_of(sql)) {
    case TREAT_TRANSACTION:
        return false;
    case TREAT_SETTING:
        return fits("\\b\\w+_timeout\\b", sql);
    case TREAT_RUN:
    case TREAT_DROP:
    case TREAT_ABOUT:
    case TREAT_EXTENSION:
    case TREAT_EXTENSION_COMMENT:
    case TREAT_SCHEMA:
    case TREAT_NOTHING:
    case TREAT_ROLE:
    case TREAT_DATABASE:
    case TREAT_DATABASE_COMMENT:
        break;
    }
    g_autofree char *line = g_strdelimit(g_strdup(sql), "\r\n", ' ');
    return !fits(session, line) && !fits(question, line) && !fits(catalog, line) &&
           !names_own(&reading->command->own, line);
}

/* Whether it stands behind a BEGIN of its own transaction. */
static bool
is_in_block(const struct reading *reading, const struct sent *sent)
{
    for (guint i = 0; sent_at(reading, i) != sent; i++) {
        const struct sent *earlier = sent_at(reading, i);
        if (g_str_equal(earlier->process, sent->process) &&
            g_str_equal(earlier->transaction, sent->transaction) &&
            fits("^\\s*(begin|start)\\b", earlier->evidence.sql))
            return true;
    }
    return false;
}

/* Whether all of them share a transaction. */
static enum isolation
isolation_of(const struct reading *reading, const GPtrArray *kept)
{
    for (guint i = 0; i < kept->len; i++) {
        const struct sent *sent = kept->pdata[i];
        const struct sent *first = kept->pdata[0];
        if (!is_in_block(reading, sent) || !g_str_equal(sent->process, first->process) ||
            !g_str_equal(sent->transaction, first->transaction))
            return NO_TRANSACTION;
    }
    return IN_TRANSACTION;
}

static void
keep_statements(const struct reading *reading, struct run_evidence *evidence)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (guint i = 0; i < reading->sent->len; i++)
        if (is_worth_telling(reading, sent_at(reading, i)))
            g_ptr_array_add(kept, sent_at(reading, i));
    evidence->isolation = isolation_of(reading, kept);
    evidence->count = kept->len;
    evidence->statements = arena_array(reading->stage->arena, kept->len,
                                       sizeof *evidence->statements);
    for (guint i = 0; i < kept->len; i++)
        evidence->statements[i] = ((const struct sent *)kept->pdata[i])->evidence;
}

static bool
read_entries(struct reading *reading, const GPtrArray *entries, struct run_evidence *evidence,
             GError **error)
{
    bool good = true;
    reading->sent = g_array_new(FALSE, TRUE, sizeof(struct sent));
    for (guint i = 0; good && i < entries->len; i++)
        good = take_entry(reading, entries->pdata[i], error);
    if (good)
        keep_statements(reading, evidence);
    g_array_unref(reading->sent);
    return good;
}

/* ---- Runs ---- */

static struct program
program_of(const struct migration_command *command)
{
    return (struct program){command->argv, command->folder, command->own};
}

/* What is there before the command begins. */
static bool
begin_to_look(struct reading *reading, const char *database, GError **error)
{
    const struct stage *stage = reading->stage;
    if (stage->attention == LOOKS_AWAY)
        return true;
    struct connection *session = cluster_connect(stage->cluster, database, error);
    reading->observer = session == NULL ? NULL : observer_begin(stage->arena, session, error);
    connection_close(session);
    return reading->observer != NULL;
}

static void
note_end(const struct reading *reading, const struct program_run *run,
         struct run_evidence *evidence)
{
    static const enum run_end ends[] = {
        [PROGRAM_DONE] = RUN_COMPLETE,
        [PROGRAM_FAILED] = RUN_FAILED,
        [PROGRAM_STOPPED] = RUN_LIMITED,
    };
    struct arena *arena = reading->stage->arena;
    const char *words = reading->command->words;
    evidence->end = ends[run->end];
    if (run->end == PROGRAM_FAILED)
        evidence->words = arena_printf(arena, "%s %s", words, run->words);
    if (run->end == PROGRAM_STOPPED)
        evidence->words = arena_text(arena, run->words, -1);
    if (run->end != PROGRAM_DONE || program_arrived(run))
        return;
    evidence->end = RUN_FAILED;
    evidence->words = arena_printf(arena,
                                   "%s ended well, but nothing of it arrived in the throw-away "
                                   "PostgreSQL",
                                   words);
}

bool
driver_run(const struct stage *stage, const char *database, const struct migration *migration,
           const struct migration_command *command, struct run_evidence *evidence, GError **error)
{
    struct reading reading = {.stage = stage, .migration = migration, .command = command};
    struct program_run run = {.words = NULL};
    const struct program program = program_of(command);
    evidence->command = command->words;
    bool good = begin_to_look(&reading, database, error) &&
                program_run(stage->cluster, database, &program, &run, error) &&
                read_entries(&reading, run.entries, evidence, error);
    if (good)
        note_end(&reading, &run, evidence);
    observer_end(reading.observer);
    program_run_clear(&run);
    return good;
}

static bool
complain(const struct migration_command *probe, const struct program_run *run, GError **error)
{
    return failure_set(error, FAILURE_USAGE,
                       "nothing of the probe, %s, arrived in the throw-away PostgreSQL (%s%s). "
                       "The command has to take the database from PGHOST, PGPORT, PGUSER and "
                       "PGDATABASE, or from DATABASE_URL. No migration was run.",
                       probe->words, run->end == PROGRAM_STOPPED ? "" : "it ",
                       run->words != NULL ? run->words : "ended well");
}

bool
driver_begin(const struct stage *stage, const char *database, const struct migration_command *probe,
             GError **error)
{
    struct program_run run = {.words = NULL};
    const struct program program = program_of(probe);
    bool good = program_equip(stage->cluster, database, error) &&
                program_run(stage->cluster, database, &program, &run, error);
    if (good && (!program_arrived(&run) || run.end == PROGRAM_STOPPED))
        good = complain(probe, &run, error);
    program_run_clear(&run);
    return good;
}
