/* schema_drift.c - what the database is, against what its migrations make. */
#include "checks/families.h"

#include "base/text.h"
#include "catalog/address.h"
#include "catalog/compare.h"

#include <string.h>

/* "index `posts_title_index`" */
static const char *
name_of(struct check_run *run, const struct object *object)
{
    return arena_printf(run->arena, "%s %s", object->kind->title, check_path(run, object));
}

/* What it is, where one of its facts says it; NULL otherwise. Free with g_free. */
static char *
definition_of(const struct object *object)
{
    static const char *const facts[] = {"definition", "body", "type"};
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        for (size_t j = 0; j < object->kind->field_count; j++)
            if (g_str_equal(object->kind->fields[j].name, facts[i]))
                return field_display(&object->kind->fields[j], object);
    return NULL;
}

/* What is in the database of it, or of what it would lie in. */
static const struct object *
place_of(const struct check_run *run, const struct object *object)
{
    for (; object != NULL && object->parent != NULL; object = object->parent) {
        const struct object *there = database_find(run->model->database, object->kind->word,
                                                   object->path);
        if (there != NULL)
            return there;
    }
    return NULL;
}

static void
finish(struct check_run *run, struct finding *finding, const char *detail)
{
    if (run->model->drift->partly) {
        finding->strength = STRENGTH_HINT;
        check_detail(run, finding,
                     "%s Not all of the migrations could be run: it may come from what was left "
                     "out.",
                     detail);
        return;
    }
    check_detail(run, finding, "%s", detail);
}

static struct finding *
report_added(struct check_run *run, const struct object *object)
{
    struct finding *finding = check_report(run, object, "%s is in no migration",
                                           name_of(run, object));
    g_autofree char *definition = definition_of(object);
    check_evidence(run, finding, "In the database", definition);
    check_advice(run, finding, "Write the migration that makes it, or drop it.");
    finish(run, finding,
           "Somebody made it by hand, or its migration was deleted: a new database "
           "does not have it.");
    return finding;
}

static struct finding *
report_removed(struct check_run *run, const struct object *object)
{
    struct finding *finding = check_report(run, place_of(run, object),
                                           "%s of the migrations is not in the database",
                                           name_of(run, object));
    g_autofree char *definition = definition_of(object);
    check_evidence(run, finding, "After the migrations", definition);
    check_advice(run, finding, "Make it again, or write the migration that drops it.");
    finish(run, finding, "The migrations that are applied make it, and it is gone.");
    return finding;
}

static void
add_sides(struct check_run *run, struct finding *finding, const struct change *change)
{
    const char *title = change->field->title;
    check_evidence(run, finding, arena_printf(run->arena, "%s, after the migrations", title),
                   change->old_text != NULL ? change->old_text : "(none)");
    check_evidence(run, finding, arena_printf(run->arena, "%s, in the database", title),
                   change->new_text != NULL ? change->new_text : "(none)");
}

static struct finding *
report_changed(struct check_run *run, const struct change *change)
{
    struct finding *finding = check_report(run, change->after, "%s is not what the migrations make",
                                           name_of(run, change->after));
    check_advice(run, finding, "Change it back, or write the migration that makes it so.");
    finish(run, finding, "It was changed by hand, or the file of a migration was.");
    return finding;
}

/* Nobody made a mistake where only the order differs. */
static bool
is_order_alone(const GPtrArray *changes, guint first, guint end)
{
    for (guint i = first; i < end; i++)
        if (((const struct change *)changes->pdata[i])->kind != CHANGE_MOVED)
            return false;
    return true;
}

/* All that differs of one object; returns the place behind it. */
static guint
report_object(struct check_run *run, const GPtrArray *changes, guint first)
{
    const struct change *change = changes->pdata[first];
    if (change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED) {
        if (change->kind == CHANGE_ADDED)
            report_added(run, change->after);
        else
            report_removed(run, change->before);
        return first + 1;
    }
    struct finding *finding = report_changed(run, change);
    guint end = first;
    for (; end < changes->len; end++) {
        const struct change *next = changes->pdata[end];
        if (next->after != change->after || next->field == NULL)
            break;
        add_sides(run, finding, next);
    }
    if (is_order_alone(changes, first, end))
        finding->severity = SEVERITY_NOTE;
    return end;
}

void
check_schema_drift(struct check_run *run)
{
    const struct drift *drift = run->model->drift;
    for (guint i = 0; drift != NULL && i < drift->changes->len;)
        i = report_object(run, drift->changes, i);
}
