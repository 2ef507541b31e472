/* options.c - the table of options and its parser: "--name VALUE", "--name=VALUE", "-nVALUE", "--".
 */
#include "commands/options.h"

#include "base/failure.h"
#include "base/text.h"
#include "commands/command.h"
#include "config/config.h"

#include <string.h>

#define LOCK_TIMEOUT      2000
#define LOCK_TIMEOUT_MOST ((guint64)3600 * 1000)
#define MOST_JOBS         64
#define PORT              8432
#define MOST_PORT         65535
#define SUMMARY_COLUMN    26

static const char *const colour_choices[] = {"auto", "always", "never", NULL};
static const char *const formats[] = {"text", "json", NULL};
static const char *const plan_formats[] = {"text", "json", "sql", NULL};
static const char *const runbook_formats[] = {"text", "markdown", "json", "html", NULL};
static const char *const findings_formats[] = {"text",  "json",   "markdown", "sarif",
                                               "junit", "github", "gitlab",   NULL};
static const char *const severities[] = {"note", "warning", "error", NULL};
static const char *const missing_kinds[] = {"indexes", "tables", NULL};
static const char *const schemas[] = {"snapshot", "observations", NULL};
static const char *const platforms[] = {"auto", "github", "gitlab", "shell", "none", NULL};

#define AT(member) offsetof(struct options, member)

