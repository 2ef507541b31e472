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
    GPtrArray *gone;    /* struct object: tables that go */
};

static const char *
said(const struct asking *asking, const struct object *object)
{
    return brief_code(asking->brief, check_said_path(object));
}

static void
ask(struct asking *asking, enum question_kind kind, const struct object *object, const char *text)
{
    const struct ownership owner = owner_of(asking->brief, object);
    const struct review_question question = {
        .kind = kind,
        .text = text,
        .who = owner.name == NULL ? NULL : brief_code(asking->brief, owner.name),
        .who_why = owner.why,
        .depends = dependants_of(asking->brief, object),
    };
    g_array_append_val(asking->questions, question);
}

static bool
is_type(const struct object *object)
{
    return g_str_equal(object->kind->word, "type");
}

/* Whether the table is on both sides. */
static bool
is_existing(const struct asking *asking, const struct object *owner)
{
    const struct review_sources *sources = asking->brief->sources;
    return owner->kind == &kind_table &&
           database_find(sources->before->database, "table", owner->path) != NULL &&
           database_find(sources->after->database, "table", owner->path) != NULL;
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
    const struct object *object = change_object(change);
    if (object->kind != &kind_column || change->kind == CHANGE_ADDED || is_about_words(change))
        return false;
    if (change->kind == CHANGE_REMOVED) {
        ask(asking, QUESTION_COLUMN, object,
            arena_printf(asking->brief->arena, "%s goes", said(asking, object)));
        return true;
    }
    bool of_type = change->field != NULL && g_str_equal(change->field->name, "type");
    ask(asking, of_type ? QUESTION_DATA_TYPE : QUESTION_COLUMN, object, fact_words(asking, change));
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
note_change(struct asking *asking, const struct change *change, const struct object *table)
{
    static const char *const verbs[] = {[CHANGE_ADDED] = "new",
                                        [CHANGE_REMOVED] = "no",
                                        [CHANGE_CHANGED] = "another",
                                        [CHANGE_MOVED] = "another order of"};
    const struct object *object = change_object(change);
    struct arena *arena = asking->brief->arena;
    if (object == table) {
        g_autofree char *fact = g_ascii_strdown(change->field->title, -1);
        note_table(asking, table, arena_printf(arena, "%s %s", verbs[change->kind], fact));
        return;
    }
    note_table(asking, table,
               arena_printf(arena, "%s %s %s", verbs[change->kind], object->kind->word,
                            brief_code(asking->brief, object_name(object))));
}

static void
take(struct asking *asking, const struct change *change)
{
    const struct object *object = change_object(change);
    const struct object *owner = brief_owner(object);
    if (change->kind == CHANGE_REMOVED && object->kind == &kind_table)
        g_ptr_array_add(asking->gone, (gpointer)(guintptr)object);
    if (ask_about_type(asking, change) || !is_existing(asking, owner))
        return;
    bool told = ask_about_column(asking, change) || ask_about_index(asking, change);
    if (told)
        note_table(asking, owner, NULL);
    else if (!is_about_words(change))
        note_change(asking, change, owner);
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

static void
ask_about_all(struct asking *asking)
{
    struct arena *arena = asking->brief->arena;
    for (guint i = 0; i < asking->gone->len; i++)
        ask(asking, QUESTION_LARGE, asking->gone->pdata[i],
            arena_printf(arena, "table %s goes", said(asking, asking->gone->pdata[i])));
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
    g_autoptr(GPtrArray) gone = g_ptr_array_new();
    struct asking asking = {brief, questions, tables, order, gone};
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
