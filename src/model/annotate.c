/* annotate.c - the only place that attaches notes. Files come before comments: they are what the
 * team keeps beside the code. What a schema module says of itself comes between them. */
#include "model/annotate.h"

#include "base/group.h"
#include "base/secret.h"
#include "base/text.h"
#include "catalog/address.h"
#include "markup/markdown.h"
#include "model/nearest.h"

#include <string.h>

struct annotating {
    struct model *model;
    const struct database *database;
    GHashTable *notes; /* object → its notes */
    GArray *orphans;   /* struct orphan_note */
    GArray *broken;    /* struct broken_link */
    struct nearest *nearest;
    const struct note *note; /* whose links are looked at */
};

/* What may be meant by a name that leads nowhere, as "table blog.posts" or "table:blog.posts". */
static const char *
suggest(const struct annotating *annotating, const char *word, const char *path, char joint)
{
    const struct object *object = nearest_find(annotating->nearest, word, path);
    if (object == NULL)
        return NULL;
    return arena_printf(annotating->model->arena, "%s%c%s", object->kind->word, joint,
                        object->path);
}

static void
visit_link(void *data, unsigned line, const char *word, const char *path)
{
    struct annotating *annotating = data;
    if (address_resolve(annotating->database, word, path) != NULL ||
        address_is_left_out(annotating->database, word, path))
        return;
    g_autofree char *target = g_strconcat(word, ":", path, NULL);
    g_autofree char *clean = text_clean(target);
    const struct broken_link link = {
        .note = annotating->note,
        .line = annotating->note->line + line - 1,
        .target = arena_text(annotating->model->arena, clean, -1),
        .nearest = suggest(annotating, word, path, ':'),
        .ambiguous = address_is_ambiguous(annotating->database, word, path),
    };
    g_array_append_val(annotating->broken, link);
}

static void
check_links(struct annotating *annotating, const struct note *note)
{
    annotating->note = note;
    if (strchr(note->text, '[') != NULL || strchr(note->text, '<') != NULL)
        markdown_links(note->text, address_word_is_known, visit_link, annotating);
}

static const struct object *
find_object(const struct annotating *annotating, const struct note *note)
{
    if (note->word == NULL)
        return NULL;
    if (note->path == NULL)
        return &annotating->model->catalog->object; /* "database" */
    return address_resolve(annotating->database, note->word, note->path);
}

/* The introduction may lie among the notes, and has its place; and there may be notes about what
 * dbdoc.yml leaves out. */
static bool
is_set_aside(const struct annotating *annotating, const struct note *note)
{
    const struct config *config = annotating->model->config;
    if (config != NULL && config->intro != NULL && text_equal(note->file, config->intro))
        return true;
    return note->word != NULL && note->path != NULL &&
           address_is_left_out(annotating->database, note->word, note->path);
}

static void
add_orphan(struct annotating *annotating, const struct note *note)
{
    bool named = note->word != NULL;
    const struct orphan_note orphan = {
        .note = note,
        .nearest = named ? suggest(annotating, note->word, note->path, ' ') : NULL,
        .ambiguous = named && address_is_ambiguous(annotating->database, note->word, note->path),
    };
    g_array_append_val(annotating->orphans, orphan);
}

/* What a decision in force names must be there; others may speak of what is gone, or not yet made.
 */
static void
check_decision(struct annotating *annotating, const struct decided *decided)
{
    struct arena *arena = annotating->model->arena;
    const struct decision *decision = decided->note->decision;
    if (decision->superseded_by != NULL && decided->successor == NULL) {
        const struct broken_link link = {
            .note = decided->note,
            .line = decision->superseded_line,
            .target = decision->superseded_by,
        };
        g_array_append_val(annotating->broken, link);
    }
    for (size_t i = 0; decision->status == DECISION_ACCEPTED && i < decision->object_count; i++) {
        const struct decision_object *named = &decision->objects[i];
        if (decision_object_find(annotating->model, named) != NULL ||
            address_is_left_out(annotating->database, named->word, named->path))
            continue;
        struct note *note = arena_alloc(arena, sizeof *note);
        *note = *decided->note;
        note->word = named->word;
        note->path = named->path;
        note->named_at = named->line;
        add_orphan(annotating, note);
    }
}

static void
check_decisions(struct annotating *annotating)
{
    const struct model *model = annotating->model;
    for (size_t i = 0; i < model->decision_count; i++) {
        check_decision(annotating, &model->decisions[i]);
        check_links(annotating, model->decisions[i].note);
    }
}

