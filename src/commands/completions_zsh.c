/* completions_zsh.c - specifications for _describe and _arguments, with explanations. */
#include "commands/completions.h"

#include <string.h>

static const char head[] =
    "#compdef dbdoc\n"
    "# Completes dbdoc's commands in zsh. Made by \"dbdoc completions zsh\".\n"
    "_dbdoc() {\n"
    "    local -a commands\n"
    "    commands=(\n";

static const char middle[] = "    )\n"
                             "    if (( CURRENT == 2 )); then\n"
                             "        _describe -t commands command commands\n"
                             "        return\n"
                             "    fi\n"
                             "    shift words\n"
                             "    (( CURRENT-- ))\n"
                             "    case $words[1] in\n";

static const char foot[] = "    esac\n"
                           "}\n"
                           "if [[ $funcstack[1] == _dbdoc ]]; then\n"
                           "    _dbdoc \"$@\"\n"
                           "else\n"
                           "    compdef _dbdoc dbdoc\n"
                           "fi\n";

/* With a backslash before the characters that mean something in a specification. */
static char *
escape(const char *text, const char *special)
{
    GString *escaped = g_string_new(NULL);
    for (; *text != '\0'; text++) {
        if (strchr(special, *text) != NULL)
            g_string_append_c(escaped, '\\');
        g_string_append_c(escaped, *text);
    }
    return g_string_free(escaped, FALSE);
}

static void
append_quoted(GString *script, const char *before, const char *text, const char *after)
{
    g_autofree char *quoted = g_shell_quote(text);
    g_string_append_printf(script, "%s%s%s", before, quoted, after);
}

/* ":DIR:_files -/": what the value is called and how it is completed. */
static char *
value_of(const struct option *option)
{
    g_autofree char *words = NULL;
    switch (completions_offer(option)) {
    case OFFER_FILES:
        return g_strdup_printf(":%s:_files", option->value);
    case OFFER_FOLDERS:
        return g_strdup_printf(":%s:_files -/", option->value);
    case OFFER_WORDS:
        words = completions_values(option);
        return g_strdup_printf(":%s:(%s)", option->value, words);
    case OFFER_NOTHING:
        return g_strdup_printf(":%s:", option->value);
    }
    g_assert_not_reached();
}

static void
append_option(GString *script, const struct option *option)
{
    bool takes = option->kind != SETS_NUMBER;
    g_autofree char *value = takes ? value_of(option) : g_strdup("");
    g_autofree char *summary = escape(option->summary, "\\[]");
    g_autofree char *other = option->letter == 0
                                 ? g_strdup("")
                                 : g_strdup_printf("(-%c --%s)", option->letter, option->name);
    g_autofree char *name = g_strdup_printf("%s--%s%s[%s]%s", other, option->name, takes ? "=" : "",
                                            summary, value);
    if (option->letter != 0) {
        g_autofree char *letter = g_strdup_printf("%s-%c%s[%s]%s", other, option->letter,
                                                  takes ? "+" : "", summary, value);
        append_quoted(script, "            ", letter, " \\\n");
    }
    append_quoted(script, "            ", name, " \\\n");
}

static void
append_command(GString *script, const struct command *command)
{
    g_autofree char *words = completions_words(command->completes);
    bool files = command->completes == COMPLETES_FILES || command->completes == COMPLETES_EXPORTS;
    g_autofree char *arguments = files ? g_strdup("*:SOURCE:_files")
                                       : g_strdup_printf("*:word:(%s)", words);
    g_string_append_printf(script, "    %s)\n        _arguments -s \\\n", command->name);
    for (const struct option *option = options_table; option->name != NULL; option++)
        if ((option->bit & command->options) != 0)
            append_option(script, option);
    if (command->completes == COMPLETES_EXPORTS) {
        g_autofree char *first = g_strdup_printf("1:FORMAT:(%s)", words);
        append_quoted(script, "            ", first, " \\\n");
    }
    append_quoted(script, "            ",
                  command->completes == COMPLETES_NOTHING ? "*:no argument:" : arguments,
                  "\n        ;;\n");
}

GString *
completions_zsh(void)
{
    GString *script = g_string_new(head);
    for (size_t i = 0; commands[i] != NULL; i++) {
        g_autofree char *summary = escape(commands[i]->summary, "\\:");
        g_autofree char *entry = g_strconcat(commands[i]->name, ":", summary, NULL);
        append_quoted(script, "        ", entry, "\n");
    }
    g_string_append(script, middle);
    for (size_t i = 0; commands[i] != NULL; i++)
        append_command(script, commands[i]);
    g_string_append(script, foot);
    return script;
}
