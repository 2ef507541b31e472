/* privacy.c - each statement as it stands in its file, under what of its facts goes where. */
#include "commands/privacy.h"

#include "base/embedded.h"
#include "catalog/structure.h"
#include "commands/message.h"
#include "commands/reading.h"
#include "introspect/statements.h"

static const char *const part_words[] = {
    [PART_WHOLE] = "Kept",
    [PART_WITHOUT_TEXTS] = "Without the texts in quotes",
    [PART_WITHOUT_BODY] = "Without the body",
    [PART_ROUNDED] = "Rounded to one digit",
    [PART_NOTHING] = "Left out",
};

static void
put_facts(GString *text, const struct kind *kind, enum publish publish, enum structure_part part)
{
    const char *before = "";
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        enum structure_part kept = publish == PUBLISH_STRUCTURE ? structure_part_of(kind, field)
                                                                : PART_WHOLE;
        if (field->type == LIST || kept != part)
            continue;
        if (*before == '\0')
            g_string_append_printf(text, "%s: ", part_words[part]);
        g_string_append_printf(text, "%s%s", before, field->name);
        before = ", ";
    }
    if (*before != '\0')
        g_string_append_c(text, '\n');
}

static void
put_statement(GString *text, const struct statement *statement, enum publish publish)
{
    if (statement->name != NULL)
        g_string_append_printf(text, "\n== %s\n", statement->name);
    if (statement->when != NULL)
        g_string_append_printf(text, "Sent: %s\n", statement->when);
    if (statement->kind == NULL && statement->name != NULL)
        g_string_append(text, "Kept: nothing\n");
    for (unsigned part = 0; statement->kind != NULL && part < G_N_ELEMENTS(part_words); part++)
        put_facts(text, statement->kind, publish, (enum structure_part)part);
    g_string_append_printf(text, "\n%s", statement->sql);
}

/* Over the same connection, where the database has pg_stat_statements. */
static void
put_workload(GString *text, enum publish publish)
{
    static const char *const names[] = {"statements_place", "statements", "statements_info"};
    static const char *const kept[] = {
        [PUBLISH_INTERNAL] = "Kept: statements without their values, calls, times, rows, blocks, "
                             "since when",
        [PUBLISH_STRUCTURE] = "Left out: all of it",
    };
    g_string_append(text, "\nBEGIN READ ONLY;\n");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_strdup_printf("src/workload/sql/%s.sql", names[i]);
        const struct embedded *file = embedded_find(path);
        g_assert(file != NULL);
        g_string_append_printf(text, "\n== %s\n", names[i]);
        if (i > 0)
            g_string_append(text, "Sent: where pg_stat_statements is in the database\n");
        g_string_append_printf(text, "%s\n\n%s", i > 0 ? kept[publish] : "Kept: nothing",
                               file->text);
    }
    g_string_append(text, "\nROLLBACK;\n");
}

static enum observe
observes(const struct command *command, const struct options *options)
{
    bool asked = (command->options & OPTION_WRITE_OBSERVATIONS) == 0 ||
                 options->written_observations != NULL;
    return asked ? options->observe : OBSERVE_NOTHING;
}

static void
put_head(GString *text, const struct command *command, enum publish publish)
{
    g_string_append_printf(
        text,
        "What \"dbdoc %s\" sends to the server that it documents; nothing was sent now. It\n"
        "only reads, in the order below. A line that ends with \"-- since N\" is for PostgreSQL\n"
        "N and newer. Passwords, mappings of users, options of servers and connections of\n"
        "subscriptions are never asked for, nor rows, but for those of the tables in which\n"
        "migration tools keep what they applied. What a comment says behind a line\n"
        "\"private:\" is dropped at once.\n"
        "\n",
        command->name);
    bool is_site = (command->options & OPTION_OUTPUT_FOLDER) != 0;
    g_string_append_printf(text, "What is kept %s, as \"publish: %s\" of dbdoc.yml says.\n",
                           is_site ? "may be on pages" : "is in the file that it writes",
                           publish_words[publish]);
}

bool
privacy_explain(const struct command *command, const struct invocation *invocation, GError **error)
{
    struct reading reading;
    if (!reading_begin(invocation, &reading, error))
        return false;
    bool is_site = (command->options & OPTION_OUTPUT_FOLDER) != 0;
    enum publish publish = reading.config->publish;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) list = statements_list(observes(command, &invocation->options));
    put_head(text, command, publish);
    for (guint i = 0; i < list->len; i++)
        put_statement(text, list->pdata[i], publish);
    if (is_site)
        put_workload(text, publish);
    reading_close(&reading);
    return result_write(NULL, text, error);
}
