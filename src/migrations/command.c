/* command.c - file names become versions, and words of dbdoc.yml the arguments of programs. Nothing
 * here goes through a shell. */
#include "migrations/command.h"

#include "base/failure.h"
#include "base/files.h"
#include "migrations/schemas.h"

#include <string.h>

#define DIGITS       "0123456789"
#define SOURCE_LIMIT ((size_t)1024 * 1024)

struct reader {
    struct arena *arena;
    const char *root;
    const char *folder;
    const struct commands *commands;
    GPtrArray *paths;    /* char *: of files that are migrations */
    GPtrArray *warnings; /* const char * in the arena */
};

static const char *
base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool
is_numbered(const char *path)
{
    return g_ascii_isdigit(*base_of(path));
}

/* Whether a program could take it for something else than a name: an option. */
static bool
is_fit(const char *name)
{
    if (*name == '-' || *name == '_' || *name == '.')
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if (g_ascii_iscntrl(*c))
            return false;
    return g_utf8_validate(name, -1, NULL);
}

static void
leave_out_unnumbered(GPtrArray *paths)
{
    bool numbered = false;
    for (guint i = 0; i < paths->len; i++)
        numbered = numbered || is_numbered(paths->pdata[i]);
    for (guint i = paths->len; numbered && i-- > 0;)
        if (!is_numbered(paths->pdata[i]))
            g_ptr_array_remove_index(paths, i);
}

/* "_init.py" is none of the tool's migrations either, and is left out without a word. */
static void
leave_out_unfit(struct reader *reader)
{
    for (guint i = reader->paths->len; i-- > 0;) {
        const char *name = base_of(reader->paths->pdata[i]);
        if (is_fit(name))
            continue;
        if (*name == '-')
            g_ptr_array_add(reader->warnings,
                            arena_printf(reader->arena,
                                         "%s was left out: a command would take its name for an "
                                         "option",
                                         (const char *)reader->paths->pdata[i]));
        g_ptr_array_remove_index(reader->paths, i);
    }
}

static char *
stem_of(const char *path)
{
    const char *name = base_of(path);
    return g_strndup(name, strcspn(name, "."));
}

static char *
digits_of(const char *path)
{
    const char *name = base_of(path);
    return g_strndup(name, strspn(name, DIGITS));
}

static int
compare_digits(const char *a, const char *b)
{
    a += strspn(a, "0");
    b += strspn(b, "0");
    size_t a_length = strspn(a, DIGITS);
    size_t b_length = strspn(b, DIGITS);
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return strncmp(a, b, a_length);
}

/* By the digits that they begin with, as numbers; then by the bytes of the name. */
static gint
compare_paths(gconstpointer a, gconstpointer b)
{
    const char *left = base_of(*(const char *const *)a);
    const char *right = base_of(*(const char *const *)b);
    int order = compare_digits(left, right);
    return order != 0 ? order : strcmp(left, right);
}

/* Files of one migration differ in what follows the first dot: its ways, its languages. */
static bool
is_same_migration(const char *path, const char *before)
{
    g_autofree char *stem = stem_of(path);
    g_autofree char *other = stem_of(before);
    return g_str_equal(stem, other);
}

static bool
shares_digits(const GPtrArray *paths, guint place)
{
    const guint beside[] = {place - 1, place + 1}; /* before the first one wraps around */
    for (size_t i = 0; i < G_N_ELEMENTS(beside); i++)
        if (beside[i] < paths->len &&
            compare_digits(base_of(paths->pdata[place]), base_of(paths->pdata[beside[i]])) == 0)
            return true;
    return false;
}

/* The file of a migration is the first one that is not its way down. */
static void
keep_one_each(GPtrArray *paths)
{
    for (guint i = paths->len; i-- > 1;) {
        bool down = strstr(base_of(paths->pdata[i - 1]), ".down.") != NULL;
        if (is_same_migration(paths->pdata[i], paths->pdata[i - 1]))
            g_ptr_array_remove_index(paths, down ? i - 1 : i);
    }
}

/* ---- Commands ---- */

static const char *
fill_in(struct reader *reader, const char *word, const struct migration *migration)
{
    const struct {
        const char *mark;
        const char *value;
    } marks[] = {
        {"{version}", migration->version},
        {"{previous}", migration->previous != NULL ? migration->previous : reader->commands->base},
        {"{name}", migration->name},
        {"{file}", migration->file},
    };
    GString *filled = g_string_new(NULL);
    while (*word != '\0') {
        size_t i = 0;
        while (i < G_N_ELEMENTS(marks) && !g_str_has_prefix(word, marks[i].mark))
            i++;
        if (i < G_N_ELEMENTS(marks))
            g_string_append(filled, marks[i].value);
        else
            g_string_append_c(filled, *word);
        word += i < G_N_ELEMENTS(marks) ? strlen(marks[i].mark) : 1;
    }
    const char *kept = arena_intern(reader->arena, filled->str);
    g_string_free(filled, TRUE);
    return kept;
}

