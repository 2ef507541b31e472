/* changes.c - what the database is after the change that it was not before, by table. */
#include "review/brief.h"

#include "base/text.h"
#include "catalog/acl.h"
#include "catalog/alike.h"

#include <string.h>

/* A group on its way. */
struct gathering {
    struct review_group group;
    GArray *items; /* struct review_change */
};

/* ---- what an object is, in a few words; NULL: nothing to say ---- */

static const char *
column_words(const struct brief *brief, const struct column *column)
{
    bool numbered = model_sequence(brief->sources->after, column) != NULL ||
                    model_sequence(brief->sources->before, column) != NULL;
    g_autoptr(GString) text = g_string_new(column->type);
    if (column->not_null == YES)
        g_string_append(text, ", not null");
    if (numbered)
        g_string_append(text, ", numbered");
    else if (column->default_value != NULL)
        g_string_append_printf(text, ", default %s", column->default_value);
    if (column->generation_expression != NULL)
        g_string_append_printf(text, ", generated from %s", column->generation_expression);
    return arena_text(brief->arena, text->str, -1);
}

/* "unique, btree (author_id)" */
static const char *
index_words(const struct brief *brief, const struct index *index)
{
    const char *using = strstr(index->definition, " USING ");
    return arena_printf(brief->arena, "%s%s", index->unique == YES ? "unique, " : "",
                        using == NULL ? index->definition : using + strlen(" USING "));
}

static const char *
object_words(const struct brief *brief, const struct object *object)
{
    const void *any = object;
    if (object->kind == &kind_column)
        return column_words(brief, any);
    if (object->kind == &kind_index)
        return index_words(brief, any);
    if (object->kind == &kind_constraint)
        return ((const struct constraint *)any)->definition;
    return NULL;
}

/* ---- lines ---- */

static void
add(struct gathering *gathering, enum change_kind kind, const struct object *object,
    const char *text)
{
    const char *name = brief_owner(object) == object ? NULL : object_name(object);
    const struct review_change change = {kind, object->kind->word, name, text, false};
    g_array_append_val(gathering->items, change);
}

/* The last line. */
static void
mark_grants(const struct gathering *gathering)
{
    g_array_index(gathering->items, struct review_change, gathering->items->len - 1).grants = true;
}

/* Who may do what with a new object, beside what is so by default. */
static void
add_grants(const struct brief *brief, struct gathering *gathering, const struct object *object)
{
    const struct field *field = kind_field(object->kind, "grants");
    const struct catalog *catalog = brief->sources->after->catalog;
    if (field == NULL || catalog->access == access_source_UNKNOWN)
        return;
    g_autofree char *words = acl_difference(object->kind, catalog->postgresql, NULL,
                                            field_names(field, object));
    if (words == NULL)
        return;
    add(gathering, CHANGE_ADDED, object, arena_printf(brief->arena, "%s: %s", field->title, words));
    mark_grants(gathering);
}

/* What a new table holds: it is not listed by the comparison. */
static void
add_parts(const struct brief *brief, struct gathering *gathering, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        add(gathering, CHANGE_ADDED, &table->columns.items[i].object,
            column_words(brief, &table->columns.items[i]));
        add_grants(brief, gathering, &table->columns.items[i].object);
    }
    for (size_t i = 0; i < table->constraints.count; i++)
        add(gathering, CHANGE_ADDED, &table->constraints.items[i].object,
            table->constraints.items[i].definition);
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_constraint(&table->indexes.items[i]) == NULL)
            add(gathering, CHANGE_ADDED, &table->indexes.items[i].object,
                index_words(brief, &table->indexes.items[i]));
}

/* ", in 3 schemas: a, b, c"; "" in its own. */
static const char *
schemas_words(const struct brief *brief, const struct change *change)
{
    g_autofree char *words = alike_words(change->alike);
    return words == NULL ? "" : arena_printf(brief->arena, ", %s", words);
}

