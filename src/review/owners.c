/* owners.c - the one that is written for the object itself comes before the one of a file. */
#include "review/owners.h"

#include "base/text.h"

#include <fnmatch.h>
#include <string.h>

/* ---- notes ---- */

static const char *
owner_in_notes(const struct model *model, const struct object *object)
{
    const void *there = database_find(model->database, object->kind->word, object->path);
    const struct annotation *annotation = there == NULL ? NULL : model_annotation(model, there);
    for (size_t i = 0; annotation != NULL && i < annotation->count; i++)
        if (annotation->notes[i]->facts.owner != NULL)
            return annotation->notes[i]->facts.owner;
    return NULL;
}

/* ---- CODEOWNERS: the last pattern that fits a file or a folder around it ---- */

/* What ends so means files, and no folders with what is in them. */
static bool
fits_files_alone(const char *pattern)
{
    return g_str_has_suffix(pattern, "/*");
}

static bool
fits(const char *pattern, const char *path)
{
    g_autofree char *bare = g_strdup(*pattern == '/' ? pattern + 1 : pattern);
    size_t length = strlen(bare);
    if (length > 0 && bare[length - 1] == '/')
        bare[length - 1] = '\0';
    bool anchored = *pattern == '/' || strchr(bare, '/') != NULL;
    int flags = strstr(bare, "**") != NULL ? 0 : FNM_PATHNAME;
    for (const char *end = path; end != NULL;) {
        end = strchr(end + 1, '/');
        g_autofree char *part = end == NULL ? g_strdup(path)
                                            : g_strndup(path, (size_t)(end - path));
        const char *name = strrchr(part, '/');
        if (end != NULL && fits_files_alone(bare))
            continue;
        if (fnmatch(bare, anchored || name == NULL ? part : name + 1, flags) == 0)
            return true;
    }
    return false;
}

/* The names behind the pattern of a line, "" for nobody; NULL when it says nothing of the file. */
static const char *
owners_in_line(const struct brief *brief, const char *line, const char *path)
{
    g_autofree char *bare = g_strndup(line, strcspn(line, "#"));
    g_strstrip(bare);
    size_t length = strcspn(bare, " \t");
    if (*bare == '\0' || *bare == '[' || *bare == '^')
        return NULL;
    g_autofree char *pattern = g_strndup(bare, length);
    if (!fits(pattern, path))
        return NULL;
    return arena_text(brief->arena, bare + length + strspn(bare + length, " \t"), -1);
}

/* `file` is one of a migration. */
static const char *
owner_of_file(const struct brief *brief, const char *file)
{
    const char *text = brief->sources->codeowners;
    g_autofree char *path = g_strconcat(brief->sources->migrations_place, file, NULL);
    const char *found = NULL;
    g_auto(GStrv) lines = text == NULL ? NULL : g_strsplit(text, "\n", -1);
    for (guint i = 0; lines != NULL && lines[i] != NULL; i++) {
        const char *owners = owners_in_line(brief, lines[i], path);
        found = owners != NULL ? owners : found;
    }
    return text_is_empty(found) ? NULL : found;
}

/* ---- git: whose migration touched it last ---- */

static bool
touches(const struct migration_evidence *migration, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < migration->changes.count; i++) {
        const char *other = migration->changes.items[i].path;
        if (strncmp(other, path, length) == 0 && (other[length] == '\0' || other[length] == '.'))
            return true;
    }
    return false;
}

static bool
is_new(const struct brief *brief, const struct migration_evidence *migration)
{
    for (size_t i = 0; i < brief->review->migration_count; i++)
        if (brief->review->migrations[i] == migration)
            return true;
    return false;
}

static struct ownership
owner_by_git(const struct brief *brief, const struct object *object)
{
    const struct rehearsal *rehearsal = brief->sources->rehearsal;
    for (size_t i = rehearsal->count; i-- > 0;) {
        const struct migration_evidence *migration = &rehearsal->items[i];
        const struct migration_commit *commit = migration->migration->added;
        if (commit == NULL || is_new(brief, migration) || !touches(migration, object->path))
            continue;
        return (struct ownership){
            commit->author,
            arena_printf(brief->arena, "wrote %s", brief_code(brief, migration->migration->name))};
    }
    return (struct ownership){NULL, NULL};
}

struct ownership
owner_of(const struct brief *brief, const struct object *object)
{
    const struct object *outer = brief_owner(object);
    const char *name = owner_in_notes(brief->sources->before, outer);
    if (name == NULL)
        name = owner_in_notes(brief->sources->after, outer);
    if (name != NULL)
        return (struct ownership){name, "owner in the notes"};
    const char *file = NULL;
    unsigned line = 0;
    if (brief_place(brief, outer, &file, &line))
        name = owner_of_file(brief, file);
    if (name != NULL)
        return (struct ownership){name, "CODEOWNERS"};
    return owner_by_git(brief, outer);
}
