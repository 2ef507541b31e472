/* plain_checks.c - what tools say about their files as a whole: checksums, and which files an empty
 * database never sees. */
#include "migrations/plain.h"

#include "base/files.h"

#include <string.h>
#include <zlib.h>

#define SUM_LIMIT ((size_t)64 * 1024 * 1024)

static struct plain_item *
item_at(const struct plain_reader *reader, guint i)
{
    return &g_array_index(reader->items, struct plain_item, i);
}

/* Before the item is cut: the one remark that its file does not say what it should. */
static void
remark(struct plain_reader *reader, struct plain_item *item, const char *text)
{
    struct migration *migration = &item->migration;
    migration->remarks = arena_array(reader->arena, 1, sizeof *migration->remarks);
    migration->remarks[0] = (struct migration_remark){text, item->up->path, 1};
    migration->remark_count = 1;
}

static void
digest_all(struct plain_reader *reader, GChecksumType type)
{
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = item_at(reader, i);
        if (item->up == NULL || item->up->unreadable != NULL)
            continue;
        g_autofree char *digest = g_compute_checksum_for_data(type, (const guchar *)item->up->text,
                                                              item->up->length);
        item->migration.checksum = arena_text(reader->arena, digest, -1);
    }
}

void
prisma_check(struct plain_reader *reader)
{
    digest_all(reader, G_CHECKSUM_SHA256);
}

void
drizzle_check(struct plain_reader *reader)
{
    digest_all(reader, G_CHECKSUM_SHA256);
}

void
sqitch_check(struct plain_reader *reader)
{
    digest_all(reader, G_CHECKSUM_SHA1);
}

void
sqlx_check(struct plain_reader *reader)
{
    digest_all(reader, G_CHECKSUM_SHA384);
}

/* ---- tern ---- */

void
tern_check(struct plain_reader *reader)
{
    for (guint i = 0; i < reader->items->len; i++) {
        const char *version = item_at(reader, i)->migration.version;
        if (g_ascii_strtoull(version, NULL, 10) == (guint64)i + 1)
            continue;
        g_ptr_array_add(reader->warnings,
                        arena_printf(reader->arena,
                                     "tern numbers migrations 1, 2, 3 … without gaps; number %u is "
                                     "missing before %s",
                                     i + 1, item_at(reader, i)->migration.file));
        return;
    }
}

/* ---- Flyway ---- */

/* CRC-32 of all lines without their ends, as a signed number. */
static const char *
flyway_checksum(struct arena *arena, const struct plain_file *file)
{
    uLong sum = crc32(0, NULL, 0);
    for (const char *line = file->text; *line != '\0';) {
        size_t length = strcspn(line, "\r\n");
        sum = crc32_z(sum, (const Bytef *)line, length);
        line += length;
        line += g_str_has_prefix(line, "\r\n") ? 2 : *line != '\0';
    }
    return arena_printf(arena, "%d", (gint32)(guint32)sum);
}

static void
flyway_name(struct plain_reader *reader, struct migration *migration)
{
    g_autofree char *name = g_strdelimit(g_strdup(migration->name), "_", ' ');
    migration->name = arena_intern(reader->arena, name);
}

/* An empty database begins with the last baseline: what is not newer is never run. */
static void
drop_before_baseline(struct plain_reader *reader)
{
    guint last = reader->items->len;
    for (guint i = 0; i < reader->items->len; i++)
        if (item_at(reader, i)->migration.kind == MIGRATION_BASELINE)
            last = i;
    if (last == reader->items->len)
        return;
    const struct migration *baseline = &item_at(reader, last)->migration;
    guint behind = last + 1;
    while (behind < reader->items->len &&
           g_str_equal(item_at(reader, behind)->migration.version, baseline->version))
        behind++;
    guint dropped = last + (behind - last - 1);
    if (dropped > 0)
        g_ptr_array_add(reader->warnings,
                        arena_printf(reader->arena,
                                     "%s stands for the files up to version %s; %u of them are "
                                     "never run on an empty database and left out here",
                                     baseline->file, baseline->version, dropped));
    g_array_remove_range(reader->items, last + 1, behind - last - 1);
    g_array_remove_range(reader->items, 0, last);
}

void
flyway_check(struct plain_reader *reader)
{
    drop_before_baseline(reader);
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = item_at(reader, i);
        flyway_name(reader, &item->migration);
        if (*item->migration.version == '\0')
            item->migration.recorded = item->migration.name;
        if (item->up != NULL && item->up->unreadable == NULL)
            item->migration.checksum = flyway_checksum(reader->arena, item->up);
        if (item->up != NULL)
            plain_fact_add(reader, item, "script", item->up->name);
        if (item->down == NULL || item->down->unreadable != NULL)
            continue;
        plain_fact_add(reader, item, "undo_script", item->down->name);
        plain_fact_add(reader, item, "undo_checksum", flyway_checksum(reader->arena, item->down));
    }
}

/* ---- graphile-migrate ---- */

/* "--! NAME: value" among the lines at the top. Free with g_free. */
static char *
header(const struct plain_file *file, const char *name)
{
    g_autofree char *pattern = g_strdup_printf("^--! %s:[ \\t]*(\\S+)", name);
    g_autoptr(GRegex) regex = plain_regex(pattern);
    GMatchInfo *match = NULL;
    char *value = NULL;
    if (g_regex_match(regex, file->text, 0, &match))
        value = g_match_info_fetch(match, 1);
    g_match_info_free(match);
    return value;
}