const struct option options_table[] = {
    {OPTION_OUTPUT_FOLDER, 'o', "output", "DIR", TAKES_TEXT, AT(output), 0, NULL,
     "where the site goes (default: dbdoc.yml's, or site)"},
    {OPTIONS_OF_REVIEW, 'o', "output", "DIR", TAKES_TEXT, AT(output), 0, NULL,
     "where the page and the comment go (default: review)"},
    {OPTION_SHARD, 0, "shard", "I/N", TAKES_TEXT, AT(shard), 0, NULL,
     "build one of N parts, to be copied together"},
    {OPTION_BASE, 0, "base", "REV|FILE", TAKES_TEXT, AT(base), 0, NULL,
     "commit or snapshot (else the default branch)"},
    {OPTION_OUTPUT_FILE, 'o', "output", "FILE", TAKES_TEXT, AT(output), 0, NULL,
     "write there instead of to standard output"},
    {OPTION_STRICT, 0, "strict", NULL, SETS_NUMBER, AT(strict), STRICT_YES, NULL,
     "end with 1 when there are findings of severity error"},
    {OPTION_FORMAT, 0, "format", "FORMAT", TAKES_WORD, AT(format), FORMAT_TEXT, formats,
     "text (default) or json"},
    {OPTION_PLAN, 0, "plan", NULL, SETS_NUMBER, AT(rehearsal), REHEARSE_PLAN, NULL,
     "say what would be sent, and run nothing"},
    {OPTION_REHEARSE, 0, "rehearse", NULL, SETS_NUMBER, AT(rehearsal), REHEARSE_ALL, NULL,
     "run the migrations up, down and up again"},
    {OPTION_COMMANDS, 0, "allow-commands", NULL, SETS_NUMBER, AT(commands), COMMANDS_ALLOWED, NULL,
     "run the commands that dbdoc.yml names for migrations"},
    {OPTION_PLAN_FORMAT, 0, "format", "FORMAT", TAKES_WORD, AT(format), FORMAT_TEXT, plan_formats,
     "text (default), json; sql with --plan"},
    {OPTION_FINDINGS_FORMAT, 0, "format", "FORMAT", TAKES_WORD, AT(findings_format), FINDINGS_TEXT,
     findings_formats, "text, json, markdown, sarif, junit, github or gitlab"},
    {OPTIONS_OF_REVIEW, 0, "format", "FORMAT", TAKES_WORD, AT(findings_format), FINDINGS_JSON,
     findings_formats + FINDINGS_JSON, "json, markdown, sarif, junit, github or gitlab"},
    {OPTION_RUNBOOK_FORMAT, 0, "format", "FORMAT", TAKES_WORD, AT(runbook_format), RUNBOOK_TEXT,
     runbook_formats, "text (default), markdown, json or html"},
    {OPTION_TOOL, 0, "tool", "NAME", TAKES_TEXT, AT(tool), 0, NULL,
     "whose migrations they are, where files do not tell"},
    {OPTION_FAIL_ON, 0, "fail-on", "SEVERITY", TAKES_WORD, AT(fail_on), SEVERITY_NOTE, severities,
     "end with 1 from note, warning or error on (default)"},
    {OPTION_PROFILE, 0, "profile", "NAME", TAKES_WORD, AT(profile), 1, profile_words,
     "what to speak of: default, ecto or strict"},
    {OPTION_PUBLISH, 0, "publish", "WHAT", TAKES_WORD, AT(publish), 1, publish_words,
     "what may go out: internal (all) or structure"},
    {OPTION_MISSING, 0, "missing", "KIND", TAKES_WORD, AT(missing), MISSING_INDEXES, missing_kinds,
     "indexes without a reason, tables without words"},
    {OPTION_SCHEMA, 0, "schema", "FILE", TAKES_WORD, AT(schema), SCHEMA_SNAPSHOT, schemas,
     "print the JSON Schema of snapshot or observations"},
    {OPTION_PRINT_SQL, 0, "print-sql", NULL, SETS_NUMBER, AT(script), SCRIPT_PRINT, NULL,
     "print a psql script that reads, and read nothing"},
    {OPTION_EXPLAIN_PRIVACY, 0, "explain-privacy", NULL, SETS_NUMBER, AT(privacy), PRIVACY_EXPLAIN,
     NULL, "print what a server would be asked, and ask nothing"},
    {OPTION_WRITE_OBSERVATIONS, 0, "observations", "PATH", TAKES_TEXT, AT(written_observations), 0,
     NULL, "write sizes and counters there: a file or a folder"},
    {OPTION_OBSERVATIONS_ONLY, 0, "observations-only", NULL, SETS_NUMBER, AT(structure),
     STRUCTURE_LEFT_OUT, NULL, "write them alone, and no structure"},
    {OPTION_READ_OBSERVATIONS, 0, "observations", "PATH", TAKES_TEXT, AT(observations), 0, NULL,
     "sizes and counters: a file, or a folder of them"},
    {OPTION_HISTORY, 0, "history", "DIR", TAKES_TEXT, AT(history), 0, NULL,
     "snapshots of releases, NAME.json: what changed when"},
    {OPTION_SIZES, 0, "sizes", NULL, SETS_NUMBER, AT(observe), OBSERVE_FILES, NULL,
     "measure files; else sizes are the planner's"},
    {OPTION_LOCK_TIMEOUT, 0, "lock-timeout", "TIME", TAKES_TIME, AT(lock_timeout), 0, NULL,
     "how long to wait for locked tables (default: 2s)"},
    {OPTION_KEEP_GOING, 0, "keep-going", NULL, SETS_NUMBER, AT(on_error), KEEP_GOING, NULL,
     "leave out SQL statements that fail, and warn"},
    {OPTION_JOBS, 'j', "jobs", "N", TAKES_COUNT, AT(jobs), MOST_JOBS, NULL,
     "processes that write pages (default: all processors)"},
    {OPTION_PORT, 'p', "port", "N", TAKES_PORT, AT(port), MOST_PORT, NULL,
     "port of this machine (default: 8432; 0: any free)"},
    {OPTION_CONFIG, 'c', "config", "FILE", TAKES_TEXT, AT(config), 0, NULL,
     "configuration (default: dbdoc.yml, if there is one)"},
    {OPTION_NEW_CONFIG, 'c', "config", "FILE", TAKES_TEXT, AT(config), 0, NULL,
     "write there (default: dbdoc.yml)"},
    {OPTION_CI, 0, "ci", "PLATFORM", TAKES_WORD, AT(ci), CI_AUTO, platforms,
     "auto (default), github, gitlab, shell or none"},
    {OPTION_COLOUR, 0, "color", "WHEN", TAKES_WORD, AT(colour), COLOUR_AUTO, colour_choices,
     "auto (default), always or never"},
    {OPTION_QUIET, 'q', "quiet", NULL, SETS_NUMBER, AT(verbosity), VERBOSITY_QUIET, NULL,
     "no progress and no summary; warnings stay"},
    {OPTION_HELP, 'h', "help", NULL, SETS_NUMBER, AT(help), HELP_YES, NULL, "print this help"},
    {0, 0, NULL, NULL, SETS_NUMBER, 0, 0, NULL, NULL},
};

