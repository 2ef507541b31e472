/* key.c - everything in one checksum, each part ended by a zero byte. */
#include "site/key.h"

#include "catalog/snapshot.h"
#include "planner/planner.h"
#include "workload/workload.h"

#include <inttypes.h>
#include <string.h>

static void
add(GChecksum *checksum, const char *text)
{
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, -1);
    g_checksum_update(checksum, (const guchar *)"", 1);
}

static void
add_file(GChecksum *checksum, GString *text)
{
    g_checksum_update(checksum, (const guchar *)text->str, (gssize)text->len);
    g_string_free(text, TRUE);
}

static void
add_names(GChecksum *checksum, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        add(checksum, names->items[i]);
    add(checksum, NULL);
}

static void
add_note_facts(GChecksum *checksum, const struct note_facts *facts)
{
    const struct names *const lists[] = {&facts->tags, &facts->links, &facts->queries};
    add(checksum, facts->owner);
    add(checksum, facts->since);
    add(checksum, facts->review_by);
    add(checksum, facts->deprecated);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        add_names(checksum, lists[i]);
}

static void
add_decision(GChecksum *checksum, const struct decision *decision)
{
    add(checksum, decision_status_words[decision->status]);
    add(checksum, decision->title);
    add(checksum, decision->date);
    add(checksum, decision->superseded_by);
    add_names(checksum, &decision->alternatives);
    for (size_t i = 0; i < decision->object_count; i++) {
        add(checksum, decision->objects[i].word);
        add(checksum, decision->objects[i].path);
    }
}

static void
add_note(GChecksum *checksum, const struct note *note)
{
    g_autofree char *line = g_strdup_printf("%u", note->line);
    add(checksum, note->file);
    add(checksum, line);
    add(checksum, note->word);
    add(checksum, note->path);
    add(checksum, note->text);
    add_note_facts(checksum, &note->facts);
    if (note->decision != NULL)
        add_decision(checksum, note->decision);
}

/* ---- Ecto's schema modules ---- */

static void
add_place(GChecksum *checksum, const struct code_place *place)
{
    g_autofree char *line = g_strdup_printf("%u", place->line);
    add(checksum, place->file);
    add(checksum, line);
}

static void
add_field(GChecksum *checksum, const struct schema_field *field)
{
    add(checksum, field->name);
    add(checksum, field->column);
    add(checksum, field->type);
    add(checksum, field->storage == FIELD_VIRTUAL ? "virtual" : "stored");
    add_place(checksum, &field->place);
}

static void
add_association(GChecksum *checksum, const struct schema_association *association)
{
    add(checksum, association_words[association->kind]);
    add(checksum, association->name);
    add(checksum, association->module);
    add(checksum, association->owner_key);
    add_names(checksum, &association->through);
    add_place(checksum, &association->place);
}

static void
add_constraint(GChecksum *checksum, const struct schema_constraint *constraint)
{
    static const char *const match_words[] = {
        [MATCH_WHOLE] = "whole", [MATCH_SUFFIX] = "suffix", [MATCH_PREFIX] = "prefix"};
    add(checksum, constraint_call_words[constraint->call]);
    add(checksum, match_words[constraint->match]);
    add(checksum, constraint->name);
    add_names(checksum, &constraint->fields);
    add_place(checksum, &constraint->place);
}

/* What changesets cast is in no page but as a finding. */
static void
add_module(GChecksum *checksum, const struct schema_module *module)
{
    add(checksum, module->name);
    add(checksum, module->table);
    add(checksum, module->prefix);
    add(checksum, module->words);
    add(checksum, module->incomplete);
    add_place(checksum, &module->place);
    for (size_t i = 0; i < module->field_count; i++)
        add_field(checksum, &module->fields[i]);
    for (size_t i = 0; i < module->association_count; i++)
        add_association(checksum, &module->associations[i]);
    for (size_t i = 0; i < module->constraint_count; i++)
        add_constraint(checksum, &module->constraints[i]);
}

/* ---- queries ---- */

static void
add_usage(GChecksum *checksum, const struct usage *usage)
{
    g_autofree char *figures = g_strdup_printf("%" PRIu64 " %a %" PRId64 " %" PRId64 " %" PRId64,
                                               usage->calls, usage->total_ms, usage->rows,
                                               usage->blocks_hit, usage->blocks_read);
    add(checksum, figures);
}

