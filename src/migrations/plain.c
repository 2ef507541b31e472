/* plain.c - files become migrations: named, paired, put in the tool's order, and cut into ways up
 * and down. */
#include "migrations/plain.h"

#include "base/files.h"

#include <string.h>

#define SIDECAR_LIMIT ((size_t)1024 * 1024)

/* ---- What is there ---- */

struct plain_item *
plain_item_add(struct plain_reader *reader, const char *version, const char *name, const char *file)
{
    const struct plain_item item = {
        .migration = {.version = arena_intern(reader->arena, version),
                      .name = arena_intern(reader->arena, name),
                      .file = arena_intern(reader->arena, file)},
    };
    g_array_append_val(reader->items, item);
    return &g_array_index(reader->items, struct plain_item, reader->items->len - 1);
}

void
plain_fact_add(struct plain_reader *reader, struct plain_item *item, const char *name,
               const char *value)
{
    struct migration *migration = &item->migration;
    struct migration_fact *facts = arena_array(reader->arena, migration->fact_count + 1,
                                               sizeof *facts);
    for (size_t i = 0; i < migration->fact_count; i++)
        facts[i] = migration->facts[i];
    facts[migration->fact_count++] = (struct migration_fact){
        name, arena_text(reader->arena, value != NULL ? value : "", -1)};
    migration->facts = facts;
}

/* What a file's name says. */
struct named {
    char *version;
    char *name;
    char *way;
};

static void
named_clear(struct named *named)
{
    g_free(named->version);
    g_free(named->name);
    g_free(named->way);
}

static char *
part(const GMatchInfo *match, const char *group)
{
    char *text = g_match_info_fetch_named(match, group);
    return text != NULL ? text : g_strdup("");
}

/* Versions of directories may be dates with dashes, those of dotted order may use underscores. */
static bool
read_name(const struct plain_format *format, GRegex *names, const char *path, struct named *named)
{
    GMatchInfo *match = NULL;
    bool fits = g_regex_match(names, path, 0, &match);
    if (fits) {
        *named = (struct named){part(match, "version"), part(match, "name"), part(match, "way")};
        if (format->order == ORDER_DOTTED)
            g_strdelimit(named->version, "_", '.');
        for (char *dash = NULL;
             format->order == ORDER_VERSION && (dash = strchr(named->version, '-')) != NULL;)
            memmove(dash, dash + 1, strlen(dash));
    }
    g_match_info_free(match);
    return fits;
}

static enum migration_kind
kind_of(const char *way)
{
    return g_str_equal(way, "R")   ? MIGRATION_REPEATABLE
           : g_str_equal(way, "B") ? MIGRATION_BASELINE
                                   : MIGRATION_VERSIONED;
}

static bool
leads_down(const struct plain_format *format, const char *way)
{
    return format->ways != NULL && g_str_equal(format->ways, way);
}

/* Where the files of a folder find each other: keys to the places of items, from 1. */
static struct plain_item *
item_of_key(const struct plain_reader *reader, GHashTable *known, const char *key)
{
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(known, key));
    return place == 0 ? NULL : &g_array_index(reader->items, struct plain_item, place - 1);
}

static struct plain_item *
add_named(struct plain_reader *reader, const struct named *named, const char *path,
          GHashTable *known, const char *key)
{
    struct plain_item *item = plain_item_add(reader, named->version, named->name, path);
    item->migration.kind = kind_of(named->way);
    g_hash_table_insert(known, g_strdup(key), GUINT_TO_POINTER(reader->items->len));
    return item;
}

static const struct plain_file **
way_of(const struct plain_reader *reader, struct plain_item *item, const char *way)
{
    return leads_down(reader->format, way) ? &item->down : &item->up;
}

/* The item that the file belongs to. The two ways of a version need not have the same name; two
 * files of one way are two items, whatever the tool says to that. */
static struct plain_item *
find_item(struct plain_reader *reader, const struct plain_file *file, const struct named *named,
          GHashTable *known)
{
    enum migration_kind kind = kind_of(named->way);
    g_autofree char *version = g_strdup_printf("%u %s", kind, named->version);
    g_autofree char *whole = g_strdup_printf("%s %s", version, named->name);
    bool by_version = reader->format->unique && *named->version != '\0';
    struct plain_item *item = item_of_key(reader, known, by_version ? version : whole);
    const struct plain_file *taken = item == NULL ? NULL : *way_of(reader, item, named->way);
    if (item == NULL)
        return add_named(reader, named, file->path, known, by_version ? version : whole);
    if (taken == NULL)
        return item;
    g_ptr_array_add(reader->warnings,
                    arena_printf(reader->arena,
                                 "%s and %s have the same version, %s, which %s does not take",
                                 taken->path, file->path, named->version, reader->format->name));
    item = by_version ? item_of_key(reader, known, whole) : NULL;
    if (item == NULL || *way_of(reader, item, named->way) != NULL)
        item = add_named(reader, named, file->path, known, whole);
    return item;
}

