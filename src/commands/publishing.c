/* publishing.c - everything is judged first; then what may not go out is taken from the model, so
 * that no page has to ask. */
#include "commands/publishing.h"

#include "commands/scope.h"

/* Words above statements of migrations go with them, and people's names with who owns what. */
static void
narrow_notes(struct notes *notes)
{
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++) {
        if (notes->items[i].origin == NOTE_MIGRATION)
            continue;
        notes->items[count] = notes->items[i];
        notes->items[count].authored = NULL;
        notes->items[count++].facts.owner = NULL;
    }
    notes->count = count;
}

static struct model *
narrow_model(struct subject *subject)
{
    const struct model_parts parts = {
        .config = subject->reading.config,
        .database = subject->reading.source.database,
        .notes = &subject->notes,
        .note_problems = &subject->problems,
        .records = &subject->records,
        .intro = subject->model->intro,
    };
    scope_publish(subject->reading.config, subject->reading.source.database);
    narrow_notes(&subject->notes);
    subject->has_migrations = false;
    subject->has_schemas = false;
    subject->planned.has_plans = false;
    return model_new(&parts);
}

struct findings *
publishing_narrow(struct subject *subject)
{
    const struct config *config = subject->reading.config;
    struct findings *all = findings_new(subject->model, subject_rehearsal(subject), NULL);
    if (config->publish == PUBLISH_INTERNAL)
        return all;
    struct model *whole = subject->model;
    subject->model = narrow_model(subject);
    struct findings *findings = findings_new(subject->model, NULL, NULL);
    findings_restrict(findings, all, subject->model->database);
    findings_free(all);
    model_free(whole);
    return findings;
}
