/* completions.c - "dbdoc completions": for the shell's own completion of commands. */
#include "commands/completions.h"

#include "base/failure.h"
#include "checks/checks.h"
#include "commands/message.h"
#include "report/export.h"

const struct shell shells[] = {
    {"bash", completions_bash},
    {"zsh", completions_zsh},
    {"fish", completions_fish},
    {NULL, NULL},
};

static void
add(GString *words, const char *word)
{
    g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", word);
}

char *
completions_words(enum completion completion)
{
    GString *words = g_string_new(NULL);
    for (size_t i = 0; completion == COMPLETES_COMMANDS && commands[i] != NULL; i++)
        add(words, commands[i]->name);
    for (size_t i = 0; completion == COMPLETES_RULES && rules[i].slug != NULL; i++)
        add(words, rules[i].slug);
    for (size_t i = 0; completion == COMPLETES_SHELLS && shells[i].name != NULL; i++)
        add(words, shells[i].name);
    for (size_t i = 0; completion == COMPLETES_EXPORTS && export_formats[i].word != NULL; i++)
        add(words, export_formats[i].word);
    return g_string_free(words, FALSE);
}

enum offer
completions_offer(const struct option *option)
{
    if (option->kind == TAKES_WORD)
        return OFFER_WORDS;
    if (option->kind != TAKES_TEXT)
        return OFFER_NOTHING;
    return g_str_equal(option->value, "DIR") ? OFFER_FOLDERS : OFFER_FILES;
}

char *
completions_values(const struct option *option)
{
    return g_strjoinv(" ", (char **)(guintptr)option->words);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    const char *name = invocation->arguments[0];
    for (const struct shell *shell = shells; shell->name != NULL; shell++) {
        if (!g_str_equal(shell->name, name))
            continue;
        g_autoptr(GString) script = shell->script();
        return result_write(NULL, script, error);
    }
    g_autofree char *known = completions_words(COMPLETES_SHELLS);
    return failure_set(error, FAILURE_USAGE, "there is no script for \"%s\", only for: %s.", name,
                       known);
}

const struct command command_completions = {
    .name = "completions",
    .arguments = "SHELL",
    .completes = COMPLETES_SHELLS,
    .least = 1,
    .most = 1,
    .options = OPTION_HELP,
    .summary = "print a script that completes commands in a shell",
    .help = "Prints a script for bash, zsh or fish. \"make install\" puts all three where the\n"
            "shells look for them; without it, load the script when the shell starts.\n"
            "\n"
            "Examples:\n"
            "  dbdoc completions bash > ~/.local/share/bash-completion/completions/dbdoc\n"
            "  dbdoc completions fish > ~/.config/fish/completions/dbdoc.fish\n"
            "  source <(dbdoc completions zsh)\n",
    .run = run,
};
