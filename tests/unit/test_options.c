/* test_options.c - the command line: every form of every kind of option, and every refusal. */
#include "commands/command.h"
#include "support.h"

#include <string.h>

/* A verb that takes one option of each kind. */
static const struct command verb = {
    .name = "try",
    .arguments = "[SOURCE]",
    .most = 1,
    .options = OPTION_OUTPUT_FILE | OPTION_FORMAT | OPTION_LOCK_TIMEOUT | OPTION_SIZES |
               OPTION_CONFIG | OPTION_QUIET | OPTION_FAIL_ON | OPTION_JOBS | OPTION_HELP,
};

static bool
parse(const char *line, struct options *options, GPtrArray *arguments, GError **error)
{
    static char **words; /* the options keep pointing into it */
    g_strfreev(words);
    words = g_strsplit(line, " ", -1);
    g_ptr_array_set_size(arguments, 0);
    return options_parse(&verb, words, options, arguments, error);
}

static void
test_defaults(void)
{
    struct options options;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_assert_true(parse("", &options, arguments, NULL));
    g_assert_cmpuint(options.lock_timeout, ==, 2000);
    g_assert_cmpint(options.fail_on, ==, SEVERITY_ERROR);
    g_assert_cmpint(options.observe, ==, OBSERVE_STATISTICS);
    g_assert_cmpint(options.format, ==, FORMAT_TEXT);
    g_assert_cmpint(options.verbosity, ==, VERBOSITY_NORMAL);
    g_assert_null(options.output);
    g_assert_null(options.config);
}

static void
test_forms(void)
{
    static const char *const lines[] = {
        "--output a --config=b --quiet --sizes",
        "-o a -c b -q --sizes",
        "-oa -cb -q --sizes",
        "-qoa -cb --sizes",
        "-qo a -c b --sizes",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        struct options options;
        g_autoptr(GPtrArray) arguments = g_ptr_array_new();
        g_autoptr(GError) error = NULL;
        bool done = parse(lines[i], &options, arguments, &error);
        g_assert_no_error(error);
        g_assert_true(done);
        g_assert_cmpstr(options.output, ==, "a");
        g_assert_cmpstr(options.config, ==, "b");
        g_assert_cmpint(options.verbosity, ==, VERBOSITY_QUIET);
        g_assert_cmpint(options.observe, ==, OBSERVE_FILES);
        g_assert_cmpuint(arguments->len, ==, 0);
    }
}

static void
test_words(void)
{
    struct options options;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_assert_true(parse("--format json --fail-on=warning", &options, arguments, NULL));
    g_assert_cmpint(options.format, ==, FORMAT_JSON);
    g_assert_cmpint(options.fail_on, ==, SEVERITY_WARNING);
    g_assert_true(parse("--fail-on note --fail-on error", &options, arguments, NULL));
    g_assert_cmpint(options.fail_on, ==, SEVERITY_ERROR);
}

static void
test_times(void)
{
    static const struct {
        const char *line;
        unsigned milliseconds;
    } times[] = {{"--lock-timeout 1", 1},
                 {"--lock-timeout 500ms", 500},
                 {"--lock-timeout=3s", 3000},
                 {"--lock-timeout 2min", 120000},
                 {"--lock-timeout 60min", 3600000}};
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
        struct options options;
        g_autoptr(GPtrArray) arguments = g_ptr_array_new();
        g_assert_true(parse(times[i].line, &options, arguments, NULL));
        g_assert_cmpuint(options.lock_timeout, ==, times[i].milliseconds);
    }
}

static void
test_counts(void)
{
    struct options options;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_assert_true(parse("", &options, arguments, NULL));
    g_assert_cmpuint(options.jobs, ==, 0);
    g_assert_true(parse("--jobs 1", &options, arguments, NULL));
    g_assert_cmpuint(options.jobs, ==, 1);
    g_assert_true(parse("-qj64", &options, arguments, NULL));
    g_assert_cmpuint(options.jobs, ==, 64);
}

