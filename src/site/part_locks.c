/* part_locks.c - the statements of a direction on a line of time, and below them how long each lock
 * on what was there lasts. */
#include "site/parts.h"

#include "base/secret_sql.h"
#include "site/words.h"

#include <string.h>

enum { BARS_MOST = 60, LABEL_MOST = 60 };

#define NARROWEST 0.6 /* percent: a bar that can be seen */

/* A lock from when it is asked for to the end of its transaction. */
struct hold {
    const char *relation;
    enum lock_mode mode;
    int64_t from; /* microseconds since the first statement */
    int64_t to;
};

int64_t
part_duration(const struct run_evidence *run)
{
    int64_t sum = 0;
    for (size_t i = 0; i < run->count; i++)
        sum += run->statements[i].microseconds;
    return sum;
}

static void
set_span(xmlNode *bar, int64_t from, int64_t to, int64_t all)
{
    enum { WHOLE = 100 };
    double width = MAX((double)(to - from) * WHOLE / (double)all, NARROWEST);
    double start = MIN((double)from * WHOLE / (double)all, WHOLE - width);
    tree_format(bar, "x", "%.2f", start);
    tree_format(bar, "width", "%.2f", width);
    g_autofree char *time = words_duration(to - from);
    tree_attribute(bar, "time", time);
}

/* The begin of the statement on one line. Free with g_free. */
static char *
label_of(const char *sql)
{
    g_autofree char *safe = secret_mask_sql(sql, SECRET_FOR_READING);
    g_auto(GStrv) words = g_strsplit_set(safe, " \n\t", -1);
    GString *label = g_string_new(NULL);
    for (char **word = words; *word != NULL && label->len < LABEL_MOST; word++)
        if (**word != '\0')
            g_string_append_printf(label, "%s%s", label->len > 0 ? " " : "", *word);
    return g_string_free(label, FALSE);
}

static void
add_bar(xmlNode *gantt, const struct statement_evidence *statement, size_t number, int64_t from,
        int64_t all)
{
    xmlNode *bar = tree_element(gantt, "bar");
    g_autofree char *label = label_of(statement->sql);
    tree_number(bar, "number", (int64_t)number + 1);
    tree_attribute(bar, "label", label);
    set_span(bar, from, from + statement->microseconds, all);
}

/* One hold for each relation and mode: a stronger lock on the same relation is one more. */
static void
take_locks(GArray *holds, const struct statement_evidence *statement, int64_t from, int64_t to)
{
    for (size_t i = 0; i < statement->lock_count; i++) {
        const struct hold hold = {statement->locks[i].relation, statement->locks[i].mode, from, to};
        g_array_append_val(holds, hold);
    }
}

static gint
compare_holds(gconstpointer a, gconstpointer b)
{
    const struct hold *first = a;
    const struct hold *second = b;
    if (first->mode != second->mode)
        return (int)second->mode - (int)first->mode;
    if (first->from != second->from)
        return first->from < second->from ? -1 : 1;
    return strcmp(first->relation, second->relation);
}

static void
add_hold(xmlNode *gantt, const struct hold *hold, int64_t all)
{
    xmlNode *lock = tree_element(gantt, "hold");
    tree_number(lock, "level", hold->mode);
    tree_attribute(lock, "tone", part_lock_tone(hold->mode));
    tree_attribute(lock, "mode", lock_words[hold->mode].name);
    tree_attribute(lock, "relation", hold->relation);
    set_span(lock, hold->from, hold->to, all);
}

void
part_locks(struct sheet *sheet, const struct run_evidence *run)
{
    const int64_t all = part_duration(run);
    if (run->count == 0 || run->count > BARS_MOST || all == 0)
        return;
    g_autoptr(GArray) holds = g_array_new(FALSE, FALSE, sizeof(struct hold));
    int64_t from = 0;
    for (size_t i = 0; i < run->count; i++) {
        const int64_t end = from + run->statements[i].microseconds;
        take_locks(holds, &run->statements[i], from, run->isolation == IN_TRANSACTION ? all : end);
        from = end;
    }
    if (holds->len == 0)
        return;
    g_array_sort(holds, compare_holds);
    xmlNode *section = sheet_section(sheet, "locks", "Time and locks", -1);
    sheet_hint(section, "A lock that a transaction takes is held until its end: that is why bars "
                        "reach the right edge. The eight strokes show how strong it is.");
    xmlNode *gantt = tree_element(section, "gantt");
    g_autofree char *whole = words_duration(all);
    tree_attribute(gantt, "time", whole);
    from = 0;
    for (size_t i = 0; i < run->count; i++) {
        add_bar(gantt, &run->statements[i], i, from, all);
        from += run->statements[i].microseconds;
    }
    for (guint i = 0; i < holds->len && i < BARS_MOST; i++)
        add_hold(gantt, &g_array_index(holds, struct hold, i), all);
}