/* What follows from the text and the catalog is not repeated. */
static void
add_query(GChecksum *checksum, const struct query *query)
{
    const struct code_place place = {query->file, query->line};
    add(checksum, query->name);
    add(checksum, query->layout);
    add(checksum, query->fingerprint);
    add(checksum, query->problem);
    add(checksum, query->purpose);
    add_names(checksum, &query->parameter_names);
    add_place(checksum, &place);
    add_usage(checksum, &query->statements);
    add_usage(checksum, &query->logged);
    for (size_t i = 0; i < query->site_count; i++) {
        const struct call_site *site = &query->sites[i];
        g_autofree char *calls = g_strdup_printf("%u %" PRIu64, site->line, site->calls);
        add(checksum, site->function);
        add(checksum, site->file);
        add(checksum, calls);
    }
}

static void
add_workload(GChecksum *checksum, const struct workload *workload)
{
    for (size_t i = 0; i < workload->reading_count; i++) {
        const struct workload_reading *reading = &workload->readings[i];
        g_autofree char *source = g_strdup_printf("%d", (int)reading->source);
        add(checksum, source);
        add(checksum, reading->file);
        add(checksum, reading->taken_at);
        add(checksum, reading->since);
    }
    for (size_t i = 0; i < workload->count; i++)
        add_query(checksum, &workload->queries[i]);
}

static void
add_cost(GChecksum *checksum, double cost)
{
    g_autofree char *text = g_strdup_printf("%.2f", cost);
    add(checksum, text);
}

static void
add_plan_node(GChecksum *checksum, const struct plan_node *node)
{
    add(checksum, node->title);
    add(checksum, node->schema);
    add(checksum, node->relation);
    add(checksum, node->index);
    add(checksum, node->alias);
    add_cost(checksum, node->rows);
    add_cost(checksum, node->total_cost);
    for (size_t i = 0; i < node->detail_count; i++)
        add(checksum, node->details[i].text);
    for (size_t i = 0; i < node->count; i++)
        add_plan_node(checksum, &node->children[i]);
}

/* Plans depend on literals of queries, which nothing else of the key knows. */
static void
add_plan(GChecksum *checksum, const struct query_plan *plan)
{
    add(checksum, plan->query->name);
    add(checksum, plan->problem);
    add(checksum, plan->basis == PLANS_BY_STATISTICS ? "by statistics" : "by ability");
    add_names(checksum, &plan->tampered);
    const struct plan_node *shown = plan->basis == PLANS_BY_STATISTICS ? plan->root : plan->able;
    if (shown != NULL)
        add_plan_node(checksum, shown);
    for (size_t i = 0; i < plan->use_count; i++) {
        const struct index_use *use = &plan->uses[i];
        g_autofree char *roles = g_strdup_printf("%u", use->roles);
        add(checksum, use->index);
        add(checksum, roles);
        add(checksum, use->condition);
        if (use->without != NULL)
            add_plan_node(checksum, use->without);
        if (use->without_family != NULL)
            add_plan_node(checksum, use->without_family);
    }
}

/* The catalog decides the rest of a finding; these are what a rule or an acceptance may change. */
static void
add_finding(GChecksum *checksum, const struct finding *finding)
{
    add(checksum, finding->slug);
    add(checksum, severity_words[finding->severity]);
    add(checksum, finding->object == NULL ? NULL : finding->object->path);
    add(checksum, finding->title);
    add(checksum, finding->detail);
    add(checksum, finding->advice);
    add(checksum, finding->file);
    add(checksum, finding->accepted);
    add(checksum, finding->until);
}

char *
site_key(const struct model *model, const struct findings *findings, const char *rehearsal_key,
         const char *templates_key)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    add(checksum, templates_key);
    add(checksum, rehearsal_key);
    add(checksum, model->config->digest);
    add(checksum, model->intro);
    add_file(checksum, snapshot_write(model->catalog));
    for (size_t i = 0; i < database_observed(model->database); i++)
        add_file(checksum, observations_write(database_observation(model->database, i)));
    for (size_t i = 0; i < model->notes->count; i++)
        add_note(checksum, &model->notes->items[i]);
    for (size_t i = 0; model->schemas != NULL && i < model->schemas->count; i++)
        add_module(checksum, &model->schemas->items[i]);
    if (model->workload != NULL)
        add_workload(checksum, model->workload);
    if (model->plans != NULL)
        add(checksum, model->plans->server);
    if (model->plans != NULL)
        add(checksum, model->plans->date);
    for (size_t i = 0; model->plans != NULL && i < model->plans->count; i++)
        add_plan(checksum, &model->plans->items[i]);
    for (size_t i = 0; i < findings->count; i++)
        add_finding(checksum, &findings->items[i]);
    for (size_t i = 0; i < findings->past_count; i++)
        add_finding(checksum, &findings->past[i]);
    char *key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    return key;
}
