/* gathering.c - what several sources say of one query comes together here. */
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/text.h"
#include "workload/deeds.h"

#include <string.h>
#include <unistd.h>

#define QUERIES_MOST 10000

const struct usage usage_none = {.rows = -1, .blocks_hit = -1, .blocks_read = -1};

static int64_t
sum(int64_t a, int64_t b)
{
    return a < 0 || b < 0 ? -1 : a + b;
}

void
usage_add(struct usage *usage, const struct usage *other)
{
    if (usage->calls == 0) {
        *usage = *other;
        return;
    }
    usage->calls += other->calls;
    usage->total_ms += other->total_ms;
    usage->rows = sum(usage->rows, other->rows);
    usage->blocks_hit = sum(usage->blocks_hit, other->blocks_hit);
    usage->blocks_read = sum(usage->blocks_read, other->blocks_read);
}

/* ---- queries ---- */

static void
keep(struct gathering *gathering, struct query *query)
{
    g_ptr_array_add(gathering->queries, query);
    if (!g_hash_table_contains(gathering->by_fingerprint, query->fingerprint))
        g_hash_table_insert(gathering->by_fingerprint, (gpointer)(guintptr)query->fingerprint,
                            query);
}

void
gathering_begin(struct gathering *gathering, struct arena *arena, const struct workload *workload)
{
    *gathering = (struct gathering){
        .arena = arena,
        .queries = g_ptr_array_new(),
        .by_fingerprint = g_hash_table_new(g_str_hash, g_str_equal),
        .readings = g_array_new(FALSE, FALSE, sizeof(struct workload_reading)),
        .gaps = g_array_new(FALSE, FALSE, sizeof(struct workload_problem)),
        .repetitions = repetitions_new(),
        .deeds = deeds_new(),
    };
    for (size_t i = 0; i < workload->count; i++) {
        gathering->of_files += (workload->queries[i].sources & QUERY_OF_FILE) != 0;
        keep(gathering, &workload->queries[i]);
    }
    if (workload->reading_count > 0)
        g_array_append_vals(gathering->readings, workload->readings,
                            (guint)workload->reading_count);
    if (workload->gap_count > 0)
        g_array_append_vals(gathering->gaps, workload->gaps, (guint)workload->gap_count);
}

static int
by_fingerprint(const void *a, const void *b)
{
    const struct query *const *x = a;
    const struct query *const *y = b;
    return strcmp((*x)->fingerprint, (*y)->fingerprint);
}

/* The fingerprint, as long as no file of queries says it as a name. */
static void
name_queries(struct gathering *gathering)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < gathering->queries->len; i++) {
        struct query *query = gathering->queries->pdata[i];
        if (i >= gathering->of_files)
            query->name = g_hash_table_contains(taken, query->fingerprint)
                              ? arena_printf(gathering->arena, "%s-seen", query->fingerprint)
                              : query->fingerprint;
        g_hash_table_add(taken, (gpointer)(guintptr)query->name);
    }
}

static void
count_readings(struct gathering *gathering)
{
    for (guint i = 0; i < gathering->readings->len; i++) {
        struct workload_reading *reading = &g_array_index(gathering->readings,
                                                          struct workload_reading, i);
        reading->queries = 0;
        for (guint j = 0; j < gathering->queries->len; j++) {
            const struct query *query = gathering->queries->pdata[j];
            reading->queries += (query->sources & reading->source) != 0;
        }
    }
}

/* To where they stay, and with them what points to them. */
static void
move_queries(struct gathering *gathering, struct workload *workload)
{
    g_autoptr(GHashTable) moved = g_hash_table_new(NULL, NULL);
    workload->count = gathering->queries->len;
    struct query *queries = arena_array(gathering->arena, workload->count, sizeof *queries);
    for (guint i = 0; i < gathering->queries->len; i++) {
        queries[i] = *(const struct query *)gathering->queries->pdata[i];
        g_hash_table_insert(moved, gathering->queries->pdata[i], &queries[i]);
    }
    workload->queries = queries;
    repetitions_keep(gathering, moved, workload);
    deeds_keep(gathering, moved, workload);
}

