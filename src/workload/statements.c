/* statements.c - pg_stat_statements, as an export in CSV and as a server has it. Which columns
 * there are says the first line of CSV: those of PostgreSQL 13 to 18 and of what came before;
 * others are passed over. */
#include "base/embedded.h"
#include "base/failure.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "workload/internal.h"

#include <math.h>
#include <string.h>

#define FIELDS_MOST  128
#define REFUSED_TEXT "<insufficient privilege>"

enum field { QUERY, CALLS, TOTAL, ROWS, HIT, READ, TAKEN_AT, SINCE, FIELD_COUNT };

static const struct {
    const char *name;
    enum field field;
} names[] = {
    {"query", QUERY},       {"calls", CALLS},         {"total_exec_time", TOTAL},
    {"total_time", TOTAL}, /* before pg_stat_statements 1.8 */
    {"rows", ROWS},         {"shared_blks_hit", HIT}, {"shared_blks_read", READ},
    {"taken_at", TAKEN_AT}, {"stats_reset", SINCE},
};

static const char *const required[] = {
    [QUERY] = "query", [CALLS] = "calls", [TOTAL] = "total_exec_time"};

/* Where the fields are; SIZE_MAX: nowhere. */
struct columns {
    size_t places[FIELD_COUNT];
};

static void
find_columns(struct span record, struct columns *columns)
{
    struct span fields[FIELDS_MOST];
    const size_t count = csv_split(record, fields, FIELDS_MOST);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        columns->places[i] = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < G_N_ELEMENTS(names); j++)
            if (span_is(fields[i], names[j].name))
                columns->places[names[j].field] = i;
}

bool
statements_are(struct span record)
{
    struct columns columns;
    if (record.length > 0 && record.text[record.length - 1] == '\r')
        record.length--;
    find_columns(record, &columns);
    return columns.places[QUERY] != SIZE_MAX && columns.places[CALLS] != SIZE_MAX;
}

/* ---- values ---- */

/* -1: not said, or no number. */
static int64_t
read_number(const char *text)
{
    gint64 number = -1;
    if (text == NULL || !g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &number, NULL))
        return -1;
    return number;
}

static bool
read_time(const char *text, double *time)
{
    char *end = NULL;
    if (text_is_empty(text))
        return false;
    *time = g_ascii_strtod(text, &end);
    return *end == '\0' && isfinite(*time) && *time >= 0;
}

/* "2026-01-02T03:04:05Z" of a timestamp as psql prints it; NULL when it is none. */
static const char *
moment_of(struct arena *arena, const char *text)
{
    if (text_is_empty(text))
        return NULL;
    g_autofree char *iso = g_strdup(text);
    if (strlen(iso) > 10 && iso[10] == ' ')
        iso[10] = 'T';
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601(iso, utc);
    if (moment == NULL)
        return NULL;
    g_autoptr(GDateTime) there = g_date_time_to_utc(moment);
    g_autofree char *written = g_date_time_format(there, "%Y-%m-%dT%H:%M:%SZ");
    return arena_text(arena, written, -1);
}

/* ---- lines ---- */

struct lines {
    struct gathering *gathering;
    struct columns columns;
    struct workload_reading reading;
    size_t hidden;  /* whose text the role may not see */
    size_t useless; /* without numbers */
};

static void
read_moments(struct lines *lines, const char *const values[FIELD_COUNT])
{
    struct workload_reading *reading = &lines->reading;
    if (reading->taken_at == NULL)
        reading->taken_at = moment_of(lines->gathering->arena, values[TAKEN_AT]);
    if (reading->since == NULL)
        reading->since = moment_of(lines->gathering->arena, values[SINCE]);
}

/* One statement; its values are in the order of enum field, and NULL where they are not said. */
static void
take_statement(struct lines *lines, const char *const values[FIELD_COUNT])
{
    struct usage usage = {
        .rows = read_number(values[ROWS]),
        .blocks_hit = read_number(values[HIT]),
        .blocks_read = read_number(values[READ]),
    };
    const int64_t calls = read_number(values[CALLS]);
    if (values[QUERY] == NULL || calls < 1 || !read_time(values[TOTAL], &usage.total_ms)) {
        lines->useless++;
        return;
    }
    usage.calls = (uint64_t)calls;
    read_moments(lines, values);
    if (g_str_equal(values[QUERY], REFUSED_TEXT)) {
        lines->hidden++;
        return;
    }
    g_autofree char *clean = text_clean(values[QUERY]);
    struct query *query = gathering_find(lines->gathering, clean, QUERY_OF_STATEMENTS, NULL);
    if (query != NULL)
        usage_add(&query->statements, &usage);
}

