/* export.c - "dbdoc export": the schema for other tools. */
#include "report/export.h"

#include "base/failure.h"
#include "base/text.h"
#include "commands/build.h"
#include "commands/completions.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/subject.h"
#include "site/manifest.h"
#include "site/publish.h"

static const struct export_format *
find_format(const char *word, GError **error)
{
    for (size_t i = 0; export_formats[i].word != NULL; i++)
        if (g_str_equal(export_formats[i].word, word))
            return &export_formats[i];
    g_autofree char *known = completions_words(COMPLETES_EXPORTS);
    g_auto(GStrv) words = g_strsplit(known, " ", -1);
    const char *nearest = text_nearest(word, (const char *const *)words);
    if (nearest != NULL)
        failure_set(error, FAILURE_USAGE, "there is no format \"%s\". Did you mean \"%s\"?", word,
                    nearest);
    else
        failure_set(error, FAILURE_USAGE,
                    "there is no format \"%s\", only: %s. Write it before the SOURCE.", word,
                    known);
    return NULL;
}

static bool
add_file(const char *path, const GString *text, void *data, GError **error)
{
    unsigned changed = 0;
    return publication_expect(data, path, error) &&
           publication_add(data, path, NO_KEY, text, &changed, error);
}

/* A folder is replaced as a whole, so that no table that is gone stays behind. */
static bool
write_folder(const struct export_format *format, const struct subject *subject, const char *target,
             GError **error)
{
    enum manner manner;
    struct publication *publication = publication_begin(target, format->word, error);
    if (publication == NULL)
        return false;
    if (format->write_files(subject->model, add_file, publication, error))
        return publication_finish(publication, &manner, error);
    publication_abort(publication);
    return false;
}

static bool
check_folder(const struct export_format *format, const char *target, const struct config *config,
             GError **error)
{
    if (format->write != NULL)
        return true;
    if (target != NULL)
        return build_check_target(target, config, error);
    return failure_set(error, FAILURE_USAGE,
                       "%s is a folder of files. Say where it goes: dbdoc export %s --output DIR.",
                       format->word, format->word);
}

static bool
write_export(const struct export_format *format, const struct subject *subject, const char *target,
             GError **error)
{
    if (format->write == NULL)
        return write_folder(format, subject, target, error);
    g_autoptr(GString) text = format->write(subject->model);
    return result_write(target, text, error);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    struct invocation rest = *invocation; /* the SOURCE alone */
    rest.arguments++;
    rest.argument_count--;
    const struct export_format *format = find_format(invocation->arguments[0], error);
    if (format == NULL)
        return false;
    const char *target = invocation->options.output;
    struct subject subject;
    bool done = subject_begin(&rest, &subject, error) &&
                check_folder(format, target, subject.reading.config, error) &&
                subject_read(&rest, &subject, error);
    if (done) {
        publishing_narrow(&subject, AUDIENCE_STRANGERS);
        done = write_export(format, &subject, target, error);
    }
    subject_close(&subject);
    return done;
}

const struct command command_export = {
    .name = "export",
    .arguments = "FORMAT [SOURCE]",
    .completes = COMPLETES_EXPORTS,
    .least = 1,
    .most = 2,
    .options = OPTION_OUTPUT_FILE | OPTION_PUBLISH | OPTIONS_OF_SOURCES,
    .summary = "write the schema for other tools",
    .help = "Writes the schema in the language of another tool. FORMAT is one of\n"
            "  dbml      for dbdiagram.io and dbdocs.io\n"
            "  mermaid   the diagram that GitHub and GitLab draw in Markdown\n"
            "  dot       the diagram for Graphviz\n"
            "  plantuml  the diagram for PlantUML\n"
            "  tbls      its schema.json, which Liam ERD reads, too\n"
            "  markdown  a folder (-o DIR): README.md, a file for each table and view\n"
            "  llms      compact Markdown for language models, as an llms.txt\n"
            "  comments  the notes in files as COMMENT ON statements\n"
            "\n"
            "What include:, exclude: and publish: of dbdoc.yml leave out stays out;\n"
            "partitions are part of their table. Notes come along where the language has a\n"
            "place for them.\n"
            "\n"
            "Examples:\n"
            "  dbdoc export dbml -o schema.dbml\n"
            "  dbdoc export mermaid structure.sql\n"
            "  dbdoc export dot snapshot.json | dot -Tsvg > schema.svg\n"
            "  dbdoc export markdown -o docs/schema\n"
            "  dbdoc export comments | psql -1 -v ON_ERROR_STOP=1 shop\n",
    .run = run,
};