static void
take_file(struct plain_reader *reader, const struct plain_file *file, const struct named *named,
          GHashTable *known)
{
    struct plain_item *item = find_item(reader, file, named, known);
    *way_of(reader, item, named->way) = file;
    if (!leads_down(reader->format, named->way)) {
        item->migration.name = arena_intern(reader->arena, named->name);
        item->migration.file = file->path;
    }
}

static void
list_by_names(struct plain_reader *reader)
{
    g_autoptr(GRegex) names = plain_regex(reader->format->names);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < reader->files->len; i++) {
        const struct plain_file *file = reader->files->pdata[i];
        struct named named = {0};
        if (!read_name(reader->format, names, file->name, &named))
            continue;
        take_file(reader, file, &named, known);
        named_clear(&named);
    }
}

/* ---- Order ---- */

/* Digits of any length, without leading zeros. */
static int
compare_numbers(const char *a, size_t a_length, const char *b, size_t b_length)
{
    for (; a_length > 0 && *a == '0'; a_length--)
        a++;
    for (; b_length > 0 && *b == '0'; b_length--)
        b++;
    if (a_length != b_length)
        return a_length < b_length ? -1 : 1;
    return memcmp(a, b, a_length);
}

/* "1.10" is behind "1.9", and "1" is "1.0". */
static int
compare_dotted(const char *a, const char *b)
{
    while (*a != '\0' || *b != '\0') {
        size_t a_length = strspn(a, "0123456789");
        size_t b_length = strspn(b, "0123456789");
        int order = compare_numbers(a, a_length, b, b_length);
        if (order != 0)
            return order;
        a += a_length;
        b += b_length;
        a += strspn(a, ".");
        b += strspn(b, ".");
    }
    return 0;
}

static int
compare_versions(enum plain_order order, const struct migration *a, const struct migration *b)
{
    switch (order) {
    case ORDER_NUMBER:
        return compare_numbers(a->version, strlen(a->version), b->version, strlen(b->version));
    case ORDER_DOTTED:
        if ((*a->version == '\0') != (*b->version == '\0'))
            return *a->version == '\0' ? 1 : -1;
        return *a->version == '\0' ? strcmp(a->name, b->name)
                                   : compare_dotted(a->version, b->version);
    case ORDER_VERSION:
        return strcmp(a->version, b->version);
    case ORDER_BYTES:
    case ORDER_LISTED:
        break;
    }
    return 0;
}

static gint
compare_items(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct plain_reader *reader = data;
    const struct migration *left = &((const struct plain_item *)a)->migration;
    const struct migration *right = &((const struct plain_item *)b)->migration;
    int order = compare_versions(reader->format->order, left, right);
    if (order == 0 && left->kind != right->kind)
        order = left->kind == MIGRATION_BASELINE ? -1 : 1;
    return order != 0 ? order : strcmp(left->file, right->file);
}

/* ---- Ways ---- */

static bool
line_is_there(const char *pattern, const char *text)
{
    g_autoptr(GRegex) regex = plain_regex(pattern);
    return g_regex_match(regex, text, 0, NULL);
}

static bool
sidecar_says(const struct plain_reader *reader, const struct plain_file *file)
{
    const struct plain_format *format = reader->format;
    g_autofree char *folder = g_path_get_dirname(file->path);
    g_autofree char *path = *format->alone_in == '.'
                                ? g_strconcat(file->path, format->alone_in, NULL)
                                : g_build_filename(folder, format->alone_in, NULL);
    g_autofree char *whole = g_build_filename(reader->root, path, NULL);
    GString *text = NULL;
    if (!g_file_test(whole, G_FILE_TEST_IS_REGULAR) ||
        !file_read_below(reader->root, path, SIDECAR_LIMIT, &text, NULL))
        return false;
    bool says = line_is_there(format->alone, text->str);
    g_string_free(text, TRUE);
    return says;
}

enum plain_sending
plain_sending_of(const struct plain_reader *reader, const struct plain_file *file, const char *line)
{
    const struct plain_format *format = reader->format;
    if (format->alone == NULL)
        return format->sending;
    bool alone = format->alone_in != NULL
                     ? sidecar_says(reader, file)
                     : line_is_there(format->alone, line != NULL ? line : file->text);
    return alone ? format->then : format->sending;
}

