/* statements.c - an export of pg_stat_statements as CSV. Which columns there are says its first
 * line: those of PostgreSQL 13 to 18 and of what came before; others are passed over. */
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

/* The field of a line as new memory; NULL: there is none. */
static char *
value_of(const struct columns *columns, enum field field, const struct span *fields, size_t count)
{
    size_t place = columns->places[field];
    return place < count ? g_strndup(fields[place].text, fields[place].length) : NULL;
}

static int64_t
number_of(const struct columns *columns, enum field field, const struct span *fields, size_t count)
{
    gint64 number = -1;
    g_autofree char *text = value_of(columns, field, fields, count);
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
read_moments(struct lines *lines, const struct span *fields, size_t count)
{
    struct workload_reading *reading = &lines->reading;
    g_autofree char *taken = value_of(&lines->columns, TAKEN_AT, fields, count);
    g_autofree char *since = value_of(&lines->columns, SINCE, fields, count);
    if (reading->taken_at == NULL)
        reading->taken_at = moment_of(lines->gathering->arena, taken);
    if (reading->since == NULL)
        reading->since = moment_of(lines->gathering->arena, since);
}

static void
read_line(struct lines *lines, struct span record)
{
    struct span fields[FIELDS_MOST];
    const size_t count = csv_split(record, fields, FIELDS_MOST);
    const struct columns *columns = &lines->columns;
    g_autofree char *sql = value_of(columns, QUERY, fields, count);
    g_autofree char *total = value_of(columns, TOTAL, fields, count);
    struct usage usage = {
        .rows = number_of(columns, ROWS, fields, count),
        .blocks_hit = number_of(columns, HIT, fields, count),
        .blocks_read = number_of(columns, READ, fields, count),
    };
    const int64_t calls = number_of(columns, CALLS, fields, count);
    if (sql == NULL || calls < 1 || !read_time(total, &usage.total_ms)) {
        lines->useless++;
        return;
    }
    usage.calls = (uint64_t)calls;
    read_moments(lines, fields, count);
    if (g_str_equal(sql, REFUSED_TEXT)) {
        lines->hidden++;
        return;
    }
    g_autofree char *clean = text_clean(sql);
    struct query *query = gathering_find(lines->gathering, clean, QUERY_OF_STATEMENTS, NULL);
    if (query != NULL)
        usage_add(&query->statements, &usage);
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
