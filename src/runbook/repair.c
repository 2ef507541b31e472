/* repair.c - a statement or two for each difference; what depends on others comes behind them. */
#include "runbook/repair.h"

#include "catalog/compare.h"
#include "model/model.h"
#include "postgres/connection.h"
#include "runbook/alter.h"
#include "runbook/definition.h"

/* When a statement runs. */
enum turn {
    TURN_DROP_FIRST, /* triggers, policies, views */
    TURN_DROP_CONSTRAINT,
    TURN_DROP_INDEX,
    TURN_DROP_TABLE,
    TURN_DROP_FUNCTION,
    TURN_DROP_TYPE, /* sequences too */
    TURN_DROP_EXTENSION,
    TURN_DROP_SCHEMA,
    TURN_MAKE_FIRST,
    TURN_MAKE_TABLE,
    TURN_COLUMN,
    TURN_CONSTRAINT,
    TURN_INDEX,
    TURN_FOREIGN_KEY,
    TURN_FUNCTION,
    TURN_MAKE_LAST, /* triggers, policies, views */
    TURN_COMMENT,
};

struct statement_draft {
    enum turn turn;
    guint place;
    const char *sql;
};

struct repair {
    struct arena *arena;
    GArray *statements; /* struct statement_draft */
    GHashTable *anew;   /* struct object: those that are made again as a whole */
};

static void add(struct repair *repair, enum turn turn, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
add(struct repair *repair, enum turn turn, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const struct statement_draft draft = {turn, repair->statements->len,
                                          arena_text(repair->arena, text, -1)};
    g_array_append_val(repair->statements, draft);
}

enum remaking { IS_ALTERED, IS_MADE_ANEW };

/* When each kind goes and comes, and what becomes of one that has changed. */
static const struct {
    const struct kind *kind;
    enum turn drop;
    enum turn make;
    enum turn alter;
    enum remaking changed;
} turns[] = {
    {&kind_schema, TURN_DROP_SCHEMA, TURN_MAKE_FIRST, TURN_MAKE_FIRST, IS_ALTERED},
    {&kind_extension, TURN_DROP_EXTENSION, TURN_MAKE_FIRST, TURN_MAKE_FIRST, IS_MADE_ANEW},
    {&kind_enum_type, TURN_DROP_TYPE, TURN_MAKE_FIRST, TURN_MAKE_FIRST, IS_ALTERED},
    {&kind_domain, TURN_DROP_TYPE, TURN_MAKE_FIRST, TURN_COLUMN, IS_ALTERED},
    {&kind_domain_constraint, TURN_DROP_CONSTRAINT, TURN_CONSTRAINT, TURN_CONSTRAINT, IS_MADE_ANEW},
    {&kind_composite_type, TURN_DROP_TYPE, TURN_MAKE_FIRST, TURN_MAKE_FIRST, IS_ALTERED},
    {&kind_attribute, TURN_DROP_TYPE, TURN_COLUMN, TURN_COLUMN, IS_ALTERED},
    {&kind_range_type, TURN_DROP_TYPE, TURN_MAKE_FIRST, TURN_MAKE_FIRST, IS_ALTERED},
    {&kind_sequence, TURN_DROP_TYPE, TURN_MAKE_FIRST, TURN_MAKE_LAST, IS_ALTERED},
    {&kind_table, TURN_DROP_TABLE, TURN_MAKE_TABLE, TURN_MAKE_LAST, IS_ALTERED},
    {&kind_column, TURN_DROP_TABLE, TURN_COLUMN, TURN_COLUMN, IS_ALTERED},
    {&kind_constraint, TURN_DROP_CONSTRAINT, TURN_CONSTRAINT, TURN_CONSTRAINT, IS_MADE_ANEW},
    {&kind_index, TURN_DROP_INDEX, TURN_INDEX, TURN_INDEX, IS_MADE_ANEW},
    {&kind_trigger, TURN_DROP_FIRST, TURN_MAKE_LAST, TURN_MAKE_LAST, IS_MADE_ANEW},
    {&kind_policy, TURN_DROP_FIRST, TURN_MAKE_LAST, TURN_MAKE_LAST, IS_MADE_ANEW},
    {&kind_rewrite_rule, TURN_DROP_FIRST, TURN_MAKE_LAST, TURN_MAKE_LAST, IS_MADE_ANEW},
    {&kind_statistics, TURN_DROP_FIRST, TURN_MAKE_LAST, TURN_MAKE_LAST, IS_MADE_ANEW},
    {&kind_view, TURN_DROP_FIRST, TURN_MAKE_LAST, TURN_MAKE_LAST, IS_MADE_ANEW},
    {&kind_function, TURN_DROP_FUNCTION, TURN_FUNCTION, TURN_FUNCTION, IS_MADE_ANEW},
};

static int
turn_of(const struct object *object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(turns); i++)
        if (turns[i].kind == object->kind)
            return (int)i;
    return -1;
}

