/* runbook_json.c - a runbook for machines. Schema: share/schema/runbook.schema.json. */
#include "report/runbook.h"

#include "base/json.h"
#include "base/secret.h"
#include "catalog/catalog.h"

static void
put_text(struct json *json, const char *key, const char *text)
{
    g_autofree char *masked = text == NULL ? NULL : secret_mask(text);
    json_key(json, key);
    json_text(json, masked);
}

static void
put_number(struct json *json, const char *key, int64_t number)
{
    json_key(json, key);
    if (number == NUMBER_UNKNOWN)
        json_null(json);
    else
        json_number(json, number);
}

static void
put_migrations(struct json *json, const char *key, const struct migration_evidence **items,
               size_t count)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++) {
        const struct migration *migration = items[i]->migration;
        json_break(json);
        json_object(json);
        put_text(json, "version", migration->version);
        put_text(json, "name", migration->name);
        put_text(json, "file", migration->file);
        json_close(json);
    }
    json_close(json);
}

static const char *
lock_text(enum lock_mode mode)
{
    return mode == LOCK_NONE ? NULL : lock_words[mode].name;
}

static void
put_step(struct json *json, const struct runbook_step *step)
{
    static const char *const language_names[] = {
        [LANGUAGE_SQL] = "sql", [LANGUAGE_SHELL] = "shell", [LANGUAGE_MIGRATION] = "migration"};
    json_break(json);
    json_object(json);
    put_text(json, "number", step->number);
    put_text(json, "label", step->label);
    put_text(json, "text", step->text);
    put_text(json, "language", step->code.count > 0 ? language_names[step->language] : NULL);
    json_key(json, "code");
    json_array(json);
    for (size_t i = 0; i < step->code.count; i++)
        json_text(json, step->code.items[i]);
    json_close(json);
    put_text(json, "expect", step->expect);
    put_text(json, "lock", lock_text(step->lock));
    put_text(json, "proof", step->code.count > 0 ? proof_state_words[step->proof] : NULL);
    put_text(json, "words", step->proof_words);
    json_close(json);
}

static void
put_part(struct json *json, const struct runbook *runbook, enum runbook_phase phase)
{
    const struct runbook_part *part = &runbook->parts[phase];
    json_break(json);
    json_object(json);
    put_text(json, "id", phase_words[phase].id);
    put_text(json, "title", phase_words[phase].title);
    json_key(json, "lines");
    json_array(json);
    for (size_t i = 0; i < part->line_count; i++) {
        json_break(json);
        json_object(json);
        put_text(json, "head", part->lines[i].head);
        put_text(json, "text", part->lines[i].text);
        json_close(json);
    }
    json_close(json);
    json_key(json, "steps");
    json_array(json);
    for (size_t i = 0; i < part->step_count; i++)
        put_step(json, &part->steps[i]);
    json_close(json);
    json_close(json);
}

static void
put_relations(struct json *json, const struct runbook *runbook)
{
    json_key(json, "relations");
    json_array(json);
    for (size_t i = 0; i < runbook->relation_count; i++) {
        const struct runbook_relation *relation = &runbook->relations[i];
        json_break(json);
        json_object(json);
        put_text(json, "relation", relation->relation);
        put_text(json, "lock", lock_text(relation->lock));
        put_number(json, "rows", relation->rows);
        put_number(json, "bytes", relation->bytes);
        put_text(json, "text", relation->text);
        json_close(json);
    }
    json_close(json);
}

static void
put_choices(struct json *json, const struct runbook *runbook)
{
    json_key(json, "choices");
    json_array(json);
    for (int i = 0; i < ADVICES; i++) {
        json_break(json);
        json_object(json);
        put_text(json, "title", advice_words[i]);
        put_text(json, "text", runbook->choices[i].text);
        json_key(json, "advised");
        json_boolean(json, i == (int)runbook->advice);
        json_close(json);
    }
    json_close(json);
}

static void
put_head(struct json *json, const struct runbook *runbook)
{
    put_text(json, "name", runbook->name);
    put_text(json, "title", runbook->title);
    json_break(json);
    put_migrations(json, "migrations", runbook->migrations, runbook->count);
    json_break(json);
    put_migrations(json, "newer", runbook->newer, runbook->newer_count);
    json_break(json);
    put_text(json, "server", runbook->server);
    put_text(json, "reversal", reversal_words[runbook->reversal].name);
    put_text(json, "loss", loss_words[runbook->loss].name);
    put_text(json, "lock", lock_text(runbook->lock));
    put_text(json, "stages", runbook->stages);
    json_break(json);
    put_number(json, "executed", (int64_t)runbook->executed);
    put_text(json, "problem", runbook->problem);
    json_break(json);
    put_text(json, "advice", advice_words[runbook->advice]);
    put_text(json, "reason", runbook->reason);
}

GString *
report_runbook_json(const struct runbook *runbook)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    json_break(&json);
    put_head(&json, runbook);
    json_break(&json);
    put_choices(&json, runbook);
    json_break(&json);
    put_relations(&json, runbook);
    json_break(&json);
    json_key(&json, "parts");
    json_array(&json);
    for (int i = 0; i < PHASES; i++)
        put_part(&json, runbook, (enum runbook_phase)i);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
