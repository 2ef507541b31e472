/* part_growth.c - the section "Growth": a bar for each moment of a series, the newest first. Of
 * many moments each month has one. */
#include "site/parts.h"

#include "model/series.h"
#include "site/words.h"

#include <string.h>

enum { BARS_MOST = 12, MONTH = sizeof "2026-01" - 1 };

/* A moment at which the size was known. */
struct size_seen {
    const struct moment *moment;
    int64_t bytes;
};

/* Newest first; free with g_array_unref. */
static GArray *
find_sizes(const struct model *model, const void *object)
{
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(struct size_seen));
    for (size_t i = model->series == NULL ? 0 : model->series->count; i > 0; i--) {
        const struct moment *moment = &model->series->moments[i - 1];
        struct size_seen size = {moment, series_bytes(model, moment, object)};
        if (size.bytes != NUMBER_UNKNOWN && series_is_alike(moment, model->observations))
            g_array_append_val(sizes, size);
    }
    return sizes;
}

/* Leaves the last one of each month, and of these the newest. */
static void
thin_out(GArray *sizes)
{
    const char *kept = NULL;
    for (guint i = 0; sizes->len > BARS_MOST && i < sizes->len;) {
        const char *taken = g_array_index(sizes, struct size_seen, i).moment->seen->taken_at;
        if (kept != NULL && strncmp(kept, taken, MONTH) == 0) {
            g_array_remove_index(sizes, i);
            continue;
        }
        kept = taken;
        i++;
    }
    g_array_set_size(sizes, MIN(sizes->len, (guint)BARS_MOST));
}

static void
add_bar(const struct sheet *sheet, xmlNode *bars, const struct size_seen *size, int64_t largest)
{
    const struct object *object = sheet->page->object;
    xmlNode *bar = tree_element(bars, "bar");
    g_autofree char *date = words_date(size->moment->seen->taken_at);
    g_autofree char *bytes = words_bytes(size->bytes);
    g_autofree char *percent = words_percent(size->bytes, largest);
    int64_t rows = object->kind == &kind_table
                       ? series_rows(sheet->site->model, size->moment, (const void *)object)
                       : NUMBER_UNKNOWN;
    g_autofree char *count = rows == NUMBER_UNKNOWN ? NULL : words_count(rows, "row");
    g_autofree char *text = g_strconcat(bytes, count != NULL ? ", " : NULL, count, NULL);
    tree_attribute(bar, "label", date);
    tree_attribute(bar, "text", text);
    tree_attribute(bar, "percent", percent);
}

static void
add_hint(const struct sheet *sheet, xmlNode *section)
{
    const struct object *object = sheet->page->object;
    const struct table *table = object->kind == &kind_table ? (const void *)object
                                                            : object_table(object);
    g_autoptr(GString) words = g_string_new("Observed on the ");
    g_string_append(words, sheet->site->model->observations->node);
    g_string_append(words, object->kind == &kind_table ? ": with TOAST and indexes. Rows are the "
                                                         "planner's estimate."
                                                       : ".");
    if (table != NULL && table->kind == TABLE_PARTITIONED)
        g_string_append(words, " Partitions that are gone are not counted.");
    sheet_hint(section, words->str);
}

void
part_growth(struct sheet *sheet)
{
    const struct model *model = sheet->site->model;
    g_autoptr(GArray) sizes = find_sizes(model, sheet->page->object);
    int64_t largest = 1;
    thin_out(sizes);
    if (sizes->len < 2)
        return;
    xmlNode *section = sheet_section(sheet, "growth", "Growth", -1);
    add_hint(sheet, section);
    xmlNode *bars = tree_element(section, "bars");
    for (guint i = 0; i < sizes->len; i++)
        largest = MAX(largest, g_array_index(sizes, struct size_seen, i).bytes);
    for (guint i = 0; i < sizes->len; i++)
        add_bar(sheet, bars, &g_array_index(sizes, struct size_seen, i), largest);
}