void
gathering_end(struct gathering *gathering, struct workload *workload)
{
    const size_t added = gathering->queries->len - gathering->of_files;
    if (added > 0)
        qsort(gathering->queries->pdata + gathering->of_files, added, sizeof(gpointer),
              by_fingerprint);
    name_queries(gathering);
    count_readings(gathering);
    move_queries(gathering, workload);
    workload->reading_count = gathering->readings->len;
    workload->readings = arena_keep(gathering->arena, gathering->readings);
    workload->gap_count = gathering->gaps->len;
    workload->gaps = arena_keep(gathering->arena, gathering->gaps);
    g_ptr_array_unref(gathering->queries);
    g_hash_table_unref(gathering->by_fingerprint);
    g_array_unref(gathering->readings);
    g_array_unref(gathering->gaps);
    g_hash_table_unref(gathering->repetitions);
    g_hash_table_unref(gathering->deeds);
}

/* What tools ask the catalog is no business of the program: dbdoc's own questions, too, of which
 * some read no relation at all. */
static bool
asks_system(const struct shape *shape)
{
    const struct query_references *references = &shape->references;
    for (size_t i = 0; i < references->relation_count; i++) {
        const struct named_relation *relation = &references->relations[i];
        bool of_system = relation->schema != NULL
                             ? g_str_equal(relation->schema, "pg_catalog") ||
                                   g_str_equal(relation->schema, "information_schema")
                             : g_str_has_prefix(relation->name, "pg_");
        if (!of_system)
            return false;
    }
    return references->relation_count > 0 || (shape->traits.set & TRAIT_SYSTEM) != 0;
}

/* The statement is read once more, into the arena that stays. */
static struct query *
add(struct gathering *gathering, const char *sql)
{
    const struct shape shape = shape_of(gathering->arena, sql);
    struct query *query = arena_alloc(gathering->arena, sizeof *query);
    *query = (struct query){
        .kind = shape.kind,
        .text = shape.text,
        .layout = shape.layout,
        .fingerprint = shape.fingerprint,
        .references = shape.references,
        .traits = shape.traits,
        .problem = shape.problem,
        .statements = usage_none,
        .logged = usage_none,
    };
    keep(gathering, query);
    return query;
}

struct query *
gathering_find(struct gathering *gathering, const char *sql, enum query_source source,
               struct equalities *equalities)
{
    struct arena *scratch = arena_new();
    const struct shape shape = shape_of(scratch, sql);
    struct query *query = g_hash_table_lookup(gathering->by_fingerprint, shape.fingerprint);
    const bool is_command = shape.kind == SHAPE_OTHER && shape.is_read;
    if (query == NULL && !is_command && !asks_system(&shape)) {
        if (gathering->queries->len < QUERIES_MOST)
            query = add(gathering, sql);
        else
            gathering->too_many++;
    }
    if (equalities != NULL) {
        *equalities = shape.equalities;
        for (size_t i = 0; i < equalities->count; i++)
            equalities->items[i].column = arena_intern(gathering->arena,
                                                       equalities->items[i].column);
    }
    arena_free(scratch);
    if (query != NULL)
        query->sources |= source;
    return query;
}

void
gathering_complain(struct gathering *gathering, const char *file, unsigned line, const char *format,
                   ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *clean_file = text_clean(file);
    g_autofree char *clean = g_strdelimit(text_clean(words), "`", '\''); /* marks code */
    const struct workload_problem gap = {
        .file = arena_intern(gathering->arena, clean_file),
        .line = line,
        .words = arena_text(gathering->arena, clean, -1),
    };
    g_array_append_val(gathering->gaps, gap);
}

/* ---- files ---- */