static void
read_line(struct lines *lines, struct span record)
{
    struct span fields[FIELDS_MOST];
    char *values[FIELD_COUNT];
    const size_t count = csv_split(record, fields, FIELDS_MOST);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const size_t place = lines->columns.places[i];
        values[i] = place < count ? g_strndup(fields[place].text, fields[place].length) : NULL;
    }
    take_statement(lines, (const char *const *)values);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        g_free(values[i]);
}

static void
complain(const struct lines *lines, const char *file)
{
    if (lines->useless > 0)
        gathering_complain(lines->gathering, file, 0,
                           "%zu of its lines have no text, no number of calls or no time.",
                           lines->useless);
    if (lines->hidden > 0)
        gathering_complain(
            lines->gathering, file, 0,
            "the role that exported it may not see the text of %zu of its statements. "
            "Export it as a member of pg_read_all_stats.",
            lines->hidden);
}

bool
statements_read(struct gathering *gathering, const char *file, struct stream *stream,
                GError **error)
{
    struct lines lines = {
        .gathering = gathering,
        .reading = {.source = QUERY_OF_STATEMENTS, .file = file},
    };
    struct span record;
    GError *problem = NULL;
    if (!stream_next(stream, RECORD_CSV, &record, error))
        return false;
    find_columns(record, &lines.columns);
    for (size_t i = 0; i < G_N_ELEMENTS(required); i++)
        if (lines.columns.places[i] == SIZE_MAX) {
            gathering_complain(gathering, file, 1, "it has no column %s.", required[i]);
            return true;
        }
    while (!interrupt_pending() && stream_next(stream, RECORD_CSV, &record, &problem))
        if (record.length > 0)
            read_line(&lines, record);
    g_array_append_val(gathering->readings, lines.reading);
    complain(&lines, file);
    if (problem != NULL)
        g_propagate_error(error, problem);
    return problem == NULL;
}

/* ---- of a server ---- */

static bool
ask(struct connection *connection, const char *name, struct rows **rows, GError **error)
{
    g_autofree char *path = g_strdup_printf("src/workload/sql/%s.sql", name);
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    return connection_query(connection, file->text, NULL, 0, rows, error);
}

static void
take_rows(struct lines *lines, const struct rows *rows, const char *since)
{
    const char *const columns[FIELD_COUNT] = {
        [QUERY] = "query",      [CALLS] = "calls",         [TOTAL] = "total_exec_time",
        [ROWS] = "rows",        [HIT] = "shared_blks_hit", [READ] = "shared_blks_read",
        [TAKEN_AT] = "taken_at"};
    for (size_t i = 0; i < rows_count(rows); i++) {
        const char *values[FIELD_COUNT] = {[SINCE] = since};
        for (size_t j = 0; j < FIELD_COUNT; j++)
            if (columns[j] != NULL)
                values[j] = rows_value(rows, i, rows_column(rows, columns[j]));
        take_statement(lines, values);
    }
}

/* Where there is such an extension; nothing of another one. */
static bool
read_view(struct connection *connection, struct lines *lines, bool *there, GError **error)
{
    struct rows *place = NULL;
    struct rows *info = NULL;
    struct rows *rows = NULL;
    if (!ask(connection, "statements_place", &place, error))
        return false;
    *there = rows_count(place) == 1;
    const bool has_info = *there &&
                          text_equal(rows_value(place, 0, rows_column(place, "has_info")), "t");
    bool done = !*there || ((!has_info || ask(connection, "statements_info", &info, error)) &&
                            ask(connection, "statements", &rows, error));
    const bool since = done && info != NULL && rows_count(info) == 1;
    if (done && *there)
        take_rows(lines, rows,
                  since ? rows_value(info, 0, rows_column(info, "stats_reset")) : NULL);
    g_clear_pointer(&rows, rows_free);
    g_clear_pointer(&info, rows_free);
    rows_free(place);
    return done;
}

bool
workload_read_server(struct arena *arena, struct connection *connection, struct workload *workload,
                     GError **error)
{
    struct gathering gathering;
    struct lines lines = {
        .gathering = &gathering,
        .reading = {.source = QUERY_OF_STATEMENTS},
    };
    bool there = false;
    if (!connection_query(connection, "BEGIN READ ONLY", NULL, 0, NULL, error))
        return false;
    gathering_begin(&gathering, arena, workload);
    bool done = read_view(connection, &lines, &there, error);
    if (done && there)
        g_array_append_val(gathering.readings, lines.reading);
    gathering_end(&gathering, workload);
    if (done && lines.hidden > 0)
        done = failure_set(error, FAILURE_DATABASE,
                           "the role may not see the text of %zu statements of others; "
                           "GRANT pg_read_all_stats to it shows them.",
                           lines.hidden);
    return connection_query(connection, "ROLLBACK", NULL, 0, NULL, done ? error : NULL) && done;
}