/* What follows the blank line behind the headers. */
static const char *
body(const struct plain_file *file)
{
    const char *line = file->text;
    while (g_str_has_prefix(line, "--! ") && strchr(line, '\n') != NULL)
        line = strchr(line, '\n') + 1;
    return line + (*line == '\r') + (line[*line == '\r'] == '\n');
}

static char *
graphile_hash(const struct plain_file *file, const char *previous)
{
    bool first = previous == NULL || g_str_equal(previous, "-");
    g_autofree char *joined = g_strdup_printf("%s\n%s", first ? "" : previous, body(file));
    g_autofree char *text = g_strconcat(g_strstrip(joined), "\n", NULL);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, text, -1);
    return g_strconcat("sha1:", digest, NULL);
}

static void
check_graphile_file(struct plain_reader *reader, struct plain_item *item, const char *before)
{
    g_autofree char *written = header(item->up, "Hash");
    g_autofree char *previous = header(item->up, "Previous");
    g_autofree char *computed = graphile_hash(item->up, previous);
    item->migration.checksum = arena_intern(reader->arena, written);
    plain_fact_add(reader, item, "previous_hash", previous != NULL ? previous : "-");
    if (strstr(item->up->text, "--! AllowInvalidHash") != NULL || written == NULL)
        return;
    if (!g_str_equal(written, computed))
        remark(reader, item,
               arena_printf(reader->arena,
                            "its Hash does not fit: the file was changed after it was committed "
                            "(now %s)",
                            computed));
    else if (before != NULL && previous != NULL && !g_str_equal(before, previous))
        remark(reader, item, "its Previous is not the Hash of the migration before it");
}

void
graphile_check(struct plain_reader *reader)
{
    const char *before = NULL;
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = item_at(reader, i);
        check_graphile_file(reader, item, before);
        before = item->migration.checksum;
    }
}

/* ---- Atlas ---- */

/* The hash of a file covers all before it. */
static void
sum_files(struct plain_reader *reader)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autoptr(GRegex) ignored = plain_regex("^-- atlas:sum[ \\t]+ignore[ \\t\\r]*$");
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = item_at(reader, i);
        if (g_regex_match(ignored, item->up->text, 0, NULL))
            continue;
        g_checksum_update(sum, (const guchar *)item->up->name, -1);
        g_checksum_update(sum, (const guchar *)item->up->text, (gssize)item->up->length);
        GChecksum *so_far = g_checksum_copy(sum);
        guint8 digest[32];
        gsize length = sizeof digest;
        g_checksum_get_digest(so_far, digest, &length);
        g_checksum_free(so_far);
        g_autofree char *text = g_base64_encode(digest, length);
        item->migration.checksum = arena_printf(reader->arena, "h1:%s", text);
    }
    g_checksum_free(sum);
}

/* Line by line "FILE h1:…"; the first line is about all of them. */
static void
compare_sums(struct plain_reader *reader, const char *text)
{
    for (guint i = 0; i < reader->items->len; i++) {
        struct plain_item *item = item_at(reader, i);
        if (item->migration.checksum == NULL)
            continue;
        g_autofree char *name = g_strdup_printf("\n%s ", item->up->name);
        g_autofree char *line = g_strconcat(name, item->migration.checksum, NULL);
        if (strstr(text, name) == NULL)
            remark(reader, item, "atlas.sum does not name the file");
        else if (strstr(text, line) == NULL)
            remark(reader, item,
                   "atlas.sum does not fit: this file or one before it was changed after atlas.sum "
                   "was written");
        else
            continue;
        return; /* the sums behind it do not fit either */
    }
}

/* An empty database begins with the last checkpoint. */
static void
drop_before_checkpoint(struct plain_reader *reader)
{
    guint last = 0;
    g_autoptr(GRegex) checkpoint = plain_regex("\\A(-- .*\\n)*-- atlas:checkpoint\\b");
    for (guint i = 0; i < reader->items->len; i++)
        if (g_regex_match(checkpoint, item_at(reader, i)->up->text, 0, NULL)) {
            item_at(reader, i)->migration.kind = MIGRATION_BASELINE;
            last = i;
        }
    if (last == 0)
        return;
    g_ptr_array_add(reader->warnings,
                    arena_printf(reader->arena,
                                 "%s is a checkpoint: the %u files before it are never run on an "
                                 "empty database and left out here",
                                 item_at(reader, last)->migration.file, last));
    g_array_remove_range(reader->items, 0, last);
}

void
atlas_check(struct plain_reader *reader)
{
    g_autofree char *path = *reader->folder == '\0'
                                ? g_strdup("atlas.sum")
                                : g_build_filename(reader->folder, "atlas.sum", NULL);
    g_autofree char *whole = g_build_filename(reader->root, path, NULL);
    GString *text = NULL;
    sum_files(reader);
    if (g_file_test(whole, G_FILE_TEST_IS_REGULAR) &&
        file_read_below(reader->root, path, SUM_LIMIT, &text, NULL)) {
        compare_sums(reader, text->str);
        g_string_free(text, TRUE);
    }
    drop_before_checkpoint(reader);
}
