/* part_usage.c - what was counted of queries: calls, time, rows and blocks. All of it was observed,
 * and each part says where and when. */
#include "site/parts.h"

#include "site/words.h"
#include "workload/workload.h"

#define MICROSECONDS 1000.0
#define LONGEST      9e15 /* that a number of microseconds holds exactly */

static int64_t
microseconds(double milliseconds)
{
    double time = milliseconds * MICROSECONDS;
    return time > LONGEST ? (int64_t)LONGEST : (int64_t)time;
}

/* From microseconds to hours. Free with g_free. */
static char *
time_words(double milliseconds)
{
    enum { MINUTE = 60, HOUR = 60 * 60 };
    const double seconds = milliseconds / 1000;
    if (milliseconds < 0.1)
        return g_strdup_printf("%.0f µs", milliseconds * MICROSECONDS);
    if (seconds < 2.0 * MINUTE)
        return words_duration(microseconds(milliseconds));
    const bool long_time = seconds >= 2.0 * HOUR;
    g_autofree char *number = words_number((int64_t)(seconds / (long_time ? HOUR : MINUTE)));
    return g_strconcat(number, long_time ? " h" : " min", NULL);
}

/* ---- where it comes from ---- */

static const char *const source_words[] = {
    "pg_stat_statements of the server",
    "an export of pg_stat_statements",
    "a log of the server",
    "a log of Ecto",
};

static const char *
source_word(const struct workload_reading *reading)
{
    switch (reading->source) {
    case QUERY_OF_STATEMENTS:
        return source_words[reading->file != NULL];
    case QUERY_OF_LOG:
    case QUERY_OF_PLAN:
        return source_words[2];
    case QUERY_OF_ECTO:
        return source_words[3];
    case QUERY_OF_FILE:
        break;
    }
    g_assert_not_reached();
}

/* "Observed: an export of pg_stat_statements, pgss.csv, read 27 Nov 2026, 06:14 UTC, counting since
 * …." */
static void
add_reading(xmlNode *section, const struct workload_reading *reading)
{
    g_autoptr(GString) words = g_string_new("Observed: ");
    g_autofree char *taken = reading->taken_at != NULL ? words_moment(reading->taken_at) : NULL;
    g_autofree char *since = reading->since != NULL ? words_moment(reading->since) : NULL;
    g_string_append(words, source_word(reading));
    if (reading->file != NULL)
        g_string_append_printf(words, ", %s", reading->file);
    if (taken != NULL)
        g_string_append_printf(words, ", read %s", taken);
    if (since != NULL)
        g_string_append_printf(words, ", counting since %s", since);
    if (taken == NULL && reading->source == QUERY_OF_STATEMENTS)
        g_string_append(words, "; when it was read is not said");
    g_string_append_c(words, '.');
    sheet_hint(section, words->str);
}

static void
add_readings(const struct sheet *sheet, xmlNode *section, unsigned sources)
{
    const struct workload *workload = sheet->site->model->workload;
    for (size_t i = 0; i < workload->reading_count; i++)
        if ((workload->readings[i].source & sources) != 0)
            add_reading(section, &workload->readings[i]);
}

void
part_workload(const struct sheet *sheet, xmlNode *section)
{
    add_readings(sheet, section, ~0U);
}

/* ---- figures ---- */

bool
part_query_cost(const struct sheet *sheet, xmlNode *row, const struct query *query)
{
    const struct workload *workload = sheet->site->model->workload;
    const struct usage *usage = workload_usage(workload, query);
    if (usage->calls == 0)
        return false;
    xmlNode *cost = tree_element(row, "cost");
    const int64_t time = microseconds(usage->total_ms);
    g_autofree char *share = words_share(time, microseconds(workload_total_cost(workload)));
    g_autofree char *total = time_words(usage->total_ms);
    g_autofree char *mean = time_words(usage->total_ms / (double)usage->calls);
    g_autofree char *calls = words_count((int64_t)usage->calls, "call");
    tree_attribute(cost, "share", share);
    tree_attribute(cost, "total", total);
    tree_format(cost, "calls", "%s of %s", calls, mean);
    return true;
}

static void
add_figure(xmlNode *table, const char *label, const char *value)
{
    xmlNode *fact = tree_element(table, "fact");
    tree_text_element(fact, "head", label);
    tree_text_element(fact, "text", value);
}

/* Free with g_free. */
static char *
each_words(int64_t all, uint64_t calls)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    const double each = (double)all / (double)calls;
    if (all == 0 || each >= 10)
        return words_number((int64_t)(each + 0.5));
    if (each < 0.1)
        return g_strdup("less than 0.1");
    return g_strdup(g_ascii_formatd(number, sizeof number, "%.1f", each));
}

static void
add_each(xmlNode *table, const char *label, int64_t all, uint64_t calls)
{
    if (all < 0)
        return;
    g_autofree char *each = each_words(all, calls);
    add_figure(table, label, each);
}

void
part_query_usage(struct sheet *sheet, const struct query *query)
{
    const struct workload *workload = sheet->site->model->workload;
    const struct usage *usage = workload_usage(workload, query);
    if (usage->calls == 0)
        return;
    const int64_t time = microseconds(usage->total_ms);
    xmlNode *section = sheet_section(sheet, "usage", "What it costs", -1);
    add_readings(sheet, section,
                 usage == &query->statements ? QUERY_OF_STATEMENTS
                                             : query->sources & ~(unsigned)QUERY_OF_STATEMENTS);
    xmlNode *table = tree_element(section, "brief");
    g_autofree char *calls = words_number((int64_t)usage->calls);
    g_autofree char *total = time_words(usage->total_ms);
    g_autofree char *mean = time_words(usage->total_ms / (double)usage->calls);
    g_autofree char *share = words_share(time, microseconds(workload_total_cost(workload)));
    add_figure(table, "Calls", calls);
    add_figure(table, "Time of one call, on average", mean);
    add_figure(table, "Time of all calls", total);
    add_figure(table, "Share of the time of all queries here", share);
    add_each(table, "Rows of one call, on average", usage->rows, usage->calls);
    add_each(table, "Blocks of one call, found in shared buffers", usage->blocks_hit, usage->calls);
    add_each(table, "Blocks of one call, not found there", usage->blocks_read, usage->calls);
}

void
part_query_sites(struct sheet *sheet, const struct query *query)
{
    if (query->site_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "sites", "Where it is asked",
                                     (int64_t)query->site_count);
    add_readings(sheet, section, QUERY_OF_ECTO);
    xmlNode *table = tree_element(section, "brief");
    for (size_t i = 0; i < query->site_count; i++) {
        const struct call_site *site = &query->sites[i];
        xmlNode *fact = tree_element(table, "fact");
        g_autofree char *calls = words_count((int64_t)site->calls, "call");
        tree_text_element(tree_element(fact, "head"), "c", site->function);
        xmlNode *text = tree_element(fact, "text");
        tree_text(text, calls);
        if (site->file == NULL)
            continue;
        g_autofree char *place = g_strdup_printf("%s:%u", site->file, site->line);
        tree_text(text, ", in ");
        tree_text_element(text, "c", place);
    }
}
