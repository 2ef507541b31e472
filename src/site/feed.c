/* feed.c - an entry for each release that git knows the moment of, newest first. Identifiers follow
 * from the names of database and release alone (UUID version 5, RFC 4122): they stay when the site
 * moves. */
#include "site/feed.h"

#include "site/changelog.h"

#include <string.h>

#define ATOM       "http://www.w3.org/2005/Atom"
#define TITLE      "%s database: changelog"
#define LINES_MOST 40

/* Of all identifiers here; made once, at random. */
static const guchar name_space[] = {0x5c, 0x0e, 0x9a, 0x2d, 0x71, 0x46, 0x4f, 0x83,
                                    0xb1, 0x5a, 0x0d, 0x7e, 0x36, 0xc9, 0x92, 0x18};

/* Free with g_free. */
static char *
identifier(const char *database, const char *release)
{
    enum { BYTES = 20, VERSION = 6, VARIANT = 8 };
    guint8 b[BYTES] = {0};
    gsize length = BYTES;
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA1);
    g_checksum_update(checksum, name_space, sizeof name_space);
    g_checksum_update(checksum, (const guchar *)database, (gssize)strlen(database) + 1);
    g_checksum_update(checksum, (const guchar *)release, -1);
    g_checksum_get_digest(checksum, b, &length);
    g_checksum_free(checksum);
    b[VERSION] = (guint8)((b[VERSION] & 0x0f) | 0x50);
    b[VARIANT] = (guint8)((b[VARIANT] & 0x3f) | 0x80);
    return g_strdup_printf("urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x"
                           "%02x%02x",
                           b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
                           b[12], b[13], b[14], b[15]);
}

bool
feed_is_there(const struct plan *plan)
{
    for (guint i = 0; plan->releases != NULL && i < plan->releases->items->len; i++)
        if (((const struct release *)plan->releases->items->pdata[i])->moment != NULL)
            return true;
    return false;
}

/* Where nothing says where the site is published, from the place that the feed was read from. Many
 * readers have forgotten that by then. */
static void
add_link(xmlNode *parent, const struct config *config, const char *rel, const char *place)
{
    g_autofree char *href = g_strconcat(config->url != NULL ? config->url : "", place, NULL);
    xmlNode *link = tree_element(parent, "link");
    tree_attribute(link, "rel", rel);
    tree_attribute(link, "href", href);
}

/* "Added table blog.posts": names alone, since values may be secrets. Free with g_free. */
static char *
describe(const struct release *release)
{
    g_autoptr(GPtrArray) changes = changelog_changes(release->changes);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < changes->len && i < LINES_MOST; i++) {
        g_autofree char *line = changelog_line(changes->pdata[i]);
        g_string_append_printf(text, "%s\n", line);
    }
    if (changes->len > LINES_MOST)
        g_string_append_printf(text, "and %u more\n", changes->len - LINES_MOST);
    if (changes->len == 0)
        g_string_append(text, release->changes == NULL ? "The first release of the changelog.\n"
                                                       : "The structure did not change.\n");
    return g_string_free(text, FALSE);
}

static void
add_entry(xmlNode *feed, const struct model *model, const struct release *release)
{
    xmlNode *entry = tree_element(feed, "entry");
    g_autofree char *name = changelog_name(release);
    g_autofree char *id = identifier(model->catalog->name, release->name);
    g_autofree char *anchor = changelog_anchor(release);
    g_autofree char *href = g_strconcat(CHANGELOG_PATH "#", anchor, NULL);
    g_autofree char *content = describe(release);
    tree_text_element(entry, "title", name);
    tree_text_element(entry, "id", id);
    tree_text_element(entry, "updated", release->moment);
    add_link(entry, model->config, "alternate", href);
    tree_text_element(entry, "content", content);
}

/* Moments have time zones. */
static gint64
seconds_of(const char *moment)
{
    g_autoptr(GDateTime) time = moment == NULL ? NULL : g_date_time_new_from_iso8601(moment, NULL);
    return time == NULL ? 0 : g_date_time_to_unix(time);
}

static const char *
newest_moment(const struct releases *releases)
{
    const char *newest = NULL;
    for (guint i = 0; i < releases->items->len; i++) {
        const char *moment = ((const struct release *)releases->items->pdata[i])->moment;
        if (moment != NULL && (newest == NULL || seconds_of(moment) > seconds_of(newest)))
            newest = moment;
    }
    return newest;
}

GString *
feed_write(const struct site *site)
{
    const struct releases *releases = site->plan->releases;
    const struct model *model = site->model;
    const char *name = model->catalog->name;
    const char *brand = model->config->title != NULL ? model->config->title : name;
    xmlNode *feed = tree_new("feed");
    g_autofree char *title = g_strdup_printf(TITLE, brand);
    g_autofree char *id = identifier(name, "");
    tree_attribute(feed, "xmlns", ATOM);
    tree_text_element(feed, "title", title);
    tree_text_element(feed, "id", id);
    tree_text_element(feed, "updated", newest_moment(releases));
    tree_text_element(tree_element(feed, "author"), "name", brand);
    add_link(feed, model->config, "self", FEED_PATH);
    add_link(feed, model->config, "alternate", CHANGELOG_PATH);
    for (guint i = releases->items->len; i-- > 0;) {
        const struct release *release = releases->items->pdata[i];
        if (release->moment != NULL)
            add_entry(feed, model, release);
    }
    GString *text = tree_xml(feed);
    tree_free(feed);
    return text;
}