static bool
complain(const struct command *command, GError **error, const char *words)
{
    return failure_set(error, FAILURE_USAGE, "%s See dbdoc %s --help.", words, command->name);
}

static const struct option *
find_letter(guint64 bits, char letter)
{
    for (const struct option *option = options_table; option->name != NULL; option++)
        if ((option->bit & bits) != 0 && option->letter == letter)
            return option;
    return NULL;
}

static const struct option *
find_name(guint64 bits, const char *name)
{
    for (const struct option *option = options_table; option->name != NULL; option++)
        if ((option->bit & bits) != 0 && g_str_equal(option->name, name))
            return option;
    return NULL;
}

/* The word is as given: "--foo" or "-f". */
static bool
complain_unknown(const struct command *command, const char *word, GError **error)
{
    const char *candidates[G_N_ELEMENTS(options_table)] = {NULL};
    size_t count = 0;
    for (const struct option *option = options_table; option->name != NULL; option++)
        if ((option->bit & command->options) != 0)
            candidates[count++] = option->name;
    const char *nearest = g_str_has_prefix(word, "--")
                              ? text_nearest(word + strlen("--"), candidates)
                              : NULL;
    g_autofree char *words = nearest != NULL
                                 ? g_strdup_printf("unknown option %s. Did you mean --%s?", word,
                                                   nearest)
                                 : g_strdup_printf("unknown option %s.", word);
    return complain(command, error, words);
}

static bool
take_word(const struct command *command, const struct option *option, const char *value,
          int *number, GError **error)
{
    for (size_t i = 0; option->words[i] != NULL; i++) {
        if (g_str_equal(option->words[i], value)) {
            *number = option->number + (int)i;
            return true;
        }
    }
    g_autofree char *known = g_strjoinv(", ", (char **)(guintptr)option->words);
    g_autofree char *words = g_strdup_printf("--%s takes one of %s, found \"%s\".", option->name,
                                             known, value);
    return complain(command, error, words);
}

/* As PostgreSQL writes times: a number of milliseconds, or one with a unit. */
static bool
take_time(const struct command *command, const struct option *option, const char *value,
          unsigned *milliseconds, GError **error)
{
    static const struct {
        const char *unit;
        guint64 factor;
    } units[] = {{"", 1}, {"ms", 1}, {"s", 1000}, {"min", 60000}};
    size_t digits = strspn(value, "0123456789");
    guint64 number = digits == 0 || digits > 9 ? 0 : g_ascii_strtoull(value, NULL, 10);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        guint64 time = number * units[i].factor;
        if (g_str_equal(value + digits, units[i].unit) && time > 0 && time <= LOCK_TIMEOUT_MOST) {
            *milliseconds = (unsigned)time;
            return true;
        }
    }
    g_autofree char *words = g_strdup_printf(
        "--%s takes a time up to an hour, such as 500ms or 2s, found \"%s\".", option->name, value);
    return complain(command, error, words);
}

static bool
take_count(const struct command *command, const struct option *option, const char *value,
           unsigned *count, GError **error)
{
    guint64 number = 0;
    unsigned least = option->kind == TAKES_PORT ? 0 : 1;
    if (!g_ascii_string_to_unsigned(value, 10, least, (guint64)option->number, &number, NULL)) {
        g_autofree char *words = g_strdup_printf("--%s takes a number from %u to %d, found \"%s\".",
                                                 option->name, least, option->number, value);
        return complain(command, error, words);
    }
    *count = (unsigned)number;
    return true;
}

