/* draft.c - lines and steps being collected, and what is asked about them. */
#include "runbook/draft.h"

#include "base/secret_sql.h"
#include "base/sql_lexer.h"

#include <string.h>

#define NAMES_MOST 8 /* of a list in a sentence */

static const char *
print(struct arena *arena, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    return arena_text(arena, text, -1);
}

void
draft_line(struct draft *draft, enum runbook_phase phase, const char *head, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const struct runbook_line line = {head, print(draft->arena, format, arguments), NULL};
    va_end(arguments);
    g_array_append_val(draft->parts[phase].lines, line);
}

void
draft_quote(struct draft *draft, const char *head, const char *file, const char *text)
{
    const struct runbook_line line = {head, text, file};
    g_array_append_val(draft->parts[PHASE_PEOPLE].lines, line);
}

struct runbook_step *
draft_step(struct draft *draft, enum runbook_phase phase, enum step_role role, const char *format,
           ...)
{
    GArray *steps = draft->parts[phase].steps;
    va_list arguments;
    va_start(arguments, format);
    const struct runbook_step step = {
        .role = role,
        .number = arena_printf(draft->arena, "%s%u", phase_words[phase].letter, steps->len + 1),
        .label = print(draft->arena, format, arguments),
    };
    va_end(arguments);
    g_array_append_val(steps, step);
    return &g_array_index(steps, struct runbook_step, steps->len - 1);
}

void
draft_code(struct draft *draft, struct runbook_step *step, enum runbook_language language,
           const GPtrArray *texts)
{
    step->language = language;
    step->code = names_keep(draft->arena, texts);
}

void
draft_query(struct draft *draft, struct runbook_step *step, const char *sql)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_ptr_array_add(texts, (gpointer)(guintptr)arena_text(draft->arena, sql, -1));
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

const char *
draft_list(struct draft *draft, const GPtrArray *names)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint shown = names->len > NAMES_MOST ? NAMES_MOST - 1 : names->len;
    for (guint i = 0; i < shown; i++) {
        bool last = i > 0 && i + 1 == names->len;
        g_string_append_printf(text, "%s`%s`",
                               i == 0 ? ""
                               : last ? " and "
                                      : ", ",
                               (const char *)names->pdata[i]);
    }
    if (shown < names->len)
        g_string_append_printf(text, " and %u more", names->len - shown);
    return arena_text(draft->arena, text->str, -1);
}

const struct migration_evidence *
draft_newest(const struct draft *draft)
{
    return &draft->sources->rehearsal->items[draft->span->last];
}

const struct migration_evidence *
draft_oldest(const struct draft *draft)
{
    return &draft->sources->rehearsal->items[draft->span->first];
}

const char *
draft_version_before(const struct draft *draft)
{
    for (size_t i = draft->span->first; i-- > 0;) {
        const struct migration *migration = draft->sources->rehearsal->items[i].migration;
        if (migration->kind == MIGRATION_VERSIONED)
            return migration->version;
    }
    return NULL;
}

const char *
draft_tool(const struct draft *draft)
{
    return draft->sources->rehearsal->migrations->key;
}

bool
draft_is_atomic(const struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++)
        if (draft->runbook->migrations[i]->migration->down.isolation == NO_TRANSACTION)
            return false;
    return true;
}

const char *
draft_statement(struct draft *draft, const char *sql)
{
    g_autofree char *safe = secret_mask_sql(sql, SECRET_FOR_RUNNING);
    g_autofree char *complete = sql_complete(safe);
    return arena_text(draft->arena, complete, -1);
}

const char *
draft_repo(struct draft *draft)
{
    static const char begin[] = "defmodule ";
    const struct migration *migration = draft_newest(draft)->migration;
    const char *text = migration->source_count > 0 ? strstr(migration->sources[0].text, begin)
                                                   : NULL;
    if (text == NULL)
        return NULL;
    text += strlen(begin);
    const char *end = strstr(text, ".Migrations.");
    size_t length = strspn(text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_.");
    return end == NULL || (size_t)(end - text) > length
               ? NULL
               : arena_text(draft->arena, text, end - text);
}

const char *
draft_word(struct draft *draft, const char *value)
{
    static const char plain[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-/@+=:,";
    if (value == NULL || (*value != '-' && value[strspn(value, plain)] == '\0'))
        return value;
    g_autofree char *quoted = g_shell_quote(value);
    return arena_text(draft->arena, quoted, -1);
}

const char *
draft_command(struct draft *draft, const char *text, const struct rollback_tool *tool,
              const char *name)
{
    const char *previous = draft_version_before(draft);
    const struct {
        const char *mark;
        const char *value;
    } marks[] = {
        {"{version}", draft_oldest(draft)->migration->version},
        {"{previous}", previous != NULL ? previous : tool->none},
        {"{count}", arena_printf(draft->arena, "%zu", draft->runbook->count)},
        {"{folder}", draft->sources->rehearsal->migrations->folder},
        {"{name}", name},
        {"{repo}", draft_repo(draft)},
    };
    g_autoptr(GString) result = g_string_new(text);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (marks[i].value != NULL)
            g_string_replace(result, marks[i].mark, draft_word(draft, marks[i].value), 0);
    return arena_text(draft->arena, result->str, -1);
}
