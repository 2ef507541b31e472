/* completions_bash.c - one function with a branch for each verb. */
#include "commands/completions.h"

#define OFFER_FORMAT "mapfile -t COMPREPLY < <(compgen %s -- \"$word\")"

static const char head[] =
    "# Completes dbdoc's commands in bash. Made by \"dbdoc completions bash\".\n"
    "_dbdoc() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    COMPREPLY=()\n"
    "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n";

static const char foot[] = "    esac\n"
                           "}\n"
                           "complete -o filenames -F _dbdoc dbdoc\n";

static void
append_offer(GString *script, const char *indent, enum offer offer, const char *words)
{
    g_autofree char *quoted = g_shell_quote(words);
    g_autofree char *list = g_strconcat("-W ", quoted, NULL);
    const char *what = offer == OFFER_WORDS ? list : offer == OFFER_FOLDERS ? "-d" : "-f";
    g_string_append(script, indent);
    g_string_append_printf(script, OFFER_FORMAT, what);
    g_string_append_c(script, '\n');
}

/* What follows an option that takes a value. */
static void
append_value(GString *script, const struct option *option)
{
    enum offer offer = completions_offer(option);
    g_string_append(script, "        ");
    if (option->letter != 0)
        g_string_append_printf(script, "-%c | ", option->letter);
    g_string_append_printf(script, "--%s)\n", option->name);
    if (offer != OFFER_NOTHING) {
        g_autofree char *words = offer == OFFER_WORDS ? completions_values(option) : g_strdup("");
        append_offer(script, "            ", offer, words);
    }
    g_string_append(script, "            return\n            ;;\n");
}

static void
append_command(GString *script, const struct command *command)
{
    g_autoptr(GString) options = g_string_new(NULL);
    g_string_append_printf(script, "    %s)\n        case $before in\n", command->name);
    for (const struct option *option = options_table; option->name != NULL; option++) {
        if ((option->bit & command->options) == 0)
            continue;
        g_string_append_printf(options, "%s--%s", options->len > 0 ? " " : "", option->name);
        if (option->kind != SETS_NUMBER)
            append_value(script, option);
    }
    g_string_append(script, "        esac\n        if [[ $word == -* ]]; then\n");
    append_offer(script, "            ", OFFER_WORDS, options->str);
    if (command->completes != COMPLETES_NOTHING) {
        g_autofree char *words = completions_words(command->completes);
        bool files = command->completes == COMPLETES_FILES;
        if (command->completes == COMPLETES_EXPORTS) {
            g_string_append(script, "        elif [ \"$COMP_CWORD\" -gt 2 ]; then\n");
            append_offer(script, "            ", OFFER_FILES, "");
        }
        g_string_append(script, "        else\n");
        append_offer(script, "            ", files ? OFFER_FILES : OFFER_WORDS, words);
    }
    g_string_append(script, "        fi\n        ;;\n");
}

GString *
completions_bash(void)
{
    GString *script = g_string_new(head);
    g_autofree char *names = completions_words(COMPLETES_COMMANDS);
    append_offer(script, "        ", OFFER_WORDS, names);
    g_string_append(script, "        return\n    fi\n    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; commands[i] != NULL; i++)
        append_command(script, commands[i]);
    g_string_append(script, foot);
    return script;
}
