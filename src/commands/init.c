/* init.c - "dbdoc init": a dbdoc.yml for what a folder shows, a first note, and the file of its CI.
 * Nothing that is there is changed. */
#include "base/embedded.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/yaml.h"
#include "commands/command.h"
#include "commands/message.h"
#include "commands/platform.h"
#include "commands/survey.h"
#include "source/repository.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME  "dbdoc.yml"
#define PATTERN    "src/commands/init/dbdoc.yml"
#define FIRST_NOTE "src/commands/init/note.md"
#define NOTES      "notes"
#define NOTE_NAME  "index.md"
#define EXAMPLE    "#"

enum { MOST_SOURCES = 9 }; /* that are named in the file */

/* What goes where. */
struct plan {
    const char *file; /* NULL: it is there already, and the CI's alone was asked for */
    char *root;
    char *notes; /* the folder */
    char *note;  /* NULL: there are notes already */
    bool makes_folder;
    const struct platform *platform; /* NULL: none */
    char *ci;                        /* its file; NULL: none, or it is there already */
    struct survey survey;
};

/* ---- the file ---- */

/* "key: value", behind "#" when it is an example alone. */
static void
append_key(GString *text, const char *mark, const char *key, const char *value)
{
    g_autofree char *written = yaml_scalar(value);
    g_string_append_printf(text, "%s%s: %s\n", mark, key, written);
}

static void
append_title(const struct survey *survey, GString *text)
{
    g_autofree char *written = survey->title == NULL ? NULL : yaml_scalar(survey->title);
    append_key(text, written == NULL ? EXAMPLE : "", "title",
               written == NULL ? "Our shop" : survey->title);
}

static void
append_database(const struct survey *survey, GString *text)
{
    const GPtrArray *sources = survey->sources;
    if (sources->len > 0)
        append_key(text, "", "database", sources->pdata[0]);
    else if (survey->has_mix)
        append_key(text, EXAMPLE, "database", REPOSITORY_STRUCTURE);
    else
        append_key(text, EXAMPLE, "database", "${DATABASE_URL}");
    if (sources->len > 1)
        g_string_append(text, "# Also here:\n");
    for (guint i = 1; i < MIN(sources->len, MOST_SOURCES); i++)
        append_key(text, EXAMPLE, "database", sources->pdata[i]);
    if (sources->len > MOST_SOURCES)
        g_string_append_printf(text, "# and %u more.\n", sources->len - MOST_SOURCES);
}

static void
append_observations(const struct survey *survey, GString *text)
{
    append_key(text, survey->has_observations ? "" : EXAMPLE, "observations", SURVEY_OBSERVATIONS);
}

/* Lines of the pattern that stand for what was found. */
static const struct {
    const char *line;
    void (*append)(const struct survey *survey, GString *text);
} places[] = {
    {"@title", append_title},
    {"@database", append_database},
    {"@observations", append_observations},
};

static void
append_line(const struct survey *survey, const char *line, GString *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if (g_str_equal(line, places[i].line)) {
            places[i].append(survey, text);
            return;
        }
    }
    g_string_append_printf(text, "%s\n", line);
}

static GString *
write_file(const struct survey *survey)
{
    GString *text = g_string_new(NULL);
    g_auto(GStrv) lines = g_strsplit(embedded_find(PATTERN)->text, "\n", -1);
    for (char **line = lines; line[0] != NULL && line[1] != NULL; line++)
        append_line(survey, *line, text);
    return text;
}

/* ---- where it goes ---- */

static bool
is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

static bool
check_file(const struct plan *plan, GError **error)
{
    struct stat status;
    if (is_there(plan->file))
        return failure_set(error, FAILURE_USAGE,
                           "%s is there already and stays as it is. Edit it, move it away, or name "
                           "another file with --config; with --ci the file of a CI is written "
                           "beside it.",
                           plan->file);
    if (stat(plan->root, &status) != 0 || !S_ISDIR(status.st_mode))
        return failure_set(error, FAILURE_USAGE, "there is no folder %s. Make it first.",
                           plan->root);
    return true;
}

