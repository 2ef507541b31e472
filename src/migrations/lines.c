/* lines.c - a repository may keep several lines of migrations: of each application of an umbrella,
 * of each of its repositories, of its tenants. */
#include "migrations/migration.h"

#include <string.h>

/* Folders that every path has, and that tell no lines apart. */
static bool
is_usual(const char *part)
{
    return g_str_equal(part, "apps") || g_str_equal(part, "priv") ||
           g_str_equal(part, "migrations") || *part == '\0' || g_str_equal(part, ".");
}

/* apps/blog/priv/repo/migrations is blog-repo. Free with g_free. */
static char *
name_of(const char *folder)
{
    g_auto(GStrv) parts = g_strsplit(folder, "/", -1);
    GString *name = g_string_new(NULL);
    for (guint i = 0; parts[i] != NULL; i++)
        if (!is_usual(parts[i]))
            g_string_append_printf(name, "%s%s", name->len > 0 ? "-" : "", parts[i]);
    if (name->len == 0)
        g_string_append(name, "migrations");
    return g_string_free(name, FALSE);
}

static void
name_lines(struct arena *arena, struct migrations *lines, size_t count)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < count; i++) {
        g_autofree char *name = name_of(lines[i].folder);
        lines[i].id = arena_intern(arena, name);
        for (unsigned twin = 2; !g_hash_table_add(taken, (gpointer)(guintptr)lines[i].id); twin++)
            lines[i].id = arena_printf(arena, "%s-%u", name, twin);
    }
}

struct migrations
migrations_join(struct arena *arena, struct migrations *lines, size_t count)
{
    g_assert(count > 0);
    if (count == 1)
        return lines[0];
    struct migrations all = lines[0];
    size_t next = 0;
    name_lines(arena, lines, count);
    all.count = 0;
    all.line_count = count;
    all.lines = lines;
    for (size_t i = 0; i < count; i++)
        all.count += lines[i].count;
    all.items = arena_array(arena, all.count, sizeof *all.items);
    for (size_t i = 0; i < count; i++) {
        memcpy(&all.items[next], lines[i].items, lines[i].count * sizeof *all.items);
        lines[i].items = &all.items[next];
        next += lines[i].count;
        for (size_t j = 0; j < lines[i].count; j++)
            lines[i].items[j].line = lines[i].id;
    }
    return all;
}

static bool
choose_of_line(struct arena *arena, const struct migrations *line,
               const struct migrations_wish *wish, struct migrations *chosen)
{
    *chosen = *line;
    chosen->id = NULL;
    chosen->line_count = 0;
    chosen->items = arena_array(arena, line->count, sizeof *chosen->items);
    chosen->count = 0;
    for (size_t i = 0; i < line->count; i++)
        if (wish->wants(wish, line, &line->items[i]))
            chosen->items[chosen->count++] = line->items[i];
    return chosen->count > 0;
}

bool
migrations_choose(struct arena *arena, const struct migrations *all,
                  const struct migrations_wish *wish, struct migrations *chosen)
{
    size_t count = 0;
    struct migrations *lines = arena_array(arena, migrations_line_count(all), sizeof *lines);
    for (size_t i = 0; i < migrations_line_count(all); i++)
        count += choose_of_line(arena, migrations_line(all, i), wish, &lines[count]);
    if (count > 0)
        *chosen = migrations_join(arena, lines, count);
    return count > 0;
}

char *
migration_address(const struct migration *migration)
{
    return migration->line == NULL ? g_strdup(migration->version)
                                   : g_strconcat(migration->line, ".", migration->version, NULL);
}

static bool
begins_with_whole(const char *words, const char *version)
{
    size_t length = strlen(version);
    return strncmp(words, version, length) == 0 && (words[length] == '\0' || words[length] == '_');
}

bool
migration_is_called(const struct migration *migration, const char *words)
{
    if (migration->version == NULL)
        return false;
    g_autofree char *address = migration_address(migration);
    return begins_with_whole(words, migration->version) || begins_with_whole(words, address);
}

size_t
migrations_line_count(const struct migrations *all)
{
    return MAX(all->line_count, 1);
}

const struct migrations *
migrations_line(const struct migrations *all, size_t place)
{
    return all->line_count == 0 ? all : &all->lines[place];
}

const struct migrations *
migrations_line_of(const struct migrations *all, const struct migration *migration)
{
    for (size_t i = 0; i < all->line_count; i++)
        if (migration >= all->lines[i].items &&
            migration < all->lines[i].items + all->lines[i].count)
            return &all->lines[i];
    return all;
}
