/* notes.c - "dbdoc notes": records for which objects notes were written, and writes the frame of
 * those that are missing. */
#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"
#include "base/yaml.h"
#include "catalog/address.h"
#include "catalog/definition.h"
#include "commands/message.h"
#include "commands/subject.h"
#include "notes/record.h"
#include "report/report.h"

#include <string.h>

/* ---- objects that people name ---- */

/* "index:blog.posts_slug_index", as in links of notes; a space does as well. */
static const struct object *
find_named(const struct model *model, const char *address, GError **error)
{
    const char *joint = strpbrk(address, ": ");
    if (joint != NULL) {
        g_autofree char *word = g_strndup(address, (gsize)(joint - address));
        const struct object *object = address_resolve(model->database, word, joint + 1);
        if (object != NULL)
            return object;
    }
    failure_set(error, FAILURE_USAGE,
                "there is no \"%s\" in the database. Write a word and a name, such as "
                "index:blog.posts_slug_index.",
                address);
    return NULL;
}

static bool
collect_named(const struct invocation *invocation, const struct model *model, GPtrArray *objects,
              GError **error)
{
    for (size_t i = 1; i < invocation->argument_count; i++) {
        const struct object *object = find_named(model, invocation->arguments[i], error);
        if (object == NULL)
            return false;
        g_ptr_array_add(objects, (gpointer)(guintptr)object);
    }
    return true;
}

/* ---- accept ---- */

/* The file that speaks of the object; NULL: only a comment does, or nothing. */
static const char *
note_file(const struct model *model, const struct object *object)
{
    const struct annotation *annotation = model_annotation(model, object);
    for (size_t i = 0; i < annotation->count; i++)
        if (annotation->notes[i]->origin == NOTE_FILE)
            return annotation->notes[i]->file;
    return NULL;
}

struct accepting {
    const struct subject *subject;
    GHashTable *named; /* objects; NULL: all */
    GArray *records;
    GPtrArray *definitions; /* owns them */
    unsigned accepted;
};

static void
accept_object(const struct object *object, void *data)
{
    struct accepting *accepting = data;
    const struct model *model = accepting->subject->model;
    const char *file = note_file(model, object);
    if (file == NULL)
        return;
    struct note_record record = {object->kind->word, object->path, file, NULL};
    bool chosen = accepting->named == NULL || g_hash_table_contains(accepting->named, object);
    if (chosen) {
        char *definition = object_definition(object);
        g_ptr_array_add(accepting->definitions, definition);
        record.definition = definition;
        accepting->accepted += *definition != '\0';
    } else {
        const struct note_record *old = note_record_find(&accepting->subject->records, record.word,
                                                         record.path);
        if (old == NULL)
            return;
        record = *old;
    }
    if (*record.definition != '\0')
        g_array_append_val(accepting->records, record);
}

/* With names, what was recorded of objects that are gone stays until somebody accepts all. */
static void
keep_gone(struct accepting *accepting)
{
    const struct note_records *records = &accepting->subject->records;
    for (size_t i = 0; accepting->named != NULL && i < records->count; i++)
        if (address_resolve(accepting->subject->model->database, records->items[i].word,
                            records->items[i].path) == NULL)
            g_array_append_val(accepting->records, records->items[i]);
}

static bool
accept_notes(const struct invocation *invocation, const struct subject *subject, GError **error)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    if (!collect_named(invocation, subject->model, objects, error))
        return false;
    g_autoptr(GHashTable) named = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < objects->len; i++) {
        if (note_file(subject->model, objects->pdata[i]) == NULL)
            return failure_set(error, FAILURE_USAGE,
                               "no file of %s is about %s. Write one first: dbdoc notes stub %s.",
                               subject->reading.config->notes, invocation->arguments[i + 1],
                               invocation->arguments[i + 1]);
        g_hash_table_add(named, objects->pdata[i]);
    }
    g_autoptr(GArray) records = g_array_new(FALSE, FALSE, sizeof(struct note_record));
    g_autoptr(GPtrArray) definitions = g_ptr_array_new_with_free_func(g_free);
    struct accepting accepting = {subject, objects->len > 0 ? named : NULL, records, definitions,
                                  0};
    object_walk(subject->model->catalog, accept_object, &accepting);
    keep_gone(&accepting);
    if (records->len == 0 && subject->records.count == 0) {
        message_summary(invocation->options.verbosity,
                        "No file of %s is about an object that can change: nothing was recorded.",
                        subject->reading.config->notes);
        return true;
    }
    g_autoptr(GString)
        text = note_records_write((struct note_record *)(void *)records->data, records->len);
    g_autofree char *path = g_build_filename(subject->reading.config->root, subject->records.file,
                                             NULL);
    if (!file_replace(path, text->str, text->len, error))
        return false;
    message_summary(invocation->options.verbosity, "Accepted %u note%s; %s has %u.",
                    accepting.accepted, accepting.accepted == 1 ? "" : "s", subject->records.file,
                    records->len);
    return true;
}

