/* explain.c - "dbdoc explain": what a finding means, in the terminal. */
#include "base/failure.h"
#include "base/text.h"
#include "checks/checks.h"
#include "commands/command.h"
#include "commands/message.h"

static bool
complain_unknown(const char *slug, GError **error)
{
    g_autoptr(GPtrArray) slugs = g_ptr_array_new();
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        g_ptr_array_add(slugs, (gpointer)(guintptr)rule->slug);
    g_ptr_array_add(slugs, NULL);
    const char *nearest = text_nearest(slug, (const char *const *)slugs->pdata);
    if (nearest != NULL)
        return failure_set(error, FAILURE_USAGE, "there is no rule \"%s\". Did you mean \"%s\"?",
                           slug, nearest);
    return failure_set(error, FAILURE_USAGE,
                       "there is no rule \"%s\". \"dbdoc explain\" lists them all.", slug);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    const struct rule *rule = NULL;
    if (invocation->argument_count > 0) {
        rule = rule_find(invocation->arguments[0]);
        if (rule == NULL)
            return complain_unknown(invocation->arguments[0], error);
    }
    g_autoptr(GString) text = invocation->options.format == FORMAT_JSON ? report_rules_json(rule)
                                                                        : report_rules_text(rule);
    return result_write(NULL, text, error);
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "[RULE]",
    .completes = COMPLETES_RULES,
    .most = 1,
    .options = OPTION_FORMAT | OPTION_HELP,
    .summary = "say what a finding means, and when it is fine",
    .help = "Prints what a rule looks for, why it matters, when it is fine, and a bad and a\n"
            "good example. Without a rule it lists them all.\n"
            "\n"
            "Examples:\n"
            "  dbdoc explain\n"
            "  dbdoc explain fk-without-index\n"
            "  dbdoc explain --format json\n",
    .run = run,
};
