/* forward.c - what a way down leaves that is not as it was, and a migration in the team's language
 * that repairs it. */
#include "runbook/draft.h"

#include "rehearsal/verdict.h"

#include <string.h>

static void
write_left(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct differences *left = &draft->runbook->migrations[i]->left;
        for (size_t k = 0; k < left->count; k++)
            if (!left->items[k].physical)
                draft_line(draft, PHASE_FORWARD, "After down", "%s",
                           difference_words(draft->arena, &left->items[k]));
    }
}

/* As a line of a heredoc of Elixir, which interpolates. */
static void
append_elixir(GString *text, const char *line)
{
    for (const char *c = line; *c != '\0'; c++) {
        bool interpolates = c[0] == '#' && c[1] == '{';
        bool ends = strncmp(c, "\"\"\"", strlen("\"\"\"")) == 0;
        if (*c == '\\' || interpolates || ends)
            g_string_append_c(text, '\\');
        g_string_append_c(text, *c);
    }
}

static void
append_execute(GString *text, const char *sql)
{
    g_auto(GStrv) lines = g_strsplit(sql, "\n", -1);
    g_string_append(text, "  execute \"\"\"\n");
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (*lines[i] != '\0')
            g_string_append(text, "  ");
        append_elixir(text, lines[i]);
        g_string_append_c(text, '\n');
    }
    g_string_append(text, "  \"\"\"\n");
}

/* In place of the empty change that the generator writes. */
static char *
elixir_body(const struct names *repairs)
{
    GString *text = g_string_new("def up do\n");
    for (size_t i = 0; i < repairs->count; i++) {
        g_autofree char *sql = g_strndup(repairs->items[i], strlen(repairs->items[i]) - 1);
        g_string_append(text, i > 0 ? "\n" : "");
        append_execute(text, sql);
    }
    g_string_append(text, "end\n\ndef down, do: :ok");
    return g_string_free(text, FALSE);
}

static char *
sql_body(const struct names *repairs, const char *head)
{
    GString *text = g_string_new(NULL);
    if (head != NULL)
        g_string_append_printf(text, "%s\n", head);
    for (size_t i = 0; i < repairs->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", repairs->items[i]);
    return g_string_free(text, FALSE);
}

static const char *
name_of_repair(struct draft *draft)
{
    g_autofree char *name = g_strdup_printf("repair_after_%s",
                                            draft_oldest(draft)->migration->version);
    g_strcanon(name, G_CSET_a_2_z G_CSET_DIGITS "_", '_');
    return arena_text(draft->arena, name, -1);
}

static void
write_maker(struct draft *draft, const struct rollback_tool *tool)
{
    struct runbook_step *step = draft_step(draft, PHASE_FORWARD, ROLE_READ,
                                           "Make an empty migration");
    step->text = "First take the file of what was rolled back out of the release, or correct its "
                 "down: else up runs again before the repair.";
    if (tool == NULL || tool->make == NULL)
        return;
    draft_query(draft, step, draft_command(draft, tool->make, tool, name_of_repair(draft)));
    step->language = LANGUAGE_SHELL;
}

static void
write_repair(struct draft *draft)
{
    const struct names *repairs = &draft->proof->repairs;
    const struct rollback_tool *tool = rollback_tool_find(draft_tool(draft));
    bool ecto = g_str_equal(draft_tool(draft), "ecto");
    if (repairs->count == 0)
        return;
    write_maker(draft, tool);
    g_autofree char *body = ecto ? elixir_body(repairs)
                                 : sql_body(repairs, tool == NULL ? NULL : tool->head);
    struct runbook_step *step = draft_step(draft, PHASE_FORWARD, ROLE_FORWARD, "%s",
                                           ecto ? "Write this in place of its `change`, and run it"
                                                : "Write this into it, and run it");
    step->expect = draft->proof->unrepaired.count == 0
                       ? "the catalog is what it was before the migration"
                       : "the catalog is what it was before the migration, but for what is said "
                         "above to stay";
    draft_query(draft, step, body);
    step->language = ecto ? LANGUAGE_MIGRATION : LANGUAGE_SQL;
}

void
write_forward(struct draft *draft)
{
    if (draft->runbook->reversal == REVERSAL_IMPOSSIBLE)
        return;
    write_left(draft);
    if (draft->proof == NULL)
        return;
    for (size_t i = 0; i < draft->proof->unrepaired.count; i++)
        draft_line(draft, PHASE_FORWARD,
                   draft->proof->repairs.count > 0 ? "Stays after the repair too" : "Stays", "%s",
                   draft->proof->unrepaired.items[i]);
    write_repair(draft);
}