/* ---- stub ---- */

static bool
is_part(const struct object *object)
{
    return object->parent != NULL && object->parent->kind != &kind_catalog;
}

/* The front matter of the table, view or the like; then each part under its heading. What dbdoc
 * knows stands in a comment, which is no note: the reason has to come from a person. */
static void
append_facts(GString *text, const struct object *object)
{
    g_autofree char *definition = object_definition(object);
    g_string_append(text, "<!-- Say why, in place of this comment.\n");
    g_auto(GStrv) lines = g_strsplit(definition, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_string_append(text, "     ");
        for (const char *c = *line; *c != '\0'; c++) /* two hyphens might end the comment */
            g_string_append_printf(text, "%c%s", *c, c[0] == '-' && c[1] == '-' ? " " : "");
        g_string_append_c(text, '\n');
    }
    g_string_append(text, "-->\n");
}

/* A name that Markdown might read otherwise stands in a code span. */
static void
append_heading(GString *text, const struct object *object)
{
    static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_";
    g_autoptr(GString) name = g_string_new(NULL);
    address_append_name(name, object_name(object));
    bool is_plain = name->str[strspn(name->str, plain)] == '\0' || strchr(name->str, '`') != NULL;
    g_string_append_printf(text, "\n## %s %s%s%s\n", object->kind->title, is_plain ? "" : "`",
                           name->str, is_plain ? "" : "`");
}

static const struct object *
owner_of(const struct object *object)
{
    return is_part(object) ? object->parent : object;
}

/* "table blog.posts" as front matter has it. */
static char *
scalar_of(const struct object *owner)
{
    static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_. ";
    g_autofree char *address = g_strdup_printf("%s %s", owner->kind->word, owner->path);
    char *quoted = address[strspn(address, plain)] == '\0' ? NULL : yaml_scalar(address);
    return quoted != NULL ? quoted : g_steal_pointer(&address);
}

/* The frames of the first objects of the list, which have one owner; how many those are. */
static guint
append_stubs(GString *text, const GPtrArray *objects, guint first)
{
    const struct object *owner = owner_of(objects->pdata[first]);
    g_autofree char *scalar = scalar_of(owner);
    guint i = first;
    g_string_append_printf(text, "---\nobject: %s\n---\n", scalar);
    for (; i < objects->len && owner_of(objects->pdata[i]) == owner; i++) {
        const struct object *object = objects->pdata[i];
        if (is_part(object))
            append_heading(text, object);
        g_string_append_c(text, '\n');
        append_facts(text, object);
    }
    return i - first;
}

/* Tables and views share their names with nothing; others say what they are. */
static char *
file_name(const struct object *owner)
{
    bool is_relation = owner->kind == &kind_table || owner->kind == &kind_view;
    g_autofree char *slug = slug_of(owner);
    return g_strdup_printf("%s%s%s.md", is_relation ? "" : owner->kind->word,
                           is_relation ? "" : "-", slug);
}

/* One file for each owner. What is there stays as it is. */
static bool
write_files(const struct invocation *invocation, const GPtrArray *objects, GError **error)
{
    const char *folder = invocation->options.output;
    guint files = 0;
    if (!directory_create(folder, error))
        return false;
    for (guint i = 0; i < objects->len; files++) {
        g_autofree char *name = file_name(owner_of(objects->pdata[i]));
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autoptr(GString) text = g_string_new(NULL);
        if (file_is_there(path))
            return failure_set(error, FAILURE_WRITE,
                               "%s is there, and stays as it is. Name another folder, or move it.",
                               path);
        i += append_stubs(text, objects, i);
        if (!file_introduce(path, text->str, text->len, error))
            return false;
    }
    message_summary(invocation->options.verbosity, "Began %u file%s in %s.", files,
                    files == 1 ? "" : "s", folder);
    return true;
}

static bool
names_folder(const char *output)
{
    return output != NULL &&
           (g_str_has_suffix(output, "/") || g_file_test(output, G_FILE_TEST_IS_DIR));
}

static void
collect_missing(const struct subject *subject, const char *rule, GPtrArray *objects)
{
    for (size_t i = 0; i < subject->findings->count; i++) {
        const struct finding *finding = &subject->findings->items[i];
        if (g_str_equal(finding->slug, rule) && finding->object != NULL)
            g_ptr_array_add(objects, (gpointer)(guintptr)finding->object);
    }
}

