/* part_triggers.c - the section "Triggers and policies". */
#include "site/parts.h"

#include "base/text.h"

#include <string.h>

static const char *const enabled_words[] = {
    [TRIGGER_DISABLED] = "disabled",
    [TRIGGER_REPLICA] = "only on replicas",
    [TRIGGER_ALWAYS] = "also on replicas",
};

static void
add_trigger(struct sheet *sheet, xmlNode *list, const struct trigger *trigger)
{
    xmlNode *node = tree_element(list, "trigger");
    sheet_anchor(node, &trigger->object);
    sheet_name(node, trigger->name);
    if (trigger->enabled != TRIGGER_ORIGIN && trigger->enabled != trigger_enabled_UNKNOWN)
        sheet_badge(node, trigger->enabled == TRIGGER_DISABLED ? "warn" : "",
                    enabled_words[trigger->enabled]);
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

void
part_triggers(struct sheet *sheet, const struct trigger_list *triggers,
              const struct policy_list *policies)
{
    size_t policy_count = policies == NULL ? 0 : policies->count;
    if (triggers->count + policy_count == 0)
        return;
    const char *title = policy_count == 0      ? "Triggers"
                        : triggers->count == 0 ? "Policies"
                                               : "Triggers and policies";
    xmlNode *section = sheet_section(sheet, "triggers", title,
                                     (int64_t)(triggers->count + policy_count));
    xmlNode *list = tree_element(section, "triggers");
    for (size_t i = 0; i < triggers->count; i++)
        add_trigger(sheet, list, &triggers->items[i]);
    for (size_t i = 0; i < policy_count; i++)
        add_policy(sheet, list, &policies->items[i]);
}