/* Whether a first note is welcome, and where. */
static bool
plan_note(struct plan *plan, GError **error)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    struct stat status;
    plan->notes = g_str_equal(plan->root, ".") ? g_strdup(NOTES)
                                               : g_build_filename(plan->root, NOTES, NULL);
    plan->makes_folder = lstat(plan->notes, &status) != 0;
    if (!plan->makes_folder && !S_ISDIR(status.st_mode))
        return failure_set(error, FAILURE_USAGE,
                           "%s is no folder, and notes would go there. Move it away.", plan->notes);
    if (!files_below(plan->root, NOTES, ".md", LIST_TREE, found, NULL, error))
        return false;
    if (found->len == 0)
        plan->note = g_build_filename(plan->notes, NOTE_NAME, NULL);
    return true;
}

/* The file of the CI goes to the top of the repository alone. */
static void
plan_ci(enum ci_choice choice, struct plan *plan)
{
    plan->platform = platform_find(plan->root, choice);
    if (plan->platform == NULL)
        return;
    const char *const files[] = {plan->platform->file, plan->platform->beside};
    for (size_t i = 0; plan->ci == NULL && i < G_N_ELEMENTS(files) && files[i] != NULL; i++) {
        g_autofree char *path = g_str_equal(plan->root, ".")
                                    ? g_strdup(files[i])
                                    : g_build_filename(plan->root, files[i], NULL);
        if (!is_there(path))
            plan->ci = g_steal_pointer(&path);
    }
}

static bool
plan_make(const struct invocation *invocation, struct plan *plan, GError **error)
{
    const char *file = invocation->options.config;
    enum ci_choice ci = invocation->options.ci;
    plan->file = file != NULL ? file : FILE_NAME;
    plan->root = g_path_get_dirname(plan->file);
    plan_ci(ci, plan);
    if (is_there(plan->file) && ci != CI_AUTO && plan->platform != NULL) {
        plan->file = NULL;
        return true;
    }
    return check_file(plan, error) && plan_note(plan, error) &&
           survey_make(plan->root, invocation->surroundings->variables, &plan->survey, error);
}

static void
plan_clear(struct plan *plan)
{
    g_free(plan->root);
    g_free(plan->notes);
    g_free(plan->note);
    g_free(plan->ci);
    if (plan->survey.sources != NULL)
        survey_clear(&plan->survey);
}

/* ---- writing ---- */

static bool
write_note(const struct plan *plan, GError **error)
{
    const struct embedded *text = embedded_find(FIRST_NOTE);
    return plan->note == NULL || (directory_create(plan->notes, error) &&
                                  file_introduce(plan->note, text->text, text->length, error));
}

static void
take_back_note(const struct plan *plan)
{
    if (plan->note != NULL)
        unlink(plan->note);
    if (plan->makes_folder)
        rmdir(plan->notes);
}

static bool
write_ci(const struct plan *plan, GError **error)
{
    if (plan->ci == NULL)
        return true;
    g_autofree char *folder = g_path_get_dirname(plan->ci);
    g_autoptr(GString) text = platform_write(plan->platform, plan->root);
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return failure_set(error, FAILURE_WRITE,
                           "cannot make the folder %s (%s). Make it, or leave the file of the CI "
                           "out with --ci none.",
                           folder, g_strerror(errno));
    return file_introduce(plan->ci, text->str, text->len, error);
}

/* The file last: while it is not there, init can be tried again. */
static bool
write_file_and_note(const struct plan *plan, GError **error)
{
    if (plan->file == NULL)
        return true;
    g_autoptr(GString) text = write_file(&plan->survey);
    if (!write_note(plan, error)) {
        if (plan->makes_folder)
            rmdir(plan->notes);
        return false;
    }
    if (file_introduce(plan->file, text->str, text->len, error))
        return true;
    take_back_note(plan);
    return false;
}

static bool
write_all(const struct plan *plan, GError **error)
{
    return write_file_and_note(plan, error) && write_ci(plan, error);
}

/* ---- words ---- */

