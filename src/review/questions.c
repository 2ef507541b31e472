/* questions.c - what is better asked before it is merged: changes of what others rely on. */
#include "review/brief.h"

#include "base/text.h"
#include "checks/run.h"
#include "model/size.h"
#include "review/dependants.h"
#include "review/owners.h"

#include <string.h>

#define MANY_TABLES 4 /* existing ones that change at once */

const char *const question_words[QUESTIONS] = {
    [QUESTION_TABLE] = "An existing table changes",
    [QUESTION_COLUMN] = "A column goes or is altered",
    [QUESTION_INDEX] = "An index goes that others use",
    [QUESTION_ACCESS] = "Who may do what changes",
    [QUESTION_DATA_TYPE] = "A data type changes",
    [QUESTION_CUSTOM_TYPE] = "A custom type is added or changes",
    [QUESTION_LARGE] = "A large restructuring",
};

/* The questions on their way. */
struct asking {
    const struct brief *brief;
    GArray *questions;  /* struct review_question */
    GHashTable *tables; /* path of an existing table → GString of what becomes of it */
    GPtrArray *order;   /* struct object: those tables, as they come */
};

static const char *
said(const struct asking *asking, const struct object *object)
{
    return brief_code(asking->brief, check_said_path(object));
}

/* `object` is that of the base, where there is one. */
static void
ask(struct asking *asking, enum question_kind kind, const struct object *object, const char *text)
{
    const struct ownership owner = owner_of(asking->brief, object);
    const struct review_question question = {
        .kind = kind,
        .text = text,
        .who = owner.name == NULL ? NULL : brief_code(asking->brief, owner.name),
        .who_why = owner.why,
        .depends = kind == QUESTION_TABLE || kind == QUESTION_ACCESS
                       ? NULL
                       : dependants_words(asking->brief, object),
    };
    g_array_append_val(asking->questions, question);
}

static bool
is_type(const struct object *object)
{
    return g_str_equal(object->kind->word, "type");
}

/* Whether the change is within a table that the base has, and that stays. */
static bool
is_within_existing(const struct asking *asking, const struct change *change)
{
    const struct object *owner = brief_owner(change_origin(change));
    return owner->kind == &kind_table &&
           (change->kind != CHANGE_REMOVED || owner != change->before) &&
           database_find(asking->brief->sources->before->database, "table", owner->path) != NULL;
}

/* ---- columns ---- */

static const char *
fact_words(const struct asking *asking, const struct change *change)
{
    struct arena *arena = asking->brief->arena;
    const char *before = change->old_text == NULL ? "none" : change->old_text;
    const char *after = change->new_text == NULL ? "none" : change->new_text;
    return arena_printf(arena, "%s of %s: %s → %s", change->field->title,
                        said(asking, change->after), brief_code(asking->brief, before),
                        brief_code(asking->brief, after));
}

static bool
is_about_words(const struct change *change)
{
    return change->field != NULL && g_str_equal(change->field->name, "comment");
}

static bool
ask_about_column(struct asking *asking, const struct change *change)
{
    const struct object *object = change_origin(change);
    struct arena *arena = asking->brief->arena;
    if (object->kind != &kind_column || change->kind == CHANGE_ADDED || is_about_words(change))
        return false;
    bool of_type = change->field != NULL && g_str_equal(change->field->name, "type");
    const char *text = change->field != NULL ? fact_words(asking, change)
                       : change->kind == CHANGE_REMOVED
                           ? arena_printf(arena, "%s goes", said(asking, object))
                           : arena_printf(arena, "%s becomes %s", said(asking, object),
                                          brief_code(asking->brief, object_name(change->after)));
    ask(asking, of_type ? QUESTION_DATA_TYPE : QUESTION_COLUMN, object, text);
    return true;
}

/* ---- indexes ---- */

/* Whether an index finds the rows of a foreign key after the change, too; so it is when the key is
 * gone. */
static bool
is_supported_after(const struct asking *asking, const struct constraint *key)
{
    const struct constraint *now = database_find(asking->brief->sources->after->database,
                                                 "constraint", key->object.path);
    const struct table *table = now == NULL ? NULL : object_table(now);
    for (size_t i = 0; table != NULL && i < table->indexes.count; i++)
        if (index_supports(&table->indexes.items[i], now))
            return true;
    return now == NULL;
}

