/* freshness.c - notes whose objects are no longer what they were when somebody accepted the note.
 */
#include "base/text.h"
#include "catalog/address.h"
#include "catalog/definition.h"
#include "checks/families.h"
#include "notes/record.h"

#include <string.h>

#define SEARCHES_MOST 20

/* Where the note about the object stands; its file as recorded when it is gone. */
static void
place(const struct check_run *run, struct finding *finding, const struct note_record *record,
      const void *object)
{
    finding->file = record->file;
    const struct annotation *annotation = object == NULL ? NULL
                                                         : model_annotation(run->model, object);
    for (size_t i = 0; annotation != NULL && i < annotation->count; i++) {
        if (!text_equal(annotation->notes[i]->file, record->file))
            continue;
        finding->line = annotation->notes[i]->line;
        return;
    }
}

static void
report_changed(struct check_run *run, const struct note_record *record, const void *object,
               const char *now)
{
    struct finding *finding = check_report(
        run, object, "%s has changed since its note was accepted", check_path(run, object));
    place(run, finding, record, object);
    check_detail(run, finding, "What the note says may no longer hold, and its page shows it.");
    g_autofree char *command = g_strdup_printf("dbdoc notes accept %s:%s", record->word,
                                               record->path);
    check_advice(run, finding, "Read the note, correct it, then say so with %s.",
                 check_code(run, command));
    check_evidence(run, finding, "Then", record->definition);
    check_evidence(run, finding, "Now", now);
}

/* ---- what may have become of an object that is gone ---- */

struct renamed {
    const struct note_record *record;
    const char *old_name;
    const struct object *found;
    unsigned count;
};

/* The definition as it would read under the other name. */
static char *
under_name(const char *definition, const char *old_name, const char *new_name)
{
    g_autoptr(GString) text = g_string_new(definition);
    g_string_replace(text, old_name, new_name, 0);
    return g_steal_pointer(&text->str);
}

static void
compare_renamed(const struct object *object, void *data)
{
    struct renamed *renamed = data;
    const struct note_record *record = renamed->record;
    if (!g_str_equal(object->kind->word, record->word) || *record->definition == '\0')
        return;
    const char *name = object_name(object);
    if (object->parent != NULL && object->parent->kind != &kind_catalog &&
        object->kind->rule == PATH_PARENT && !g_str_has_prefix(record->path, object->parent->path))
        return;
    g_autofree char *now = object_definition(object);
    g_autofree char *then = under_name(record->definition, renamed->old_name, name);
    if (!definitions_equal(now, then))
        return;
    renamed->found = object;
    renamed->count++;
}

/* Each search reads the whole catalog, so only the first few that are gone are looked for. */
static const struct object *
find_renamed(const struct check_run *run, const struct note_record *record, unsigned searched)
{
    struct address_parts parts;
    if (searched >= SEARCHES_MOST || !address_parse(record->path, &parts))
        return NULL;
    struct renamed renamed = {record, parts.names[parts.count - 1], NULL, 0};
    object_walk(run->model->catalog, compare_renamed, &renamed);
    address_parts_clear(&parts);
    return renamed.count == 1 ? renamed.found : NULL;
}

static void
report_gone(struct check_run *run, const struct note_record *record, unsigned searched)
{
    g_autofree char *address = g_strconcat(record->word, " ", record->path, NULL);
    const struct object *renamed = find_renamed(run, record, searched);
    struct finding *finding = NULL;
    if (renamed != NULL) {
        finding = check_report(run, renamed, "%s seems to be called %s now",
                               check_code(run, address), check_path(run, renamed));
        check_advice(run, finding,
                     "Name it so in the note, then run `dbdoc notes accept` to record it.");
    } else {
        finding = check_report(run, NULL, "%s is gone, and its note was accepted",
                               check_code(run, address));
        check_advice(run, finding,
                     "Delete the note, or name what took its place; then run `dbdoc notes accept` "
                     "to forget it.");
    }
    place(run, finding, record, NULL);
    check_detail(run, finding, "No page shows the words of the note under the old name.");
    check_evidence(run, finding, "Then", record->definition);
    if (renamed != NULL) {
        g_autofree char *now = object_definition(renamed);
        check_evidence(run, finding, "Now", now);
    }
}

void
check_note_stale(struct check_run *run)
{
    const struct note_records *records = run->model->records;
    unsigned gone = 0;
    for (size_t i = 0; records != NULL && i < records->count; i++) {
        const struct note_record *record = &records->items[i];
        const void *object = address_resolve(run->model->database, record->word, record->path);
        if (object == NULL) {
            if (!address_is_left_out(run->model->database, record->word, record->path))
                report_gone(run, record, gone++);
            continue;
        }
        g_autofree char *now = object_definition(object);
        if (!definitions_equal(record->definition, now))
            report_changed(run, record, object, now);
    }
}

/* ---- notes that ask for another look ---- */

void
check_note_review_due(struct check_run *run)
{
    const struct notes *notes = run->model->notes;
    for (size_t i = 0; notes != NULL && run->today != NULL && i < notes->count; i++) {
        const struct note *note = &notes->items[i];
        if (note->facts.review_by == NULL || strcmp(run->today, note->facts.review_by) <= 0)
            continue;
        struct finding *finding = check_report(run, NULL, "This note was to be reviewed by %s",
                                               note->facts.review_by);
        finding->file = note->file;
        finding->line = 1;
        check_detail(run, finding, "Its author asked for another look by then.");
        check_advice(run, finding,
                     "Read it with its owner, correct it, and move `review-by` on, or take it "
                     "out.");
        check_evidence(run, finding, "Owner", note->facts.owner);
    }
}