static void
warn_of_names(const struct survey *survey)
{
    for (guint i = 0; i < survey->unspeakable->len; i++) {
        g_autofree char *words = g_strdup_printf(
            "\"%s\" was left out: dbdoc.yml cannot hold its name. Rename it.",
            (const char *)survey->unspeakable->pdata[i]);
        message_warning(words);
    }
}

static void
say_next(const struct invocation *invocation, const struct plan *plan)
{
    enum verbosity verbosity = invocation->options.verbosity;
    g_autofree char *quoted = g_shell_quote(plan->file);
    g_autofree char *option = invocation->options.config == NULL
                                  ? g_strdup("")
                                  : g_strconcat(" --config ", quoted, NULL);
    if (plan->survey.sources->len > 0)
        message_summary(verbosity, "Next: dbdoc build%s", option);
    else if (plan->survey.has_mix)
        message_summary(
            verbosity,
            "Next: \"mix ecto.dump\" writes " REPOSITORY_STRUCTURE "; then dbdoc build%s", option);
    else
        message_summary(verbosity,
                        "Next: nothing here shows a database. Say in %s which one it is "
                        "(database:), then dbdoc build%s",
                        plan->file, option);
}

static void
say_ci(enum verbosity verbosity, const struct plan *plan)
{
    const struct platform *platform = plan->platform;
    if (platform == NULL)
        return;
    if (plan->ci == NULL) {
        message_summary(verbosity, "%s is there already and stays as it is.",
                        platform->beside != NULL ? platform->beside : platform->file);
        return;
    }
    message_summary(verbosity, "Wrote %s for %s. %s", plan->ci, platform->name, platform->next);
    if (platform->beside != NULL && g_str_has_suffix(plan->ci, platform->beside))
        message_summary(verbosity, "%s is there already and stays as it is. Add to it: include: %s",
                        platform->file, platform->beside);
}

static void
summarize(const struct invocation *invocation, const struct plan *plan)
{
    enum verbosity verbosity = invocation->options.verbosity;
    const GPtrArray *sources = plan->survey.sources;
    if (plan->file == NULL) {
        say_ci(verbosity, plan);
        return;
    }
    warn_of_names(&plan->survey);
    if (sources->len > 0)
        message_summary(verbosity, "Wrote %s for %s.", plan->file, (const char *)sources->pdata[0]);
    else
        message_summary(verbosity, "Wrote %s.", plan->file);
    if (plan->note != NULL)
        message_summary(verbosity, "Wrote %s, an example to be replaced.", plan->note);
    say_ci(verbosity, plan);
    say_next(invocation, plan);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    struct plan plan = {0};
    bool done = plan_make(invocation, &plan, error) && write_all(&plan, error);
    if (done)
        summarize(invocation, &plan);
    plan_clear(&plan);
    return done;
}

const struct command command_init = {
    .name = "init",
    .arguments = "",
    .options = OPTION_CI | OPTION_NEW_CONFIG | OPTION_QUIET | OPTION_HELP,
    .summary = "write a dbdoc.yml for what the folder shows, and the file of its CI",
    .help = "Looks for what a folder shows of its database (a dump such as\n"
            "priv/repo/structure.sql, a snapshot, a folder of migrations or of SQL files,\n"
            "DATABASE_URL in the environment), and writes a dbdoc.yml for it, with every key\n"
            "explained. Where there are no notes it writes a first one, notes/index.md.\n"
            "Nothing that is there is changed; only names and first bytes of files are looked\n"
            "at.\n"
            "\n"
            "In a repository it also writes the file of its CI, which publishes the site and\n"
            "reviews each change of the migrations: .github/workflows/dbdoc.yml, or\n"
            ".gitlab-ci.yml (where that is taken .gitlab/dbdoc.yml). Which one the remote\n"
            "\"origin\" says, else the files that are there; --ci says it too, also where there\n"
            "is a dbdoc.yml already.\n"
            "\n"
            "Examples:\n"
            "  dbdoc init\n"
            "  dbdoc init --ci gitlab\n"
            "  dbdoc init --config docs/database/dbdoc.yml\n",
    .run = run,
};