static void
add_change(const struct brief *brief, struct gathering *gathering, const struct change *change)
{
    static const char *const how[] = {
        [CHANGE_ADDED] = "",
        [CHANGE_REMOVED] = "",
        [CHANGE_CHANGED] = "",
        [CHANGE_MOVED] = " in another order",
        [CHANGE_RENAMED] = ", renamed",
    };
    const struct object *object = change_object(change);
    const char *text = NULL;
    if (change->field != NULL && change->words != NULL)
        text = arena_printf(brief->arena, "%s: %s", change->field->title, change->words);
    else if (change->field != NULL)
        text = arena_printf(brief->arena, "%s%s: %s → %s", change->field->title, how[change->kind],
                            change->old_text == NULL ? "none" : change->old_text,
                            change->new_text == NULL ? "none" : change->new_text);
    else if (change->kind == CHANGE_RENAMED)
        text = arena_printf(brief->arena, "renamed from %s", object_name(change->before));
    else
        text = object_words(brief, object);
    if (change->alike != NULL)
        text = arena_printf(brief->arena, "%s%s", text != NULL ? text : "",
                            schemas_words(brief, change));
    add(gathering, change->kind, object, text);
    if (change->words != NULL)
        mark_grants(gathering);
}

static struct gathering *
gathering_of(GPtrArray *all, const struct object *owner)
{
    for (guint i = 0; i < all->len; i++) {
        struct gathering *gathering = all->pdata[i];
        if (text_equal(gathering->group.path, owner->path) &&
            text_equal(gathering->group.word, owner->kind->word))
            return gathering;
    }
    struct gathering *gathering = g_new0(struct gathering, 1);
    gathering->group = (struct review_group){
        .kind = CHANGE_CHANGED, .word = owner->kind->word, .path = owner->path, .schemas = ""};
    gathering->items = g_array_new(FALSE, FALSE, sizeof(struct review_change));
    g_ptr_array_add(all, gathering);
    return gathering;
}

static void
take_change(const struct brief *brief, GPtrArray *all, const struct change *change)
{
    const struct object *object = change_object(change);
    const struct object *owner = brief_owner(object);
    struct gathering *gathering = gathering_of(all, owner);
    if (owner != object || change->field != NULL || change->kind == CHANGE_RENAMED) {
        add_change(brief, gathering, change);
        return;
    }
    gathering->group.kind = change->kind;
    gathering->group.schemas = schemas_words(brief, change);
    if (owner->kind == &kind_table)
        gathering->group.partition_of =
            ((const struct table *)(const void *)owner)->partition_of.path;
    if (change->kind == CHANGE_ADDED && owner->kind == &kind_table)
        add_parts(brief, gathering, (const struct table *)(const void *)owner);
    if (change->kind == CHANGE_ADDED)
        add_grants(brief, gathering, owner);
}

static void
free_gathering(gpointer data)
{
    struct gathering *gathering = data;
    g_array_unref(gathering->items);
    g_free(gathering);
}

/* How many groups there are. */
static size_t
group_changes(const struct brief *brief, const GPtrArray *changes,
              const struct review_group **grouped)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_gathering);
    for (guint i = 0; i < changes->len; i++)
        if (change_is_told(changes->pdata[i]))
            take_change(brief, all, changes->pdata[i]);
    struct review_group *groups = arena_array(brief->arena, all->len, sizeof *groups);
    for (guint i = 0; i < all->len; i++) {
        struct gathering *gathering = all->pdata[i];
        groups[i] = gathering->group;
        groups[i].count = gathering->items->len;
        groups[i].items = arena_keep(brief->arena, gathering->items);
    }
    *grouped = groups;
    return all->len;
}

static void
list_edits(struct brief *brief)
{
    const struct review_sources *sources = brief->sources;
    struct review *review = brief->review;
    bool same = sources->edits != NULL && !sources->edits_partly;
    if (sources->edits != NULL)
        review->edit_count = group_changes(brief, sources->edits, &review->edits);
    review->edit_effect = sources->edited_is_checked ? EDIT_REFUSED
                          : review->edit_count > 0   ? EDIT_DIVIDES
                          : same                     ? EDIT_SAME
                                                     : EDIT_UNKNOWN;
}

void
review_list_changes(struct brief *brief)
{
    struct review *review = brief->review;
    review->group_count = group_changes(brief, brief->sources->changes, &review->groups);
    list_edits(brief);
}