static bool
read_log(struct gathering *gathering, const char *file, struct stream *stream, enum log_form form,
         GError **error)
{
    static bool (*const readers[])(struct log * log, struct stream * stream,
                                   GError * *error) = {[LOG_CSV] = log_read_csv,
                                                       [LOG_JSON] = log_read_json,
                                                       [LOG_TEXT] = log_read_text,
                                                       [LOG_ECTO] = log_read_ecto,
                                                       [LOG_ECTO_JSON] = log_read_ecto_json};
    const enum query_source source = form >= LOG_ECTO ? QUERY_OF_ECTO : QUERY_OF_LOG;
    const struct workload_reading reading = {.source = source, .file = file};
    struct log *log = log_new(gathering, source);
    progress_step("Reading %s", file);
    const bool done = readers[form](log, stream, error);
    if (log_taken(log) == 0)
        gathering_complain(gathering, file, 0, "this log holds no statement.");
    g_array_append_val(gathering->readings, reading);
    log_free(log);
    return done;
}

static bool
read_stream(struct gathering *gathering, const char *file, struct stream *stream, GError **error)
{
    struct span start;
    if (!stream_peek(stream, &start, error))
        return false;
    const char *end = memchr(start.text, '\n', start.length);
    g_autofree char *head = g_strndup(start.text,
                                      end != NULL ? (gsize)(end - start.text) : start.length);
    const enum log_form form = log_form_of(start);
    if (statements_are((struct span){head, strlen(head)}))
        return statements_read(gathering, file, stream, error);
    if (form != LOG_NONE)
        return read_log(gathering, file, stream, form, error);
    gathering_complain(gathering, file, 0,
                       "it is neither an export of pg_stat_statements with names in its first "
                       "line, nor a log of PostgreSQL, nor one with queries of "
                       "Ecto.");
    return true;
}

/* What is not there, or is no file that may be read, is a gap. */
static bool
read_file(struct gathering *gathering, const char *root, const char *file, GError **error)
{
    g_autoptr(GError) problem = NULL;
    int descriptor = file_open_below(root, file, &problem);
    if (descriptor >= 0) {
        struct stream *stream = stream_new(descriptor);
        read_stream(gathering, file, stream, &problem);
        if (stream_passed(stream) > 0)
            gathering_complain(gathering, file, 0, "%zu lines are longer than 4 MiB.",
                               stream_passed(stream));
        stream_free(stream);
        close(descriptor);
    }
    if (problem != NULL)
        gathering_complain(gathering, file, 0, "%s", problem->message);
    return interrupt_check(error);
}

bool
workload_read_seen(struct arena *arena, const char *root, const struct names *files,
                   struct workload *workload, GError **error)
{
    struct gathering gathering;
    bool done = true;
    if (files->count == 0)
        return true;
    gathering_begin(&gathering, arena, workload);
    for (size_t i = 0; done && i < files->count; i++)
        done = read_file(&gathering, root, files->items[i], error);
    if (gathering.too_many > 0)
        gathering_complain(&gathering, files->items[files->count - 1], 0,
                           "there are more than %d different queries; those that came later are "
                           "left out.",
                           QUERIES_MOST);
    gathering_end(&gathering, workload);
    return done;
}

/* ---- what it costs ---- */

static bool
counts_statements(const struct workload *workload)
{
    for (size_t i = 0; i < workload->reading_count; i++)
        if (workload->readings[i].source == QUERY_OF_STATEMENTS)
            return true;
    return false;
}

const struct usage *
workload_usage(const struct workload *workload, const struct query *query)
{
    return counts_statements(workload) ? &query->statements : &query->logged;
}

double
workload_cost(const struct workload *workload, const struct query *query)
{
    return workload_usage(workload, query)->total_ms;
}

double
workload_total_cost(const struct workload *workload)
{
    double total = 0;
    for (size_t i = 0; i < workload->count; i++)
        total += workload_cost(workload, &workload->queries[i]);
    return total;
}