/* A foreign key whose rows nothing else finds; NULL for none. */
static const struct constraint *
find_left_alone(const struct asking *asking, const struct index *index)
{
    const struct table *table = object_table(index);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind == CONSTRAINT_FOREIGN_KEY && index_supports(index, key) &&
            !is_supported_after(asking, key))
            return key;
    }
    return NULL;
}

/* Whether it serves more than queries that nobody counted; NULL: not that dbdoc knows. */
static const char *
use_of(const struct asking *asking, const struct index *index)
{
    const struct model *before = asking->brief->sources->before;
    const struct constraint *key = find_left_alone(asking, index);
    int64_t scans = model_index_scans(before, index);
    if (key != NULL)
        return arena_printf(asking->brief->arena, "nothing else finds the rows of foreign key %s",
                            brief_code(asking->brief, key->name));
    if (index->unique == YES)
        return "it keeps values unique";
    if (scans != NUMBER_UNKNOWN && scans > 0)
        return arena_printf(asking->brief->arena, "queries used it %s times as observed",
                            brief_number(asking->brief, scans));
    return NULL;
}

static bool
ask_about_index(struct asking *asking, const struct change *change)
{
    if (change->kind != CHANGE_REMOVED || change->before->kind != &kind_index)
        return false;
    const char *use = use_of(asking, (const struct index *)(const void *)change->before);
    if (use == NULL)
        return false;
    ask(asking, QUESTION_INDEX, change->before,
        arena_printf(asking->brief->arena, "%s goes: %s", said(asking, change->before), use));
    return true;
}

/* ---- types ---- */

static bool
ask_about_type(struct asking *asking, const struct change *change)
{
    const struct object *object = change_object(change);
    const struct object *owner = brief_owner(object);
    if (!is_type(owner) || is_about_words(change))
        return false;
    const char *text = change->field != NULL
                           ? fact_words(asking, change)
                           : arena_printf(asking->brief->arena, "%s is %s", said(asking, object),
                                          change->kind == CHANGE_ADDED ? "new" : "gone");
    ask(asking, QUESTION_CUSTOM_TYPE, owner, text);
    return true;
}

/* ---- tables ---- */

static void
note_table(struct asking *asking, const struct object *table, const char *words)
{
    GString *text = g_hash_table_lookup(asking->tables, table->path);
    if (text == NULL) {
        text = g_string_new(NULL);
        g_hash_table_insert(asking->tables, (gpointer)(guintptr)table->path, text);
        g_ptr_array_add(asking->order, (gpointer)(guintptr)table);
    }
    if (words != NULL && strstr(text->str, words) == NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", words);
}

static void
note_change(struct asking *asking, const struct change *change)
{
    static const struct {
        const char *before;
        const char *behind;
    } forms[] = {
        [CHANGE_ADDED] = {"new ", ""},
        [CHANGE_REMOVED] = {"", " goes"},
        [CHANGE_CHANGED] = {"", " changes"},
        [CHANGE_MOVED] = {"", " in another order"},
        [CHANGE_RENAMED] = {"", " gets another name"},
    };
    const struct object *object = change_origin(change);
    const struct object *table = brief_owner(object);
    struct arena *arena = asking->brief->arena;
    if (object == table && change->field != NULL) {
        const char *before = change->old_text == NULL ? "none" : change->old_text;
        const char *after = change->new_text == NULL ? "none" : change->new_text;
        g_autofree char *fact = g_ascii_strdown(change->field->title, -1);
        note_table(asking, table,
                   arena_printf(arena, "%s: %s → %s", fact, brief_code(asking->brief, before),
                                brief_code(asking->brief, after)));
        return;
    }
    g_autofree char *words = g_strdup_printf(
        "%s%s %s%s", forms[change->kind].before, object->kind->word,
        brief_code(asking->brief, object_name(object)), forms[change->kind].behind);
    note_table(asking, table, words);
}

/* A table that goes or gets another name: all that is written for it must follow. */
static void
note_gone(struct asking *asking, const struct change *change)
{
    const struct object *object = change->before;
    bool renamed = change->kind == CHANGE_RENAMED && change->field == NULL;
    if (object == NULL || object->kind != &kind_table ||
        (!renamed && change->kind != CHANGE_REMOVED))
        return;
    ask(asking, QUESTION_LARGE, object,
        renamed ? arena_printf(asking->brief->arena, "table %s becomes %s", said(asking, object),
                               said(asking, change->after))
                : arena_printf(asking->brief->arena, "table %s goes", said(asking, object)));
}

/* Of any object that the base has; what is granted on a new one is in the list of changes. */
static bool
ask_about_access(struct asking *asking, const struct change *change)
{
    if (change->words == NULL)
        return false;
    ask(asking, QUESTION_ACCESS, change->before,
        arena_printf(asking->brief->arena, "%s: %s", said(asking, change->before),
                     brief_code(asking->brief, change->words)));
    return true;
}

static void
take(struct asking *asking, const struct change *change)
{
    note_gone(asking, change);
    if (ask_about_access(asking, change) || ask_about_type(asking, change) ||
        !is_within_existing(asking, change))
        return;
    const struct object *table = brief_owner(change_origin(change));
    if (ask_about_column(asking, change) || ask_about_index(asking, change))
        note_table(asking, table, NULL);
    else if (!is_about_words(change) && change->before != table)
        note_change(asking, change);
    else if (change->field != NULL && !is_about_words(change))
        note_change(asking, change);
}

static void
ask_about_tables(struct asking *asking)
{
    for (guint i = 0; i < asking->order->len; i++) {
        const struct object *table = asking->order->pdata[i];
        const GString *text = g_hash_table_lookup(asking->tables, table->path);
        if (text->len > 0)
            ask(asking, QUESTION_TABLE, table,
                arena_printf(asking->brief->arena, "%s: %s", said(asking, table), text->str));
    }
}

static bool
points_to(const struct table *table, const char *path)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (text_equal(table->constraints.items[i].references.path, path))
            return true;
    return false;
}