/* What is made and dropped by altering the whole that it is a part of; NULL: it stands alone. */
static const struct part {
    const struct kind *kind;
    const char *whole;
    const char *word;
} parts[] = {
    {&kind_column, "TABLE", "COLUMN"},
    {&kind_constraint, "TABLE", "CONSTRAINT"},
    {&kind_domain_constraint, "DOMAIN", "CONSTRAINT"},
    {&kind_attribute, "TYPE", "ATTRIBUTE"},
};

static const struct part *
part_of(const struct object *object)
{
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i].kind == object->kind)
            return &parts[i];
    return NULL;
}

static bool
is_of_constraint(const struct object *object)
{
    return object->kind == &kind_index &&
           index_constraint((const struct index *)(const void *)object) != NULL;
}

/* Whether it is there as soon as what it is a part of is. */
static bool
comes_with_its_parent(const struct object *object)
{
    if (object->kind == &kind_constraint)
        return ((const struct constraint *)(const void *)object)->inherited == YES;
    if (object->kind == &kind_trigger)
        return ((const struct trigger *)(const void *)object)->inherited == YES;
    if (object->kind == &kind_index)
        return is_of_constraint(object) ||
               ((const struct index *)(const void *)object)->partition_of.path != NULL;
    return object->kind == &kind_column || object->kind == &kind_domain_constraint ||
           object->kind == &kind_attribute;
}

static bool
is_foreign_key(const struct object *object)
{
    return object->kind == &kind_constraint &&
           ((const struct constraint *)(const void *)object)->kind == CONSTRAINT_FOREIGN_KEY;
}

static void
drop(struct repair *repair, const struct object *object)
{
    int place = turn_of(object);
    if (place < 0 || is_of_constraint(object))
        return;
    g_autofree char *name = definition_name(object);
    g_autofree char *subject = definition_subject(object);
    const struct part *part = part_of(object);
    if (part != NULL) {
        g_autofree char *whole = definition_name(object->parent);
        add(repair, turns[place].drop, "ALTER %s %s DROP %s %s;", part->whole, whole, part->word,
            name);
    } else if (object->kind == &kind_sequence) {
        /* It may have gone with its table. */
        add(repair, turns[place].drop, "DROP SEQUENCE IF EXISTS %s;", name);
    } else {
        add(repair, turns[place].drop, "DROP %s;", subject);
    }
}

/* A foreign key goes before the table that it points to, which may go as well. */
static void
drop_foreign_key(const struct object *object, void *data)
{
    if (is_foreign_key(object) && !comes_with_its_parent(object))
        drop(data, object);
}

static void
drop_whole(struct repair *repair, const struct object *object)
{
    if (object->kind == &kind_table)
        object_walk(object, drop_foreign_key, repair);
    drop(repair, object);
}

static void
comment(struct repair *repair, const struct object *object, const char *text)
{
    g_autofree char *subject = definition_subject(object);
    g_autofree char *literal = text == NULL ? g_strdup("NULL") : sql_quote_literal(text);
    if (subject != NULL)
        add(repair, TURN_COMMENT, "COMMENT ON %s IS %s;", subject, literal);
}

static enum turn
turn_to_make(const struct object *object)
{
    if (is_foreign_key(object))
        return TURN_FOREIGN_KEY;
    if (object->kind == &kind_index && object->parent->kind == &kind_view)
        return TURN_MAKE_LAST;
    int place = turn_of(object);
    g_assert(place >= 0); /* what has a definition has a turn */
    return turns[place].make;
}

static void
make_alone(struct repair *repair, const struct object *object)
{
    g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func(g_free);
    definition_statements(object, statements);
    for (guint i = 0; i < statements->len; i++)
        add(repair, turn_to_make(object), "%s", (const char *)statements->pdata[i]);
}

/* When its column is there. An identity's comes with it. */
static void
own(struct repair *repair, const struct object *object)
{
    const struct sequence *sequence = (const struct sequence *)(const void *)object;
    g_autofree char *name = definition_name(object);
    if (sequence->identity != YES && sequence->owned_by.path != NULL)
        add(repair, TURN_MAKE_LAST, "ALTER SEQUENCE %s OWNED BY %s;", name,
            sequence->owned_by.path);
}

struct making {
    struct repair *repair;
    const struct object *whole;
};