/* As a shell would have to be given them. */
static const char *
words_of(struct arena *arena, const char *const *argv)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (size_t i = 0; argv[i] != NULL; i++) {
        bool plain = *argv[i] != '\0';
        for (const char *c = argv[i]; *c != '\0'; c++)
            plain = plain && (g_ascii_isalnum(*c) || strchr("_-./=:+,@%", *c) != NULL);
        g_autofree char *quoted = plain ? g_strdup(argv[i]) : g_shell_quote(argv[i]);
        g_string_append_printf(words, "%s%s", i > 0 ? " " : "", quoted);
    }
    return arena_intern(arena, words->str);
}

/* Of a migration; NULL for the probe. */
static const struct migration_command *
make_command(struct reader *reader, const struct names *words, const struct migration *migration)
{
    struct arena *arena = reader->arena;
    const char **argv = arena_array(arena, words->count + 1, sizeof *argv);
    for (size_t i = 0; i < words->count; i++)
        argv[i] = migration == NULL ? words->items[i] : fill_in(reader, words->items[i], migration);
    struct migration_command *command = arena_alloc(arena, sizeof *command);
    *command = (struct migration_command){
        .argv = argv,
        .words = words_of(arena, argv),
        .folder = arena_intern(arena, reader->root),
        .own = reader->commands->own,
    };
    return command;
}

static void
make_plan(struct reader *reader, const struct names *words, const struct migration *migration,
          struct migration_plan *plan)
{
    if (words->count == 0) {
        *plan = (struct migration_plan){
            .end = PLAN_ABSENT, .reason = "dbdoc.yml names no command for the way down (down:)"};
        return;
    }
    struct migration_step *step = arena_alloc(reader->arena, sizeof *step);
    *plan = (struct migration_plan){
        .count = 1,
        .steps = step,
        .command = make_command(reader, words, migration),
        .isolation = NO_TRANSACTION,
    };
    *step = (struct migration_step){
        .kind = STEP_OPAQUE,
        .source = plan->command->words,
        .reason = "a command does it, and what it sends shows when it runs",
        .file = migration->file,
        .line = 1,
    };
}

/* ---- Migrations ---- */

static void
add_source(struct reader *reader, struct migration *migration)
{
    GString *text = NULL;
    if (!file_read_below(reader->root, migration->file, SOURCE_LIMIT, &text, NULL))
        return; /* it is only shown */
    if (g_utf8_validate(text->str, (gssize)text->len, NULL)) {
        migration->sources = arena_alloc(reader->arena, sizeof *migration->sources);
        migration->source_count = 1;
        *migration->sources = (struct migration_source){
            migration->file, 1, arena_text(reader->arena, text->str, (gssize)text->len)};
    }
    g_string_free(text, TRUE);
}

static void
make_migration(struct reader *reader, guint place, const char *previous,
               struct migration *migration)
{
    const char *path = reader->paths->pdata[place];
    g_autofree char *stem = stem_of(path);
    g_autofree char *digits = digits_of(path);
    bool by_digits = *digits != '\0' && !shares_digits(reader->paths, place);
    size_t before = by_digits ? strlen(digits) : 0;
    before += by_digits ? strspn(stem + before, "-_ ") : 0;
    *migration = (struct migration){
        .version = arena_intern(reader->arena, by_digits ? digits : stem),
        .name = arena_intern(reader->arena, stem + before),
        .file = arena_intern(reader->arena, path),
        .previous = previous,
        .verify = {.end = PLAN_ABSENT},
    };
    make_plan(reader, &reader->commands->up, migration, &migration->up);
    make_plan(reader, &reader->commands->down, migration, &migration->down);
    add_source(reader, migration);
}

static bool
make_migrations(struct reader *reader, struct migrations *migrations, GError **error)
{
    if (reader->paths->len == 0)
        return failure_set(error, FAILURE_USAGE,
                           "%s holds no file that could be a migration for the commands of "
                           "dbdoc.yml. Name the folder of the migrations.",
                           *reader->folder != '\0' ? reader->folder : reader->root);
    migrations->count = reader->paths->len;
    migrations->items = arena_array(reader->arena, migrations->count, sizeof *migrations->items);
    for (guint i = 0; i < reader->paths->len; i++)
        make_migration(reader, i, i > 0 ? migrations->items[i - 1].version : NULL,
                       &migrations->items[i]);
    return true;
}

bool
commands_read(struct arena *arena, const char *root, const char *folder,
              const struct commands *commands, struct migrations *migrations, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) warnings = g_ptr_array_new();
    struct reader reader = {arena, root, folder, commands, paths, warnings};
    *migrations = (struct migrations){
        .key = "command",
        .format = "commands of dbdoc.yml",
        .root = arena_intern(arena, root),
        .folder = arena_intern(arena, folder),
    };
    if (!files_below(root, folder, "", LIST_DIRECTORY, paths, NULL, error))
        return false;
    leave_out_unfit(&reader);
    leave_out_unnumbered(paths);
    g_ptr_array_sort(paths, compare_paths);
    keep_one_each(paths);
    migrations->probe = make_command(&reader, &commands->probe, NULL);
    bool done = make_migrations(&reader, migrations, error);
    struct names kept = names_keep(arena, warnings);
    migrations->warnings = kept.items;
    migrations->warning_count = kept.count;
    return done;
}

bool
migrations_need_commands(const struct migrations *all)
{
    for (size_t i = 0; i < migrations_line_count(all); i++)
        if (migrations_line(all, i)->probe != NULL)
            return true;
    return false;
}
