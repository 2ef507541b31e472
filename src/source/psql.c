/* psql.c - what dbdoc does for each meta-command. */
#include "source/psql.h"

#include "base/failure.h"
#include "base/files.h"
#include "source/branch.h"

#include <string.h>

#define INCLUDE_DEPTH 16
#define VALUE_LIMIT   ((size_t)64 * 1024)
#define VARIABLES     1000

struct command {
    struct psql_file *file;
    const char *text;      /* all behind the backslash */
    const char *arguments; /* what follows the name */
    const struct place *place;
    char *shown; /* with the backslash, for messages */
};

typedef bool (*handler)(struct command *command, GError **error);

static bool
fail(const struct command *command, const char *words, GError **error)
{
    return loader_fail(command->file->loader, command->place, command->shown, words, error);
}

/* For show only. */
static bool
pass_over(struct command *command, GError **error)
{
    (void)command, (void)error;
    return true;
}

static bool
leave_out(struct command *command, GError **error)
{
    (void)error;
    remarks_add(command->file->loader->remarks, REASON_COMMAND, command->place, command->shown,
                NULL);
    return true;
}

/* A command that would have sent the statement before it. */
static bool
leave_out_statement(struct command *command, GError **error)
{
    script_drop_statement(command->file->script);
    return leave_out(command, error);
}

static bool
drop_statement(struct command *command, GError **error)
{
    (void)error;
    script_drop_statement(command->file->script);
    return true;
}

static bool
quit(struct command *command, GError **error)
{
    (void)error;
    command->file->quit = true;
    return true;
}

/* The next argument; NULL at the end, or with *refused set at what dbdoc does not expand. */
static char *
next_argument(struct command *command, bool *refused)
{
    g_autoptr(GError) problem = NULL;
    char *argument = meta_argument(&command->arguments, command->file->loader->variables, &problem);
    *refused = problem != NULL;
    return argument;
}

/* The same for names of files and databases, where psql drops semicolons at the end. */
static char *
next_name(struct command *command, bool *refused)
{
    char *name = next_argument(command, refused);
    for (size_t length = name != NULL ? strlen(name) : 0; length > 0 && name[length - 1] == ';';)
        name[--length] = '\0';
    return name;
}

static bool
set_variable(struct command *command, GError **error)
{
    bool refused = false;
    g_autofree char *name = next_argument(command, &refused);
    g_autoptr(GString) value = g_string_new(NULL);
    for (char *part = NULL; !refused && (part = next_argument(command, &refused)) != NULL;) {
        g_string_append(value, part);
        g_free(part);
        refused = value->len > VALUE_LIMIT;
    }
    GHashTable *variables = command->file->loader->variables;
    if (refused || g_hash_table_size(variables) >= VARIABLES)
        return leave_out(command, error);
    if (name != NULL)
        g_hash_table_replace(variables, g_steal_pointer(&name), g_strdup(value->str));
    return true;
}

static bool
unset_variable(struct command *command, GError **error)
{
    (void)error;
    bool refused = false;
    g_autofree char *name = next_argument(command, &refused);
    if (name != NULL)
        g_hash_table_remove(command->file->loader->variables, name);
    return true;
}

/* \copy is COPY with files of the client; only data in the script itself must be passed over. */
static bool
leave_out_copy(struct command *command, GError **error)
{
    (void)error;
    g_autofree char *lower = g_ascii_strdown(command->text, -1);
    g_strdelimit(lower, "\t\r", ' ');
    const char *line = NULL;
    size_t length = 0;
    if (strstr(lower, " from stdin") != NULL)
        while (script_copy_line(command->file->script, &line, &length))
            ;
    remarks_add(command->file->loader->remarks, REASON_COPY, command->place, command->shown, NULL);
    return true;
}

static bool
set_encoding(struct command *command, GError **error)
{
    bool refused = false;
    g_autofree char *name = next_argument(command, &refused);
    if (name == NULL)
        return true;
    g_autofree char *literal = sql_quote_literal(name);
    g_autofree char *sql = g_strconcat("SET client_encoding TO ", literal, NULL);
    struct loader *loader = command->file->loader;
    switch (loader_run(loader, TREAT_SETTING, sql, NULL, error)) {
    case RUN_DONE:
        return true;
    case RUN_STOPPED:
        return false;
    case RUN_REFUSED:
        break;
    }
    return fail(command, loader->refused.message, error);
}