const char *
plain_replace(struct arena *arena, const char *text, const struct migration *migration)
{
    g_autoptr(GString) words = g_string_new(text);
    g_autofree char *above = g_path_get_dirname(migration->file);
    g_autofree char *folder = g_path_get_basename(above);
    g_autofree char *base = g_path_get_basename(migration->file);
    g_autofree char *stem = g_strdup(base);
    static const char *const endings[] = {".sql", ".up"};
    const char *number = migration->version;
    while (*number == '0' && number[1] != '\0')
        number++;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(stem, endings[i]))
            stem[strlen(stem) - strlen(endings[i])] = '\0';
    g_string_replace(words, "{version}", migration->version, 0);
    g_string_replace(words, "{number}", number, 0);
    g_string_replace(words, "{folder}", folder, 0);
    g_string_replace(words, "{base}", base, 0);
    g_string_replace(words, "{stem}", stem, 0);
    return arena_intern(arena, words->str);
}

void
plain_plan_absent(struct plain_cut *cut, struct migration_plan *plan)
{
    const struct migration *migration = &cut->item->migration;
    *plan = (struct migration_plan){
        .end = PLAN_ABSENT,
        .reason = plain_replace(cut->reader->arena, cut->reader->format->down_missing, migration),
    };
}

static void
cut_whole(struct plain_cut *cut, const struct plain_file *file, struct migration_plan *plan)
{
    plain_plan_begin(cut, file);
    plain_add(cut, file->text, file->length, 1);
    plain_plan_end(cut, plan, plain_sending_of(cut->reader, file, NULL));
}

/* A line that begins a way; absent ones begin and end nowhere. */
struct mark {
    const char *line;
    const char *behind;
};

static struct mark
find_mark(const char *pattern, const char *text)
{
    struct mark mark = {NULL, NULL};
    if (pattern == NULL)
        return mark;
    g_autoptr(GRegex) regex = plain_regex(pattern);
    GMatchInfo *match = NULL;
    gint start = 0;
    if (g_regex_match(regex, text, 0, &match) && g_match_info_fetch_pos(match, 0, &start, NULL)) {
        mark.line = text + start;
        mark.line += strspn(mark.line, "\r\n");
        mark.behind = mark.line + strcspn(mark.line, "\n");
    }
    g_match_info_free(match);
    return mark;
}

/* One way of a file that holds both. */
static void
cut_part(struct plain_cut *cut, const struct mark *mark, const char *end,
         struct migration_plan *plan)
{
    const struct plain_file *file = cut->item->up;
    const char *start = mark->behind != NULL ? mark->behind : file->text;
    bool by_line = cut->reader->format->up_missing != NULL; /* each way says for itself */
    g_autofree char *line = mark->line != NULL && by_line
                                ? g_strndup(mark->line, (gsize)(mark->behind - mark->line))
                                : NULL;
    plain_plan_begin(cut, file);
    plain_add(cut, start, (size_t)(end - start), plain_line(file, start));
    plain_plan_end(cut, plan, plain_sending_of(cut->reader, file, line));
}

static bool
refuse(struct plain_cut *cut, const char *reason)
{
    struct migration *migration = &cut->item->migration;
    const char *words = plain_replace(cut->reader->arena, reason, migration);
    migration->up = migration->down = (struct migration_plan){.end = PLAN_REFUSED, .reason = words};
    return false;
}

static bool
marks_are_good(struct plain_cut *cut, const struct mark *up, const struct mark *down)
{
    const struct plain_format *format = cut->reader->format;
    if (format->up_missing == NULL)
        return true;
    if (up->line == NULL)
        return refuse(cut, format->up_missing);
    if (down->line == NULL)
        return refuse(cut, format->down_missing);
    if (down->line < up->line)
        return refuse(cut, format->disordered);
    return true;
}

static void
cut_by_marks(struct plain_cut *cut)
{
    const struct plain_format *format = cut->reader->format;
    struct migration *migration = &cut->item->migration;
    const struct plain_file *file = cut->item->up;
    const char *end = file->text + file->length;
    struct mark up = find_mark(format->up, file->text);
    struct mark down = find_mark(format->down, file->text);
    if (!marks_are_good(cut, &up, &down))
        return;
    bool down_first = down.line != NULL && up.line != NULL && down.line < up.line;
    cut_part(cut, &up, down.line != NULL && !down_first ? down.line : end, &migration->up);
    if (down.line != NULL)
        cut_part(cut, &down, down_first ? up.line : end, &migration->down);
    else
        plain_plan_absent(cut, &migration->down);
}

