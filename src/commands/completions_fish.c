/* completions_fish.c - one "complete" command for each verb, option and argument. */
#include "commands/completions.h"

static const char head[] =
    "# Completes dbdoc's commands in fish. Made by \"dbdoc completions fish\".\n"
    "complete -c dbdoc -f\n";

/* fish's own quotes: only a backslash and the quote itself are special in them. */
static void
append_quoted(GString *script, const char *text)
{
    g_string_append(script, " '");
    for (; *text != '\0'; text++) {
        if (*text == '\\' || *text == '\'')
            g_string_append_c(script, '\\');
        g_string_append_c(script, *text);
    }
    g_string_append_c(script, '\'');
}

static void
begin_rule(GString *script, const struct command *command)
{
    g_string_append_printf(script, "complete -c dbdoc -n '__fish_seen_subcommand_from %s'",
                           command->name);
}

static void
append_value(GString *script, const struct option *option)
{
    g_autofree char *words = NULL;
    switch (completions_offer(option)) {
    case OFFER_FILES:
        g_string_append(script, " -r -F");
        return;
    case OFFER_FOLDERS:
        g_string_append(script, " -x -a");
        append_quoted(script, "(__fish_complete_directories)");
        return;
    case OFFER_WORDS:
        words = completions_values(option);
        g_string_append(script, " -x -a");
        append_quoted(script, words);
        return;
    case OFFER_NOTHING:
        g_string_append(script, " -x");
        return;
    }
}

static void
append_option(GString *script, const struct command *command, const struct option *option)
{
    begin_rule(script, command);
    if (option->letter != 0)
        g_string_append_printf(script, " -s %c", option->letter);
    g_string_append_printf(script, " -l %s -d", option->name);
    append_quoted(script, option->summary);
    if (option->kind != SETS_NUMBER)
        append_value(script, option);
    g_string_append_c(script, '\n');
}

static void
append_arguments(GString *script, const struct command *command)
{
    if (command->completes == COMPLETES_NOTHING)
        return;
    begin_rule(script, command);
    if (command->completes == COMPLETES_FILES) {
        g_string_append(script, " -F\n");
        return;
    }
    g_autofree char *words = completions_words(command->completes);
    g_string_append(script, command->completes == COMPLETES_EXPORTS ? " -F -a" : " -a");
    append_quoted(script, words);
    g_string_append_c(script, '\n');
}

GString *
completions_fish(void)
{
    GString *script = g_string_new(head);
    for (size_t i = 0; commands[i] != NULL; i++) {
        g_string_append_printf(script, "complete -c dbdoc -n __fish_use_subcommand -a %s -d",
                               commands[i]->name);
        append_quoted(script, commands[i]->summary);
        g_string_append_c(script, '\n');
        for (const struct option *option = options_table; option->name != NULL; option++)
            if ((option->bit & commands[i]->options) != 0)
                append_option(script, commands[i], option);
        append_arguments(script, commands[i]);
    }
    return script;
}