static void
make_part(const struct object *object, void *data)
{
    const struct making *making = data;
    const struct field *field = kind_field(object->kind, "comment");
    const char *text = field == NULL ? NULL : field_text(field, object);
    if (object == making->whole || !comes_with_its_parent(object))
        make_alone(making->repair, object);
    if (object->kind == &kind_sequence)
        own(making->repair, object);
    if (text != NULL && *text != '\0' && !is_of_constraint(object))
        comment(making->repair, object, text);
}

/* Its parts have turns of their own: a foreign key needs the other table, a trigger its function.
 */
static void
make(struct repair *repair, const struct object *object)
{
    struct making making = {repair, object};
    if (turn_of(object) >= 0 && !is_of_constraint(object))
        object_walk(object, make_part, &making);
}

/* ---- changed facts ---- */

/* Labels can be added, and not taken away. */
static void
change_enum(struct repair *repair, const struct change *change)
{
    const struct enum_type *wanted = (const struct enum_type *)(const void *)change->before;
    const struct enum_type *found = (const struct enum_type *)(const void *)change->after;
    g_autofree char *name = definition_name(change->before);
    for (size_t i = 0; i < wanted->labels.count; i++) {
        if (names_contain(&found->labels, wanted->labels.items[i]))
            continue;
        g_autofree char *label = sql_quote_literal(wanted->labels.items[i]);
        if (i == 0 && found->labels.count > 0) {
            g_autofree char *next = sql_quote_literal(found->labels.items[0]);
            add(repair, TURN_MAKE_FIRST, "ALTER TYPE %s ADD VALUE %s BEFORE %s;", name, label,
                next);
        } else if (i == 0) {
            add(repair, TURN_MAKE_FIRST, "ALTER TYPE %s ADD VALUE %s;", name, label);
        } else {
            g_autofree char *last = sql_quote_literal(wanted->labels.items[i - 1]);
            add(repair, TURN_MAKE_FIRST, "ALTER TYPE %s ADD VALUE %s AFTER %s;", name, label, last);
        }
    }
}

/* An object whose definition is one text: away, and made again, once. */
static void
make_anew(struct repair *repair, const struct change *change)
{
    if (!g_hash_table_add(repair->anew, (gpointer)(guintptr)change->before))
        return;
    if (change->before->kind == &kind_function) {
        make(repair, change->before); /* CREATE OR REPLACE */
        return;
    }
    drop(repair, change->after);
    make(repair, change->before);
}

/* The second fact that one statement has set is set. */
static void
alter(struct repair *repair, const struct change *change)
{
    g_autofree char *statement = alter_statement(change);
    for (guint i = 0; statement != NULL && i < repair->statements->len; i++)
        if (g_str_equal(g_array_index(repair->statements, struct statement_draft, i).sql,
                        statement))
            return;
    if (statement != NULL)
        add(repair, turns[turn_of(change->before)].alter, "%s", statement);
}

static void
repair_change(struct repair *repair, const struct change *change)
{
    const struct kind *kind = change->before->kind;
    if (g_str_equal(change->field->name, "comment"))
        comment(repair, change->before, field_text(change->field, change->before));
    else if (kind == &kind_enum_type)
        change_enum(repair, change);
    else if (turn_of(change->before) < 0)
        return;
    else if (turns[turn_of(change->before)].changed == IS_ALTERED)
        alter(repair, change);
    else
        make_anew(repair, change);
}

static int
compare_drafts(const void *a, const void *b)
{
    const struct statement_draft *x = a;
    const struct statement_draft *y = b;
    if (x->turn != y->turn)
        return x->turn < y->turn ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

struct names
repair_statements(struct arena *arena, const struct catalog *wanted, const struct catalog *found)
{
    g_autoptr(GPtrArray) changes = catalog_compare(wanted, found);
    g_autoptr(GArray) statements = g_array_new(FALSE, FALSE, sizeof(struct statement_draft));
    struct repair repair = {arena, statements, g_hash_table_new(NULL, NULL)};
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        const struct object *object = change_origin(change);
        if (object->kind == &kind_history)
            continue;
        if (change->before == NULL)
            drop_whole(&repair, change->after);
        else if (change->after == NULL)
            make(&repair, change->before);
        else if (change->kind == CHANGE_CHANGED)
            repair_change(&repair, change);
    }
    g_array_sort(statements, compare_drafts);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint i = 0; i < statements->len; i++)
        g_ptr_array_add(
            texts, (gpointer)(guintptr)g_array_index(statements, struct statement_draft, i).sql);
    g_hash_table_unref(repair.anew);
    return names_keep(arena, texts);
}