static void
cut_files(struct plain_cut *cut)
{
    struct plain_item *item = cut->item;
    if (item->down == NULL && cut->reader->format->down != NULL) {
        cut_by_marks(cut);
        return;
    }
    cut_whole(cut, item->up, &item->migration.up);
    if (item->down != NULL)
        cut_whole(cut, item->down, &item->migration.down);
    else
        plain_plan_absent(cut, &item->migration.down);
}

/* Only the way down is there. */
static void
refuse_up(struct plain_cut *cut)
{
    struct migration *migration = &cut->item->migration;
    cut_whole(cut, cut->item->down, &migration->down);
    migration->up = (struct migration_plan){
        .end = PLAN_ABSENT,
        .reason = arena_printf(cut->reader->arena, "only the way down of version %s is there",
                               migration->version)};
}

static void
add_source(struct plain_reader *reader, struct migration *migration, const struct plain_file *file,
           const char *from, size_t span)
{
    if (file == NULL || file->unreadable != NULL)
        return;
    const char *text = from != NULL ? arena_text(reader->arena, from, (gssize)span) : file->text;
    const unsigned line = from != NULL ? plain_line(file, from) : 1;
    migration->sources[migration->source_count++] = (struct migration_source){file->path, line,
                                                                              text};
}

static void
add_sources(struct plain_reader *reader, struct plain_item *item)
{
    enum { MOST = 3 };
    struct migration *migration = &item->migration;
    migration->sources = arena_array(reader->arena, MOST, sizeof *migration->sources);
    add_source(reader, migration, item->up, item->from, item->span);
    if (item->down != item->up)
        add_source(reader, migration, item->down, NULL, 0);
    add_source(reader, migration, item->verify, NULL, 0);
}

static void
cut_item(struct plain_reader *reader, GRegex *placeholder, struct plain_item *item)
{
    struct migration *migration = &item->migration;
    struct plain_cut cut = {.reader = reader, .item = item, .placeholder = placeholder};
    cut.remarks = g_array_new(FALSE, FALSE, sizeof(struct migration_remark));
    migration->verify = (struct migration_plan){.end = PLAN_ABSENT};
    if (item->up == NULL)
        refuse_up(&cut);
    else if (reader->format->cut != NULL)
        reader->format->cut(&cut);
    else
        cut_files(&cut);
    if (item->verify != NULL)
        cut_whole(&cut, item->verify, &migration->verify);
    /* A check of the whole folder may have remarked on it before. */
    g_array_prepend_vals(cut.remarks, migration->remarks, (guint)migration->remark_count);
    migration->remark_count = cut.remarks->len;
    migration->remarks = arena_keep(reader->arena, cut.remarks);
    g_array_free(cut.remarks, TRUE);
}

static void
cut_items(struct plain_reader *reader, struct migrations *migrations)
{
    const char *pattern = reader->format->placeholder;
    GRegex *placeholder = pattern != NULL ? plain_regex(pattern) : NULL;
    migrations->count = reader->items->len;
    migrations->items = arena_array(reader->arena, reader->items->len, sizeof *migrations->items);
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = &g_array_index(reader->items, struct plain_item, i);
        if (reader->format->recorded != NULL)
            item->migration.recorded = plain_replace(reader->arena, reader->format->recorded,
                                                     &item->migration);
        cut_item(reader, placeholder, item);
        add_sources(reader, item);
        item->migration.previous = i > 0 ? migrations->items[i - 1].version : NULL;
        migrations->items[i] = item->migration;
    }
    if (placeholder != NULL)
        g_regex_unref(placeholder);
}

bool
plain_read(struct plain_reader *reader, struct migrations *migrations, GError **error)
{
    const struct plain_format *format = reader->format;
    reader->items = g_array_new(FALSE, TRUE, sizeof(struct plain_item));
    bool good = format->list == NULL || format->list(reader, error);
    if (format->list == NULL)
        list_by_names(reader);
    if (good && format->order != ORDER_LISTED)
        g_array_sort_with_data(reader->items, compare_items, reader);
    if (good && format->check != NULL)
        format->check(reader);
    if (good) {
        migrations->key = format->key;
        migrations->format = format->name;
        migrations->history = format->history;
        migrations->newest_alone = format->newest_alone;
        migrations->transactions = format->transactions;
        cut_items(reader, migrations);
    }
    g_array_free(reader->items, TRUE);
    return good;
}