static void
test_arguments(void)
{
    struct options options;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_assert_true(parse("one -q two - -- --three -o", &options, arguments, NULL));
    g_assert_cmpuint(arguments->len, ==, 5);
    g_assert_cmpstr(arguments->pdata[0], ==, "one");
    g_assert_cmpstr(arguments->pdata[1], ==, "two");
    g_assert_cmpstr(arguments->pdata[2], ==, "-");
    g_assert_cmpstr(arguments->pdata[3], ==, "--three");
    g_assert_cmpstr(arguments->pdata[4], ==, "-o");
    g_assert_null(options.output);
}

static void
test_refusals(void)
{
    static const struct {
        const char *line;
        const char *message;
    } refusals[] = {
        {"--outptu x", "unknown option --outptu. Did you mean --output? See dbdoc try --help."},
        {"--strict", "unknown option --strict. See dbdoc try --help."}, /* another verb's */
        {"--outptu=x", "unknown option --outptu. Did you mean --output? See dbdoc try --help."},
        {"-x", "unknown option -x. See dbdoc try --help."},
        {"-qx", "unknown option -qx. See dbdoc try --help."},
        {"--=x", "unknown option --. See dbdoc try --help."},
        {"--quiet=1", "--quiet takes no value. See dbdoc try --help."},
        {"--output", "--output needs a value: --output FILE. See dbdoc try --help."},
        {"--output --quiet", "--output needs a value: --output FILE. See dbdoc try --help."},
        {"--output=", "--output needs a value: --output FILE. See dbdoc try --help."},
        {"-o", "--output needs a value: --output FILE. See dbdoc try --help."},
        {"--format xml", "--format takes one of text, json, found \"xml\". See dbdoc try --help."},
        {"--format JSON",
         "--format takes one of text, json, found \"JSON\". See dbdoc try --help."},
        {"--jobs 0", "--jobs takes a number from 1 to 64, found \"0\". See dbdoc try --help."},
        {"-j65", "--jobs takes a number from 1 to 64, found \"65\". See dbdoc try --help."},
        {"-j 2x", "--jobs takes a number from 1 to 64, found \"2x\". See dbdoc try --help."},
        {"--lock-timeout 0", "--lock-timeout takes a time up to an hour, such as 500ms or 2s, "
                             "found \"0\". See dbdoc try --help."},
        {"--lock-timeout -1", "--lock-timeout takes a time up to an hour, such as 500ms or 2s, "
                              "found \"-1\". See dbdoc try --help."},
        {"--lock-timeout 2h", "--lock-timeout takes a time up to an hour, such as 500ms or 2s, "
                              "found \"2h\". See dbdoc try --help."},
        {"--lock-timeout 61min", "--lock-timeout takes a time up to an hour, such as 500ms or 2s, "
                                 "found \"61min\". See dbdoc try --help."},
        {"--lock-timeout 99999999999999999999s",
         "--lock-timeout takes a time up to an hour, such as 500ms or 2s, found "
         "\"99999999999999999999s\". See dbdoc try --help."},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        struct options options;
        g_autoptr(GPtrArray) arguments = g_ptr_array_new();
        GError *error = NULL;
        g_assert_false(parse(refusals[i].line, &options, arguments, &error));
        support_assert_failure(&error, FAILURE_USAGE, refusals[i].message);
    }
}

/* The help of every verb fits a terminal, says what it is for, and gives an example. */
static void
test_help(void)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        g_autoptr(GString) text = g_string_new(commands[i]->help);
        options_describe(commands[i]->options, text);
        g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
        for (char **line = lines; *line != NULL; line++)
            if (g_utf8_strlen(*line, -1) > 80)
                g_error("dbdoc %s --help is too wide: %s", commands[i]->name, *line);
        g_assert_true((commands[i]->options & OPTION_HELP) != 0);
        g_assert_true(g_str_has_suffix(commands[i]->help, "\n"));
        if (commands[i]->most > 0 && commands[i] != &command_help)
            g_assert_nonnull(strstr(commands[i]->help, "Examples:\n  dbdoc "));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/options/defaults", test_defaults);
    g_test_add_func("/options/forms", test_forms);
    g_test_add_func("/options/words", test_words);
    g_test_add_func("/options/times", test_times);
    g_test_add_func("/options/counts", test_counts);
    g_test_add_func("/options/arguments", test_arguments);
    g_test_add_func("/options/refusals", test_refusals);
    g_test_add_func("/options/help", test_help);
    return g_test_run();
}