static void
attach_files(struct annotating *annotating)
{
    const struct notes *notes = annotating->model->notes;
    for (size_t i = 0; notes != NULL && i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        if (note->decision != NULL)
            continue;
        const struct object *object = find_object(annotating, note);
        bool past = note->origin == NOTE_MIGRATION; /* of what a later migration took away */
        if (object == NULL && (past || is_set_aside(annotating, note)))
            continue;
        if (object == NULL)
            add_orphan(annotating, note);
        else if (!text_is_empty(note->text))
            group_add(annotating->notes, object, note);
        check_links(annotating, note);
    }
}

/* Documentation is for who reads the code; what is not to be shown may stand there. */
static void
attach_module(struct annotating *annotating, const struct schema_module *module)
{
    const struct table *table = model_module_table(annotating->model, module);
    if (table == NULL || text_is_empty(module->words))
        return;
    g_autofree char *safe = secret_mask(module->words);
    g_autofree char *clean = text_clean(safe);
    struct note *note = arena_alloc(annotating->model->arena, sizeof *note);
    *note = (struct note){
        .origin = NOTE_MODULE,
        .file = module->place.file,
        .line = module->words_line,
        .word = table->object.kind->word,
        .path = table->object.path,
        .text = arena_text(annotating->model->arena, clean, -1),
        .authored = module->words_authored,
    };
    group_add(annotating->notes, table, note);
    check_links(annotating, note);
}

static void
attach_modules(struct annotating *annotating)
{
    const struct schema_modules *schemas = annotating->model->schemas;
    for (size_t i = 0; schemas != NULL && i < schemas->count; i++)
        attach_module(annotating, &schemas->items[i]);
}

static void
attach_comment(const struct object *object, void *data)
{
    struct annotating *annotating = data;
    const struct field *field = kind_field(object->kind, "comment");
    const char *comment = field == NULL ? NULL : field_text(field, object);
    if (text_is_empty(comment))
        return;
    g_autofree char *clean = text_clean(comment);
    struct note *note = arena_alloc(annotating->model->arena, sizeof *note);
    *note = (struct note){
        .origin = NOTE_COMMENT,
        .line = 1,
        .word = object->kind->word,
        .path = object->path,
        .text = arena_text(annotating->model->arena, clean, -1),
    };
    group_add(annotating->notes, object, note);
    check_links(annotating, note);
}

/* Its links are looked at as those of a note; it belongs to no object. */
static void
check_intro(struct annotating *annotating)
{
    const struct model *model = annotating->model;
    if (model->intro == NULL)
        return;
    struct note *note = arena_alloc(model->arena, sizeof *note);
    *note = (struct note){
        .origin = NOTE_FILE,
        .file = model->config == NULL ? NULL : model->config->intro,
        .line = 1,
        .text = model->intro,
    };
    check_links(annotating, note);
}

static void
keep(const struct annotating *annotating)
{
    struct model *model = annotating->model;
    GHashTableIter iter;
    gpointer object = NULL;
    gpointer group = NULL;
    for (g_hash_table_iter_init(&iter, annotating->notes);
         g_hash_table_iter_next(&iter, &object, &group);) {
        struct annotation *annotation = arena_alloc(model->arena, sizeof *annotation);
        annotation->count = ((const GPtrArray *)group)->len;
        annotation->notes = group_keep(model->arena, group);
        g_hash_table_insert(model->annotations, object, annotation);
    }
    model->orphan_count = annotating->orphans->len;
    model->orphans = arena_keep(model->arena, annotating->orphans);
    model->broken_link_count = annotating->broken->len;
    model->broken_links = arena_keep(model->arena, annotating->broken);
}

void
annotate(struct model *model)
{
    struct annotating annotating = {
        .model = model,
        .database = model->database,
        .notes = groups_new(),
        .orphans = g_array_new(FALSE, FALSE, sizeof(struct orphan_note)),
        .broken = g_array_new(FALSE, FALSE, sizeof(struct broken_link)),
        .nearest = nearest_new(model->database),
    };
    attach_files(&annotating);
    attach_modules(&annotating);
    check_decisions(&annotating);
    check_intro(&annotating);
    object_walk(model->catalog, attach_comment, &annotating);
    keep(&annotating);
    nearest_free(annotating.nearest);
    g_array_unref(annotating.broken);
    g_array_unref(annotating.orphans);
    g_hash_table_unref(annotating.notes);
}
