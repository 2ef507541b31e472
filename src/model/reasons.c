/* reasons.c - the comment above a statement, and the object that the statement makes. */
#include "model/reasons.h"

#include "base/text.h"
#include "catalog/address.h"
#include "migrations/comments.h"
#include "postgres/acts.h"

#include <string.h>

#define WHY "Why:"

struct collecting {
    struct arena *arena;
    const struct migration *migration;
    const struct authorship *authored; /* of its file */
    GArray *notes;
    char **lines;        /* of the source that is looked at */
    const char *file;    /* … its file … */
    unsigned first_line; /* … and where it begins there */
    unsigned line_count;
};

/* The comment of the statement at the line, from "Why:" on; `*found` is where it begins. NULL for
 * none. */
static char *
reason_above(const struct collecting *collecting, unsigned place, unsigned *found)
{
    unsigned start = 0;
    unsigned end = 0;
    comment_of_statement(collecting->lines, place, &start, &end);
    GString *text = NULL;
    for (unsigned i = start; i < end; i++) {
        const char *words = comment_words(collecting->lines[i]);
        if (text == NULL && g_str_has_prefix(words, WHY)) {
            text = g_string_new(NULL);
            words += strlen(WHY);
            *found = i;
        }
        if (text != NULL)
            g_string_append_printf(text, "%s\n", words);
    }
    if (text == NULL)
        return NULL;
    g_autofree char *raw = g_string_free(text, FALSE);
    g_autofree char *clean = text_clean(raw);
    return g_strdup(g_strstrip(clean));
}

/* The word and path of what an act makes; NULL for what it does not make. */
static const char *
made_word(const struct act *act)
{
    static const struct {
        enum act_kind kind;
        const char *word;
    } words[] = {
        {ACT_CREATE_INDEX, "index"},         {ACT_CREATE_TABLE, "table"},
        {ACT_ADD_COLUMN, "column"},          {ACT_CREATE_TRIGGER, "trigger"},
        {ACT_ADD_CHECK, "constraint"},       {ACT_ADD_EXCLUSION, "constraint"},
        {ACT_ADD_FOREIGN_KEY, "constraint"}, {ACT_ADD_UNIQUE, "constraint"},
        {ACT_CREATE_VIEW, "view"},           {ACT_CREATE_FUNCTION, "function"},
        {ACT_CREATE_POLICY, "policy"},
    };
    if ((act->flags & ACT_MATERIALIZED) != 0)
        return "view";
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].kind == act->kind)
            return words[i].word;
    return NULL;
}

static char *
made_path(const struct act *act)
{
    if (act->kind == ACT_CREATE_TABLE || act->kind == ACT_CREATE_VIEW ||
        act->kind == ACT_CREATE_FUNCTION)
        return g_strdup(act->relation);
    if (act->name == NULL || act->relation == NULL)
        return NULL;
    g_autoptr(GString) path = g_string_new(NULL);
    g_autofree char *schema = act->kind == ACT_CREATE_INDEX ? address_parent(act->relation) : NULL;
    const char *outer = act->kind == ACT_CREATE_INDEX ? schema : act->relation;
    if (outer != NULL)
        g_string_append_printf(path, "%s.", outer);
    address_append_name(path, act->name);
    return g_steal_pointer(&path->str);
}

static void
add_note(struct collecting *collecting, const struct act *act, unsigned place, const char *text)
{
    const char *word = made_word(act);
    g_autofree char *path = word == NULL ? NULL : made_path(act);
    if (path == NULL)
        return;
    const struct note note = {
        .origin = NOTE_MIGRATION,
        .file = collecting->file,
        .line = collecting->first_line + place,
        .word = word,
        .path = arena_text(collecting->arena, path, -1),
        .named_at = collecting->first_line + place,
        .text = arena_text(collecting->arena, text, -1),
        .authored = collecting->authored,
    };
    g_array_append_val(collecting->notes, note);
}

static void
visit_step(struct collecting *collecting, const struct migration_step *step)
{
    unsigned end = collecting->first_line + collecting->line_count;
    if (step->sql == NULL || !text_equal(step->file, collecting->file) ||
        step->line < collecting->first_line || step->line >= end)
        return;
    unsigned found = 0;
    g_autofree char *text = reason_above(collecting, step->line - collecting->first_line, &found);
    if (text == NULL || *text == '\0')
        return;
    const struct acts acts = acts_of(collecting->arena, step->sql);
    /* The constraints of a new table are not what its reason is about. */
    bool table = acts.count > 0 && acts.items[0].kind == ACT_CREATE_TABLE;
    for (size_t i = 0; i < (table ? 1 : acts.count); i++)
        add_note(collecting, &acts.items[i], found, text);
}

static void
visit_source(struct collecting *collecting, const struct migration_source *source)
{
    if (strstr(source->text, WHY) == NULL)
        return;
    g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
    collecting->lines = lines;
    collecting->line_count = g_strv_length(lines);
    collecting->file = source->file;
    collecting->first_line = source->line;
    const struct migration_plan *up = &collecting->migration->up;
    for (size_t i = 0; i < up->count; i++)
        visit_step(collecting, &up->steps[i]);
}

/* Who added the file; NULL: git does not tell. */
static const struct authorship *
author_of(struct arena *arena, const struct migration *migration)
{
    if (migration->added == NULL)
        return NULL;
    struct authorship *authored = arena_alloc(arena, sizeof *authored);
    const char **author = arena_alloc(arena, sizeof *author);
    *author = migration->added->author;
    *authored = (struct authorship){{1, author}, migration->added->date};
    return authored;
}

void
reasons_collect(struct arena *arena, const struct migrations *migrations, struct notes *notes)
{
    struct collecting collecting = {
        .arena = arena,
        .notes = g_array_new(FALSE, FALSE, sizeof(struct note)),
    };
    g_array_append_vals(collecting.notes, notes->items, (guint)notes->count);
    for (size_t i = 0; i < migrations->count; i++) {
        collecting.migration = &migrations->items[i];
        collecting.authored = author_of(arena, collecting.migration);
        for (size_t k = 0; k < collecting.migration->source_count; k++)
            visit_source(&collecting, &collecting.migration->sources[k]);
    }
    notes->count = collecting.notes->len;
    notes->items = arena_keep(arena, collecting.notes);
    g_array_unref(collecting.notes);
}
