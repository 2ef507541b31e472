/* page_changelog.c - release after release, newest first: what is different in the database since
 * the one before, by which migrations, and who wrote them why. */
#include "site/changelog.h"

#include "base/secret.h"
#include "catalog/address.h"
#include "catalog/shown.h"
#include "model/applied.h"
#include "review/brief.h"
#include "site/feed.h"
#include "site/pages.h"
#include "site/parts.h"
#include "site/words.h"

#include <string.h>

enum { CHANGES_MOST = 200 }; /* of one release */

enum { VALUE_MOST = 300, CONTEXT = 60 }; /* characters: of a value, and before what differs in it */

GPtrArray *
changelog_changes(const GPtrArray *changes)
{
    GPtrArray *shown = g_ptr_array_new();
    for (guint i = 0; changes != NULL && i < changes->len; i++)
        if (change_is_told(changes->pdata[i]))
            g_ptr_array_add(shown, changes->pdata[i]);
    return shown;
}

static const char *const verbs[] = {
    [CHANGE_ADDED] = "Added",     [CHANGE_REMOVED] = "Removed", [CHANGE_CHANGED] = "Changed",
    [CHANGE_MOVED] = "Reordered", [CHANGE_RENAMED] = "Renamed",
};

char *
changelog_line(const struct change *change)
{
    const struct object *object = change_object(change);
    g_autofree char *path = shown_path(object->path);
    g_autoptr(GString) line = g_string_new(verbs[change->kind]);
    g_string_append_printf(line, " %s %s", object->kind->word, path);
    if (change->field != NULL) {
        g_string_append_printf(line, ": %s", change->field->title);
    } else if (change->kind == CHANGE_RENAMED) {
        g_autofree char *before = shown_path(change->old_text);
        g_string_append_printf(line, ", was %s", before);
    }
    return g_strdup(line->str);
}

char *
changelog_name(const struct release *release)
{
    static const char plain[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._+-";
    const char *name = release->name;
    return name[strspn(name, plain)] == '\0' ? g_strdup(name) : shown_name(name);
}

char *
changelog_anchor(const struct release *release)
{
    g_autoptr(GString) slug = g_string_new(NULL);
    g_autoptr(GString) anchor = g_string_new("release-");
    slug_append(slug, release->name);
    for (const char *c = slug->str; *c != '\0'; c++)
        g_string_append(anchor, *c == '-' ? "--" : *c == '~' ? "-" : (const char[]){*c, '\0'});
    return g_strdup(anchor->str);
}

/* ---- what is different ---- */

/* What an added object is for, in its first words; the name before for a renamed one. */
static void
add_words(struct sheet *sheet, xmlNode *node, const struct change *change)
{
    const struct object *object = change_object(change);
    if (change->kind == CHANGE_RENAMED && change->field == NULL) {
        g_autofree char *before = shown_path(change->old_text);
        g_autofree char *words = g_strdup_printf("was %s", before);
        tree_optional(node, "after", words);
        return;
    }
    const void *now = database_find(sheet->site->model->database, object->kind->word, object->path);
    g_autofree char *summary = now == NULL || change->kind != CHANGE_ADDED
                                   ? NULL
                                   : sheet_summary_text(sheet, now);
    tree_optional(node, "after", summary);
}

/* Where the text begins to be another one. */
static const char *
difference_from(const char *text, const char *other)
{
    const char *c = text;
    while (*c != '\0' && *c == *other) {
        c++;
        other++;
    }
    while (c > text && ((guchar)*c & 0xc0) == 0x80) /* within a character */
        c--;
    return c;
}

/* Of a long text the part that differs, and a few words before it. Free with g_free. */
static char *
excerpt(const char *text, const char *other)
{
    if (g_utf8_strlen(text, -1) <= VALUE_MOST)
        return g_strdup(text);
    const char *start = difference_from(text, other);
    for (int i = 0; i < CONTEXT && start > text; i++)
        start = g_utf8_prev_char(start);
    const char *end = start;
    for (int i = 0; i < VALUE_MOST && *end != '\0'; i++)
        end = g_utf8_next_char(end);
    return g_strdup_printf("%s%.*s%s", start > text ? "…" : "", (int)(end - start), start,
                           *end != '\0' ? "…" : "");
}

/* Masked as a whole: a part of an address may not look like one. */
static void
add_values(xmlNode *node, const struct change *change)
{
    g_autofree char *before = change->old_text == NULL ? NULL : secret_mask(change->old_text);
    g_autofree char *after = change->new_text == NULL ? NULL : secret_mask(change->new_text);
    g_autofree char *old_part = before == NULL ? NULL : excerpt(before, after != NULL ? after : "");
    g_autofree char *new_part = after == NULL ? NULL : excerpt(after, before != NULL ? before : "");
    tree_optional(node, "before", old_part);
    tree_optional(node, "after", new_part);
}

static void
add_change(struct sheet *sheet, xmlNode *list, const struct change *change)
{
    const struct object *object = change_object(change);
    xmlNode *node = part_change(sheet, list, change->kind, object->kind->word, object->path);
    if (change->field == NULL) {
        add_words(sheet, node, change);
        return;
    }
    tree_attribute(node, "fact", change->field->title);
    add_values(node, change);
}

static void
add_changes(struct sheet *sheet, xmlNode *section, const GPtrArray *all)
{
    g_autoptr(GPtrArray) changes = changelog_changes(all);
    if (changes->len == 0) {
        sheet_hint(section, "The structure did not change.");
        return;
    }
    xmlNode *list = tree_element(section, "changes");
    for (guint i = 0; i < changes->len && i < CHANGES_MOST; i++)
        add_change(sheet, list, changes->pdata[i]);
    if (changes->len <= CHANGES_MOST)
        return;
    g_autofree char *more = words_number((int64_t)(changes->len - CHANGES_MOST));
    g_autofree char *words = g_strdup_printf(
        "%s more are not shown: \"dbdoc diff\" of both snapshots lists them.", more);
    sheet_hint(section, words);
}

/* ---- by whom and why ---- */

static void
add_migrations(struct sheet *sheet, xmlNode *section, const struct applied *before,
               const struct applied *after)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    xmlNode *timeline = NULL;
    for (size_t i = rehearsal->count; i-- > 0;) {
        const struct migration *migration = rehearsal->items[i].migration;
        if (!applied_has(after, migration) || applied_has(before, migration))
            continue;
        if (timeline == NULL) {
            sheet_hint(section, "By these migrations:");
            timeline = tree_element(section, "timeline");
        }
        part_migration_reason(sheet, timeline, migration);
    }
}