static const char *const missing_rules[] = {
    [MISSING_INDEXES] = "index-without-reason", [MISSING_TABLES] = "table-without-words"};

static int
compare_owners(gconstpointer a, gconstpointer b)
{
    const struct object *x = *(const struct object *const *)a;
    const struct object *y = *(const struct object *const *)b;
    int order = strcmp(owner_of(x)->path, owner_of(y)->path);
    if (order == 0)
        order = strcmp(owner_of(x)->kind->word, owner_of(y)->kind->word);
    if (order == 0)
        order = is_part(x) - is_part(y); /* words about the owner come before its first heading */
    return order != 0 ? order : strcmp(x->path, y->path);
}

static bool
write_stubs(const struct invocation *invocation, const struct subject *subject, GError **error)
{
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    enum missing_choice missing = invocation->options.missing;
    if (!collect_named(invocation, subject->model, objects, error))
        return false;
    if (missing == MISSING_NONE && objects->len == 0)
        return failure_set(error, FAILURE_USAGE,
                           "dbdoc notes stub takes objects, such as index:blog.posts_slug_index, "
                           "or --missing indexes.");
    if (missing != MISSING_NONE)
        collect_missing(subject, missing_rules[missing], objects);
    g_ptr_array_sort(objects, compare_owners);
    if (names_folder(invocation->options.output))
        return write_files(invocation, objects, error);
    g_autoptr(GString) text = g_string_new(NULL);
    if (objects->len > 0 && append_stubs(text, objects, 0) < objects->len)
        return failure_set(error, FAILURE_USAGE,
                           "these objects belong to several tables or the like, and a file of "
                           "notes is about one of them. Name a folder: -o %s/.",
                           subject->reading.config->notes);
    return result_write(invocation->options.output, text, error);
}

/* ---- coverage ---- */

static bool
tell_coverage(const struct invocation *invocation, const struct subject *subject, GError **error)
{
    g_autoptr(GString) text = report_coverage_text(subject->model);
    return result_write(invocation->options.output, text, error);
}

static const struct {
    const char *name;
    bool (*run)(const struct invocation *invocation, const struct subject *subject, GError **error);
} actions[] = {
    {"accept", accept_notes},
    {"stub", write_stubs},
    {"coverage", tell_coverage},
};

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    size_t action = 0;
    while (action < G_N_ELEMENTS(actions) &&
           !g_str_equal(actions[action].name, invocation->arguments[0]))
        action++;
    if (action == G_N_ELEMENTS(actions))
        return failure_set(error, FAILURE_USAGE,
                           "dbdoc notes takes accept, stub or coverage, found \"%s\". See dbdoc "
                           "notes --help.",
                           invocation->arguments[0]);
    struct invocation without = *invocation;
    without.argument_count = 0; /* the source is dbdoc.yml's */
    struct subject subject;
    bool done = subject_begin(&without, &subject, error) &&
                subject_read(&without, &subject, error) &&
                actions[action].run(invocation, &subject, error);
    subject_close(&subject);
    return done;
}

#define MOST_OBJECTS 10000

const struct command command_notes = {
    .name = "notes",
    .arguments = "accept|stub|coverage [OBJECT...]",
    .completes = COMPLETES_NOTHING,
    .least = 1,
    .most = MOST_OBJECTS,
    .options = OPTION_OUTPUT_FILE | OPTION_MISSING | OPTION_READ_OBSERVATIONS | OPTIONS_OF_SOURCES,
    .summary = "accept notes as true today, start new ones, or count what is documented",
    .help = "accept records in notes/" NOTE_RECORDS_FILE " what each object is today that a file\n"
            "of notes is about, or those that are named; when one changes, dbdoc check says\n"
            "that its note is stale and shows both. stub prints the frame of a note with what\n"
            "dbdoc knows in a comment; the reason has to come from a person. With -o FOLDER/\n"
            "it begins a file for each table. coverage counts what is documented, by kind\n"
            "and schema, and lists what is missing, the most important first. The database\n"
            "is the one of dbdoc.yml.\n"
            "\n"
            "Examples:\n"
            "  dbdoc notes accept\n"
            "  dbdoc notes accept index:blog.posts_slug_index\n"
            "  dbdoc notes stub --missing indexes -o notes/\n"
            "  dbdoc notes stub table:blog.posts -o notes/blog/posts.md\n"
            "  dbdoc notes coverage\n",
    .run = run,
};