static bool
take_value(const struct command *command, const struct option *option, const char *value,
           struct options *options, GError **error)
{
    void *member = (char *)options + option->offset;
    switch (option->kind) {
    case SETS_NUMBER:
        memcpy(member, &option->number, sizeof option->number);
        return true;
    case TAKES_TEXT:
        memcpy(member, &value, sizeof value);
        return true;
    case TAKES_WORD:
        return take_word(command, option, value, member, error);
    case TAKES_TIME:
        return take_time(command, option, value, member, error);
    case TAKES_COUNT:
    case TAKES_PORT:
        return take_count(command, option, value, member, error);
    }
    g_assert_not_reached();
}

/* Where parsing stands. */
struct parser {
    const struct command *command;
    struct options *options;
    char **next; /* in argv */
};

/* `attached` is the value in the same word ("--name=VALUE"), NULL when there is none there. */
static bool
take_option(struct parser *parser, const struct option *option, const char *attached,
            GError **error)
{
    g_autofree char *words = NULL;
    const char *value = attached;
    if (option->kind == SETS_NUMBER) {
        if (attached == NULL)
            return take_value(parser->command, option, "", parser->options, error);
        words = g_strdup_printf("--%s takes no value.", option->name);
        return complain(parser->command, error, words);
    }
    if (value == NULL && *parser->next != NULL && !g_str_has_prefix(*parser->next, "--"))
        value = *parser->next++;
    if (value != NULL && *value != '\0')
        return take_value(parser->command, option, value, parser->options, error);
    words = g_strdup_printf("--%s needs a value: --%s %s.", option->name, option->name,
                            option->value);
    return complain(parser->command, error, words);
}

static bool
take_long(struct parser *parser, const char *word, GError **error)
{
    const char *equals = strchr(word, '=');
    g_autofree char *name = equals == NULL ? g_strdup(word + strlen("--"))
                                           : g_strndup(word + strlen("--"),
                                                       (size_t)(equals - word) - strlen("--"));
    const struct option *option = find_name(parser->command->options, name);
    if (option != NULL)
        return take_option(parser, option, equals == NULL ? NULL : equals + 1, error);
    g_autofree char *shown = g_strconcat("--", name, NULL);
    return complain_unknown(parser->command, shown, error);
}

/* "-q", "-oDIR", or several letters in one word: "-qo DIR". */
static bool
take_letters(struct parser *parser, const char *word, GError **error)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const struct option *option = find_letter(parser->command->options, *letter);
        if (option == NULL)
            return complain_unknown(parser->command, word, error);
        bool takes_rest = option->kind != SETS_NUMBER && letter[1] != '\0';
        if (!take_option(parser, option, takes_rest ? letter + 1 : NULL, error))
            return false;
        if (takes_rest)
            break;
    }
    return true;
}

bool
options_parse(const struct command *command, char **argv, struct options *options,
              GPtrArray *arguments, GError **error)
{
    *options = (struct options){
        .fail_on = SEVERITY_ERROR,
        .observe = OBSERVE_STATISTICS,
        .lock_timeout = LOCK_TIMEOUT,
        .port = PORT,
    };
    struct parser parser = {command, options, argv};
    bool only_arguments = false;
    while (*parser.next != NULL) {
        char *word = *parser.next++;
        bool good = true;
        if (only_arguments || word[0] != '-' || word[1] == '\0')
            g_ptr_array_add(arguments, word);
        else if (g_str_equal(word, "--"))
            only_arguments = true;
        else if (word[1] == '-')
            good = take_long(&parser, word, error);
        else
            good = take_letters(&parser, word, error);
        if (!good)
            return false;
    }
    return true;
}

void
options_describe(guint64 bits, GString *text)
{
    for (const struct option *option = options_table; option->name != NULL; option++) {
        if ((option->bit & bits) == 0)
            continue;
        gsize start = text->len;
        if (option->letter != 0)
            g_string_append_printf(text, "  -%c, --%s", option->letter, option->name);
        else
            g_string_append_printf(text, "      --%s", option->name);
        if (option->value != NULL)
            g_string_append_printf(text, " %s", option->value);
        g_string_append_printf(text, "%*s  %s\n",
                               (int)MAX(0, SUMMARY_COLUMN - (gssize)(text->len - start)), "",
                               option->summary);
    }
}

G_STATIC_ASSERT(sizeof(enum observe) == sizeof(int));