static bool
loses_column(const struct asking *asking, const char *table)
{
    const GPtrArray *changes = asking->brief->sources->changes;
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (change->kind == CHANGE_REMOVED && change->before->kind == &kind_column &&
            text_equal(change->before->parent->path, table))
            return true;
    }
    return false;
}

/* A table that loses columns while a new one points to it. */
static void
ask_about_split(struct asking *asking, const struct object *table)
{
    const GPtrArray *changes = asking->brief->sources->changes;
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (change->kind == CHANGE_ADDED && change->after->kind == &kind_table &&
            points_to((const struct table *)(const void *)change->after, table->path) &&
            loses_column(asking, table->path))
            ask(asking, QUESTION_LARGE, table,
                arena_printf(asking->brief->arena, "%s is split: %s is new and points to it",
                             said(asking, table), said(asking, change->after)));
    }
}

static void
ask_about_all(struct asking *asking)
{
    for (guint i = 0; i < asking->order->len; i++) {
        const struct object *table = asking->order->pdata[i];
        ask_about_split(asking, table);
        if (brief_drops(asking->brief, table->path))
            ask(asking, QUESTION_LARGE, table,
                arena_printf(asking->brief->arena, "table %s is dropped and made anew: its rows go",
                             said(asking, table)));
    }
    struct arena *arena = asking->brief->arena;
    if (asking->order->len < MANY_TABLES)
        return;
    const struct review_question question = {
        .kind = QUESTION_LARGE,
        .text = arena_printf(arena, "%u existing tables change at once", asking->order->len),
    };
    g_array_append_val(asking->questions, question);
}

/* The worst kind first, then as they came. */
static gint
compare(gconstpointer first, gconstpointer second)
{
    const struct review_question *a = first;
    const struct review_question *b = second;
    if (a->kind != b->kind)
        return a->kind > b->kind ? -1 : 1;
    return strcmp(a->text, b->text);
}

static void
free_text(gpointer text)
{
    g_string_free(text, TRUE);
}

void
review_list_questions(struct brief *brief)
{
    g_autoptr(GArray) questions = g_array_new(FALSE, FALSE, sizeof(struct review_question));
    g_autoptr(GHashTable) tables = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_text);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    struct asking asking = {brief, questions, tables, order};
    const GPtrArray *changes = brief->sources->changes;
    for (guint i = 0; i < changes->len; i++)
        if (change_is_told(changes->pdata[i]))
            take(&asking, changes->pdata[i]);
    ask_about_tables(&asking);
    ask_about_all(&asking);
    g_array_sort(questions, compare);
    brief->review->question_count = questions->len;
    brief->review->questions = arena_keep(brief->arena, questions);
}
