/* part_triggers.c - the sections "Triggers, policies and rules" and "Extended statistics". */
#include "site/parts.h"

#include "catalog/shown.h"

static const char *const enabled_words[] = {
    [TRIGGER_DISABLED] = "disabled",
    [TRIGGER_REPLICA] = "only on replicas",
    [TRIGGER_ALWAYS] = "also on replicas",
};

static void
add_enabled(xmlNode *node, enum trigger_enabled enabled)
{
    if (enabled != TRIGGER_ORIGIN && enabled != trigger_enabled_UNKNOWN)
        sheet_badge(node, enabled == TRIGGER_DISABLED ? "warn" : "", enabled_words[enabled]);
}

static void
add_trigger(struct sheet *sheet, xmlNode *list, const struct trigger *trigger)
{
    xmlNode *node = tree_element(list, "trigger");
    sheet_anchor(node, &trigger->object);
    sheet_name(node, trigger->name);
    add_enabled(node, trigger->enabled);
    sheet_words(sheet, node, trigger);
    part_decided(sheet, node, trigger);
    sheet_sql(node, trigger->definition);
    if (trigger->function.object != NULL)
        sheet_object(sheet, node, "function", trigger->function.object, BY_PATH);
}

/* A policy's parts, as psql's \d shows them: PostgreSQL has no pg_get_policydef. */
static void
add_policy(struct sheet *sheet, xmlNode *list, const struct policy *policy)
{
    xmlNode *node = tree_element(list, "policy");
    sheet_anchor(node, &policy->object);
    sheet_name(node, policy->name);
    sheet_badge(node, "", "policy");
    if (policy->permissive == NO)
        sheet_badge(node, "", "restrictive");
    sheet_words(sheet, node, policy);
    part_decided(sheet, node, policy);
    g_autofree char *roles = names_text(&policy->roles);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "FOR %s TO %s", policy->command, roles);
    if (policy->using_expression != NULL)
        g_string_append_printf(text, "\nUSING (%s)", policy->using_expression);
    if (policy->check_expression != NULL)
        g_string_append_printf(text, "\nWITH CHECK (%s)", policy->check_expression);
    sheet_sql(node, text->str);
    g_string_free(text, TRUE);
}

static void
add_rule(struct sheet *sheet, xmlNode *list, const struct rewrite_rule *rule)
{
    xmlNode *node = tree_element(list, "object");
    sheet_anchor(node, &rule->object);
    sheet_name(node, rule->name);
    sheet_badge(node, "", "rule");
    add_enabled(node, rule->enabled);
    sheet_words(sheet, node, rule);
    part_decided(sheet, node, rule);
    sheet_sql(node, rule->definition);
}

/* "Triggers, policies and rules": those that there are. */
static char *
title_of(size_t triggers, size_t policies, size_t rewrite_rules)
{
    const struct {
        const char *word;
        size_t count;
    } kinds[] = {{"triggers", triggers}, {"policies", policies}, {"rules", rewrite_rules}};
    g_autoptr(GString) title = g_string_new(NULL);
    size_t left = (triggers > 0) + (policies > 0) + (rewrite_rules > 0);
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i].count == 0)
            continue;
        left--;
        g_string_append_printf(title, "%s%s", kinds[i].word,
                               left == 0   ? ""
                               : left == 1 ? " and "
                                           : ", ");
    }
    title->str[0] = g_ascii_toupper(title->str[0]);
    return g_strdup(title->str);
}

void
part_triggers(struct sheet *sheet, const struct trigger_list *triggers,
              const struct policy_list *policies, const struct rewrite_rule_list *rewrite_rules)
{
    size_t policy_count = policies == NULL ? 0 : policies->count;
    size_t count = triggers->count + policy_count + rewrite_rules->count;
    if (count == 0)
        return;
    g_autofree char *title = title_of(triggers->count, policy_count, rewrite_rules->count);
    xmlNode *section = sheet_section(sheet, "triggers", title, (int64_t)count);
    xmlNode *list = tree_element(section, "triggers");
    for (size_t i = 0; i < triggers->count; i++)
        add_trigger(sheet, list, &triggers->items[i]);
    for (size_t i = 0; i < policy_count; i++)
        add_policy(sheet, list, &policies->items[i]);
    for (size_t i = 0; i < rewrite_rules->count; i++)
        add_rule(sheet, list, &rewrite_rules->items[i]);
}

void
part_statistics(struct sheet *sheet, const struct statistics_list *statistics)
{
    if (statistics->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "statistics", "Extended statistics",
                                     (int64_t)statistics->count);
    sheet_hint(section, "What the planner is told of columns together, which it would else take "
                        "for independent of each other.");
    xmlNode *list = tree_element(section, "objects");
    for (size_t i = 0; i < statistics->count; i++) {
        const struct statistics *one = &statistics->items[i];
        xmlNode *node = tree_element(list, "object");
        sheet_anchor(node, &one->object);
        g_autofree char *name = shown_path(one->object.path);
        tree_attribute(node, "name", name);
        sheet_words(sheet, node, one);
        part_decided(sheet, node, one);
        sheet_sql(node, one->definition);
    }
}
