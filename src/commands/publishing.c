/* publishing.c - everything is judged first; then what may not go out is taken from the model, so
 * that no page and no report has to ask. */
#include "commands/publishing.h"

#include "catalog/structure.h"
#include "commands/message.h"
#include "commands/scope.h"

/* ---- the model ---- */

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

/* What production was asked goes for all, and for strangers what the repository says. */
static void
narrow_parts(struct subject *subject, enum audience audience)
{
    subject->planned.has_plans = false;
    if (audience == AUDIENCE_TEAM)
        return;
    narrow_notes(&subject->notes);
    subject->has_migrations = false;
    subject->has_schemas = false;
    subject->drift.known = false;
}

static struct model *
narrow_model(struct subject *subject, enum audience audience)
{
    const struct config *config = subject->reading.config;
    struct database *database = subject->reading.source.database;
    const char *intro = subject->model->intro;
    scope_publish(config, database);
    narrow_parts(subject, audience);
    if (subject->drift.known) {
        scope_publish(config, subject->drift.made);
        drift_compare(&subject->drift, subject->drift.made->catalog, database->catalog);
    }
    const struct model_parts parts = {
        .config = config,
        .database = database,
        .notes = &subject->notes,
        .note_problems = &subject->problems,
        .records = &subject->records,
        .intro = intro,
        .drift = subject->drift.known ? &subject->drift.drift : NULL,
        .schemas = subject->has_schemas ? &subject->schemas : NULL,
    };
    return model_new(&parts);
}

/* The findings are of the new model, as far as the old one, which the caller frees, had them. */
static struct findings *
narrow(struct subject *subject, enum audience audience, const struct findings *all,
       const char *today)
{
    subject->model = narrow_model(subject, audience);
    struct findings *findings = findings_new(subject->model, subject_rehearsal(subject), today);
    findings_restrict(findings, all, subject->model->database);
    return findings;
}

void
publishing_narrow(struct subject *subject, enum audience audience)
{
    struct model *whole = subject->model;
    if (subject->reading.config->publish == PUBLISH_INTERNAL)
        return;
    subject->model = narrow_model(subject, audience);
    model_free(whole);
}

struct findings *
publishing_pages(struct subject *subject)
{
    struct findings *all = findings_new(subject->model, subject_rehearsal(subject), NULL);
    struct model *whole = subject->model;
    if (subject->reading.config->publish == PUBLISH_INTERNAL)
        return all;
    struct findings *findings = narrow(subject, AUDIENCE_STRANGERS, all, NULL);
    findings_free(all);
    model_free(whole);
    return findings;
}

size_t
publishing_report(struct subject *subject, const char *today)
{
    struct findings *all = subject->findings;
    struct model *whole = subject->model;
    if (subject->reading.config->publish == PUBLISH_INTERNAL)
        return 0;
    subject->findings = narrow(subject, AUDIENCE_TEAM, all, today);
    size_t withheld = all->count - subject->findings->count;
    findings_free(all);
    model_free(whole);
    return withheld;
}

/* ---- what is compared, or written ---- */

void
publishing_follow(struct config *config, const struct database *database)
{
    if (database_is_structure(database))
        config->publish = PUBLISH_STRUCTURE;
}

void
publishing_narrow_two(const struct config *config, struct database *before, struct database *after)
{
    scope_publish(config, before);
    if (after != before)
        scope_publish(config, after);
}

void
publishing_say(const struct config *config, size_t withheld, const char *what)
{
    g_autofree char *words = NULL;
    if (config->publish == PUBLISH_INTERNAL || withheld == 0)
        return;
    words = g_strdup_printf("%zu %s%s cannot be told with the structure alone. With --publish "
                            "internal they are, where the source is whole.",
                            withheld, what, withheld == 1 ? "" : "s");
    message_warning(words);
}
