/* indexes.c - new indexes: why they are there, and what it takes to build them. */
#include "review/brief.h"

#include "base/text.h"
#include "model/size.h"

#include <string.h>

/* The first paragraph of what people wrote; NULL for nothing. */
static const char *
reason_of(const struct brief *brief, const struct index *index)
{
    const struct annotation *annotation = model_annotation(brief->sources->after, index);
    if (annotation->count == 0)
        return NULL;
    const char *text = annotation->notes[0]->text;
    const char *end = strstr(text, "\n\n");
    g_autofree char *first = g_strndup(text, end == NULL ? strlen(text) : (size_t)(end - text));
    g_strstrip(g_strdelimit(first, "\n\t", ' '));
    return *first == '\0' ? NULL : arena_text(brief->arena, first, -1);
}

static bool
makes(const struct brief *brief, const struct statement_evidence *statement,
      const struct index *index, unsigned *flags)
{
    const struct acts *acts = brief_acts(brief, statement);
    for (size_t i = 0; i < acts->count; i++) {
        const struct act *act = &acts->items[i];
        if (act->kind != ACT_CREATE_INDEX || !text_equal(act->name, index->name))
            continue;
        *flags = act->flags;
        return true;
    }
    return false;
}

static const struct statement_evidence *
find_statement(const struct brief *brief, const struct index *index, unsigned *flags)
{
    const struct review *review = brief->review;
    for (size_t i = review->migration_count; i-- > 0;) {
        const struct run_evidence *up = &review->migrations[i]->up;
        for (size_t j = up->count; j-- > 0;)
            if (makes(brief, &up->statements[j], index, flags))
                return &up->statements[j];
    }
    return NULL;
}

static const char *
cost_of(const struct brief *brief, const struct index *index)
{
    const struct database *database = brief->sources->before->database;
    const struct table *table = object_table(index);
    const void *old = table == NULL ? NULL
                                    : database_find(database, "relation", table->object.path);
    if (old == NULL || brief_drops(brief, table->object.path))
        return "The table is new and empty.";
    unsigned flags = 0;
    if (find_statement(brief, index, &flags) == NULL)
        return "Which statement builds it is not known.";
    const struct table_size size = model_table_size(brief->sources->before, old);
    const char *rows = size.rows == NUMBER_UNKNOWN
                           ? "how many is not known here"
                           : arena_printf(brief->arena, "about %s as observed",
                                          brief_number(brief, size.rows));
    return arena_printf(brief->arena,
                        (flags & ACT_CONCURRENTLY) != 0
                            ? "Reads all rows twice (%s); writes go on meanwhile."
                            : "Reads all rows (%s); writes to the table wait meanwhile.",
                        rows);
}

static void
add(const struct brief *brief, GArray *indexes, const struct index *index)
{
    const struct review_index found = {
        .index = index,
        .reason = reason_of(brief, index),
        .needs_reason = index_needs_reason(index),
        .cost = cost_of(brief, index),
        .uses = model_index_uses(brief->sources->after, index),
        .helps = brief_helps(brief, index),
    };
    if (found.needs_reason && index->partition_of.path == NULL)
        g_array_append_val(indexes, found);
}

void
review_list_indexes(struct brief *brief)
{
    g_autoptr(GArray) indexes = g_array_new(FALSE, FALSE, sizeof(struct review_index));
    const GPtrArray *changes = brief->sources->changes;
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        const void *object = change->after;
        if (change->kind != CHANGE_ADDED)
            continue;
        if (change->after->kind == &kind_index)
            add(brief, indexes, object);
        const struct table *table = change->after->kind == &kind_table ? object : NULL;
        for (size_t j = 0; table != NULL && j < table->indexes.count; j++)
            add(brief, indexes, &table->indexes.items[j]);
    }
    brief->review->index_count = indexes->len;
    brief->review->indexes = arena_keep(brief->arena, indexes);
}
