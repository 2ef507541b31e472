/* export.c - "dbdoc export": the schema for other tools. */
#include "report/export.h"

#include "base/failure.h"
#include "base/text.h"
#include "commands/completions.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/subject.h"

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
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    struct invocation rest = *invocation; /* the SOURCE alone */
    rest.arguments++;
    rest.argument_count--;
    const struct export_format *format = find_format(invocation->arguments[0], error);
    if (format == NULL)
        return false;
    struct subject subject;
    bool done = subject_begin(&rest, &subject, error) && subject_read(&rest, &subject, error);
    if (done) {
        findings_free(publishing_narrow(&subject));
        g_autoptr(GString) text = format->write(subject.model);
        done = result_write(invocation->options.output, text, error);
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
    .options = OPTION_OUTPUT_FILE | OPTIONS_OF_SOURCES,
    .summary = "write the schema for other tools",
    .help = "Writes the schema in the language of another tool. FORMAT is one of\n"
            "  dbml      for dbdiagram.io and dbdocs.io\n"
            "  mermaid   the diagram that GitHub and GitLab draw in Markdown\n"
            "  dot       the diagram for Graphviz\n"
            "  plantuml  the diagram for PlantUML\n"
            "  tbls      its schema.json, which Liam ERD reads, too\n"
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
            "  dbdoc export comments | psql -1 -v ON_ERROR_STOP=1 shop\n",
    .run = run,
};
