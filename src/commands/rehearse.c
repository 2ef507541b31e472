/* rehearse.c - "dbdoc rehearse --plan": what each migration sends to PostgreSQL, up and down. */
#include "base/failure.h"
#include "commands/message.h"
#include "commands/reading.h"
#include "migrations/migration.h"
#include "migrations/place.h"

static GString *
write_report(const struct options *options, const struct migrations *migrations)
{
    switch (options->format) {
    case FORMAT_TEXT:
        return report_plan_text(migrations, result_colour(options));
    case FORMAT_JSON:
        return report_plan_json(migrations);
    case FORMAT_SQL:
        return report_plan_sql(migrations);
    }
    g_assert_not_reached();
}

static bool
show_plan(const struct invocation *invocation, struct arena *arena, const struct place *place,
          GError **error)
{
    const struct options *options = &invocation->options;
    struct migrations migrations;
    if (!migrations_read(arena, place->root, place->folder, &migrations, error))
        return false;
    for (size_t i = 0; i < migrations.link_count; i++) {
        g_autofree char *words = g_strdup_printf("%s is a symbolic link and was left out.",
                                                 migrations.links[i]);
        message_warning(words);
    }
    g_autoptr(GString) text = write_report(options, &migrations);
    if (!result_write(options->output, text, error))
        return false;
    g_autofree char *summary = report_plan_summary(&migrations);
    if (options->output != NULL)
        message_summary(options->verbosity, "Wrote %s: %s", options->output, summary);
    return true;
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    if (invocation->options.rehearsal == REHEARSE_NOT_SAID)
        return failure_set(error, FAILURE_USAGE,
                           "say what to do: --plan shows what each migration sends. See dbdoc "
                           "rehearse --help.");
    struct reading reading;
    if (!reading_begin(invocation, &reading, error))
        return false;
    struct place place = {NULL, NULL};
    bool done = invocation->argument_count > 0
                    ? place_of_folder(invocation->arguments[0], &place, error)
                    : place_find(reading.config->root, &place, error);
    done = done && show_plan(invocation, reading.arena, &place, error);
    place_clear(&place);
    reading_close(&reading);
    return done;
}

const struct command command_rehearse = {
    .name = "rehearse",
    .arguments = "--plan [FOLDER]",
    .most = 1,
    .options = OPTION_PLAN | OPTION_PLAN_FORMAT | OPTION_OUTPUT_FILE | OPTION_CONFIG |
               OPTION_COLOUR | OPTION_QUIET | OPTION_HELP,
    .summary = "say what each migration sends, up and down",
    .help = "Reads Ecto's migrations without running Elixir, and prints the SQL that each of\n"
            "them sends to PostgreSQL, up and down, with the lines it comes from. FOLDER is\n"
            "the folder of the files; without one it is the repository's only\n"
            "priv/*/migrations. No server is needed, and nothing is run.\n"
            "\n"
            "A way down that Ecto refuses is \"refused\", in Ecto's words. What depends on more\n"
            "than the source (the environment, the rows of a query, code of the application)\n"
            "is \"opaque\": it is shown with its reason, and nothing is guessed. The\n"
            "repository's settings come from config/config.exs, the version of ecto_sql from\n"
            "mix.lock.\n"
            "\n"
            "Examples:\n"
            "  dbdoc rehearse --plan\n"
            "  dbdoc rehearse --plan --format json apps/shop/priv/repo/migrations\n"
            "  dbdoc rehearse --plan --format sql | psql -v ON_ERROR_STOP=1 scratch\n",
    .run = run,
};