/* The first release has all that came before it. */
static void
add_origin(struct sheet *sheet, xmlNode *section, const struct database *before,
           const struct database *after)
{
    const struct rehearsal *rehearsal = sheet->site->plan->rehearsal;
    if (rehearsal == NULL)
        return;
    struct applied *earlier = applied_new(before->catalog, rehearsal->migrations);
    struct applied *later = applied_new(after->catalog, rehearsal->migrations);
    add_migrations(sheet, section, earlier, later);
    applied_free(earlier);
    applied_free(later);
}

/* ---- the page ---- */

/* Of the migrations that the release's database has; NULL where no version has a day. Free with
 * g_free. */
static char *
newest_day(const struct catalog *catalog)
{
    char *newest = NULL;
    for (size_t i = 0; i < catalog->histories.count; i++) {
        const struct names *versions = &catalog->histories.items[i].versions;
        for (size_t j = 0; j < versions->count; j++) {
            g_autofree char *day = words_day_of_version(versions->items[j]);
            if (day != NULL && (newest == NULL || strcmp(day, newest) > 0)) {
                g_free(newest);
                newest = g_steal_pointer(&day);
            }
        }
    }
    return newest;
}

/* Without a tag, the release came after its newest migration was begun: no more is known. */
static void
add_date(xmlNode *section, const struct release *release)
{
    g_autofree char *day = release->moment != NULL ? g_strdup(release->moment)
                                                   : newest_day(release->database->catalog);
    if (day == NULL)
        return;
    g_autofree char *date = words_date(day);
    g_autofree char *words = release->moment != NULL
                                 ? g_strdup(date)
                                 : g_strdup_printf("No tag; its newest migration is of %s.", date);
    sheet_hint(section, words);
}

static void
add_release(struct sheet *sheet, const struct release *release, const struct release *before)
{
    g_autofree char *anchor = changelog_anchor(release);
    g_autofree char *name = changelog_name(release);
    xmlNode *section = sheet_section(sheet, anchor, name, -1);
    add_date(section, release);
    if (before == NULL) {
        g_autofree char *tables = words_count((int64_t)release->database->catalog->tables.count,
                                              "table");
        g_autofree char *words = g_strdup_printf(
            "The first release that has a snapshot: %s. What came before is not known.", tables);
        sheet_hint(section, words);
        return;
    }
    add_changes(sheet, section, release->changes);
    add_origin(sheet, section, before->database, release->database);
}

/* Beside the first heading of the page. */
static void
add_feed(struct sheet *sheet)
{
    if (!feed_is_there(sheet->site->plan))
        return;
    tree_attribute(sheet->root, "feed", FEED_PATH);
    xmlNode *section = sheet->root->children;
    while (section != NULL && !xmlStrEqual(section->name, BAD_CAST "section"))
        section = section->next;
    xmlNode *more = tree_text_element(section, "more", "Atom feed");
    sheet_href_top(sheet, more, FEED_PATH);
}

static void
add_unreleased(struct sheet *sheet, const struct releases *releases)
{
    g_autoptr(GPtrArray) changes = changelog_changes(releases->unreleased);
    if (changes->len == 0)
        return;
    const struct release *newest = releases->items->pdata[releases->items->len - 1];
    xmlNode *section = sheet_section(sheet, "unreleased", "Not released yet", -1);
    add_changes(sheet, section, releases->unreleased);
    add_origin(sheet, section, newest->database, sheet->site->model->database);
}

size_t
changelog_releases(const struct plan *plan, const struct page *page)
{
    (void)page;
    return plan->releases->items->len;
}

void
fill_changelog(struct sheet *sheet)
{
    const struct plan *plan = sheet->site->plan;
    const GPtrArray *releases = plan->releases->items;
    sheet_crumb(sheet, "Changelog", NULL);
    sheet_title(sheet, NULL, "Changelog");
    tree_text_element(sheet_lead(sheet), "summary",
                      "What is different in the database from one release to the next, newest "
                      "first, as their snapshots have it. Dates are those of git’s tags, "
                      "or, where that is said, of migrations.");
    if (sheet->page->part == 0)
        add_unreleased(sheet, plan->releases);
    for (guint i = releases->len, row = 0; i-- > 0; row++)
        if (sheet_shows(sheet, row))
            add_release(sheet, releases->pdata[i], i > 0 ? releases->pdata[i - 1] : NULL);
    add_feed(sheet);
}