/* The path `relative` as seen from folder `from`, both below the root; NULL when it leads out. */
static char *
path_below(const char *from, const char *relative)
{
    g_autofree char *whole = g_build_filename(from, relative, NULL);
    g_auto(GStrv) parts = g_strsplit(whole, "/", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **part = parts; *part != NULL; part++) {
        if (g_str_equal(*part, "") || g_str_equal(*part, "."))
            continue;
        if (!g_str_equal(*part, ".."))
            g_ptr_array_add(kept, *part);
        else if (kept->len == 0)
            return NULL;
        else
            g_ptr_array_set_size(kept, (gint)kept->len - 1);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv("/", (char **)kept->pdata);
}

/* Loads the file `argument` as seen from the folder. */
static bool
include(struct command *command, const char *from, const char *argument, GError **error)
{
    struct loader *loader = command->file->loader;
    g_autofree char *path = g_path_is_absolute(argument) ? NULL : path_below(from, argument);
    g_autoptr(GError) problem = NULL;
    if (path == NULL)
        return fail(command, "dbdoc reads only files below the folder of the SQL", error);
    if (loader->depth >= INCLUDE_DEPTH)
        return fail(command, "files include each other too deeply", error);
    int descriptor = file_open_below(loader->root, path, &problem);
    if (descriptor < 0)
        return fail(command, problem->message, error);
    loader->depth++;
    bool done = loader_load(loader, path, descriptor, error);
    loader->depth--;
    return done;
}

static bool
include_from(struct command *command, const char *from, GError **error)
{
    bool refused = false;
    g_autofree char *argument = next_name(command, &refused);
    if (refused)
        return leave_out(command, error);
    if (argument == NULL)
        return fail(command, "it names no file", error);
    return include(command, from, argument, error);
}

/* psql takes \i from the current folder, which for dbdoc is the folder of the SQL. */
static bool
include_file(struct command *command, GError **error)
{
    return include_from(command, "", error);
}

static bool
include_relative(struct command *command, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(command->file->name);
    return include_from(command, folder, error);
}

/* The database that \connect names: a name, or part of a connection string; NULL for none. */
static char *
connect_database(struct command *command)
{
    bool refused = false;
    g_autofree char *argument = next_name(command, &refused);
    if (argument != NULL && g_str_has_prefix(argument, "-reuse-previous=")) {
        g_free(argument);
        argument = next_name(command, &refused);
    }
    if (argument == NULL || g_str_equal(argument, "-"))
        return NULL;
    if (!target_is_text(argument))
        return g_steal_pointer(&argument);
    struct target *target = target_parse(argument, NULL, NULL);
    char *name = target != NULL ? g_strdup(target_value(target, "dbname")) : NULL;
    target_free(target);
    return name;
}

static bool
is_maintenance(const char *database)
{
    return g_str_equal(database, "postgres") || g_str_has_prefix(database, "template");
}

/* Always the throw-away database, whatever it names. */
static bool
reconnect(struct command *command, GError **error)
{
    struct loader *loader = command->file->loader;
    g_autofree char *name = connect_database(command);
    if (name != NULL && !is_maintenance(name)) {
        if (loader->dump_name == NULL)
            loader->dump_name = g_strdup(name);
        else if (!g_str_equal(loader->dump_name, name) &&
                 !fail(command, "this is a second database; dump each alone, with pg_dump", error))
            return false;
    }
    return loader_reconnect(loader, error);
}

static bool
open_branch(struct command *command, GError **error)
{
    bool refused = false;
    g_autofree char *value = next_argument(command, &refused);
    branch_open(command->file->branches, value);
    return refused ? leave_out(command, error) : true;
}

static bool
next_branch(struct command *command, GError **error)
{
    bool refused = false;
    g_autofree char *value = next_argument(command, &refused);
    if (!psql_is_active(command->file))
        script_drop_statement(command->file->script);
    bool is_else = g_str_has_prefix(command->text, "else");
    return branch_next(command->file->branches, is_else ? "on" : value) ||
           fail(command, "there is no \\if before it", error);
}

static bool
close_branch(struct command *command, GError **error)
{
    if (!psql_is_active(command->file))
        script_drop_statement(command->file->script);
    return branch_close(command->file->branches) ||
           fail(command, "there is no \\if before it", error);
}

static const struct {
    const char *name;
    handler handle;
} commands[] = {
    {"!", leave_out},
    {"?", pass_over},
    {"C", pass_over},
    {"H", pass_over},
    {"T", pass_over},
    {"a", pass_over},
    {"bind", leave_out_statement},
    {"c", reconnect},
    {"cd", leave_out},
    {"connect", reconnect},
    {"conninfo", pass_over},
    {"copy", leave_out_copy},
    {"copyright", pass_over},
    {"crosstabview", leave_out_statement},
    {"e", leave_out_statement},
    {"echo", pass_over},
    {"edit", leave_out_statement},
    {"ef", leave_out_statement},
    {"elif", next_branch},
    {"else", next_branch},
    {"encoding", set_encoding},
    {"endif", close_branch},
    {"errverbose", pass_over},
    {"ev", leave_out_statement},
    {"f", pass_over},
    {"g", leave_out_statement}, /* with a file or a program; without, it is a semicolon */
    {"gdesc", leave_out_statement},
    {"getenv", leave_out},
    {"gexec", leave_out_statement},
    {"gset", leave_out_statement},
    {"gx", leave_out_statement},
    {"h", pass_over},
    {"help", pass_over},
    {"html", pass_over},
    {"i", include_file},
    {"if", open_branch},
    {"include", include_file},
    {"include_relative", include_relative},
    {"ir", include_relative},
    {"l", pass_over},
    {"l+", pass_over},
    {"list", pass_over},
    {"lo_export", leave_out},
    {"lo_import", leave_out},
    {"lo_list", pass_over},
    {"lo_unlink", leave_out},
    {"o", leave_out},
    {"out", leave_out},
    {"p", pass_over},
    {"password", leave_out},
    {"print", pass_over},
    {"prompt", leave_out},
    {"pset", pass_over},
    {"q", quit},
    {"qecho", pass_over},
    {"quit", quit},
    {"r", drop_statement},
    {"reset", drop_statement},
    {"restrict", pass_over},
    {"s", leave_out},
    {"set", set_variable},
    {"setenv", leave_out},
    {"sf", pass_over},
    {"sf+", pass_over},
    {"sv", pass_over},
    {"sv+", pass_over},
    {"t", pass_over},
    {"timing", pass_over},
    {"unrestrict", pass_over},
    {"unset", unset_variable},
    {"w", leave_out},
    {"warn", pass_over},
    {"watch", leave_out_statement},
    {"write", leave_out},
    {"x", pass_over},
    {"z", pass_over},
};

static handler
find_handler(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_equal(commands[i].name, name))
            return commands[i].handle;
    if (*name == '!')
        return leave_out;
    /* \d, \dt+, \dnS … only show things. */
    return *name == 'd' && strspn(name, "abcdefghijklmnopqrstuvwxyzACDFLOPRST+") == strlen(name)
               ? pass_over
               : NULL;
}

static bool
is_branch(handler handle)
{
    return handle == open_branch || handle == next_branch || handle == close_branch;
}

bool
psql_command(struct psql_file *file, const char *text, const struct place *place, GError **error)
{
    size_t length = strcspn(text, " \t\r\n");
    g_autofree char *name = g_strndup(text, length);
    g_autofree char *shown = g_strconcat("\\", text, NULL);
    struct command command = {file, text, text + length, place, shown};
    handler handle = find_handler(name);
    if (!psql_is_active(file) && (handle == NULL || !is_branch(handle)))
        return true;
    return handle != NULL ? handle(&command, error)
                          : fail(&command, "psql has no such command", error);
}

void
psql_file_begin(struct psql_file *file)
{
    file->branches = branches_new();
}

void
psql_file_end(struct psql_file *file)
{
    g_array_unref(file->branches);
}

bool
psql_file_check_end(struct psql_file *file, const char *shown, GError **error)
{
    const struct place place = {shown, script_line(file->script)};
    return file->quit || file->branches->len == 0 ||
           loader_fail(file->loader, &place, "the end of the file", "an \\if has no \\endif",
                       error);
}

bool
psql_is_active(const struct psql_file *file)
{
    return branch_is_active(file->branches);
}
