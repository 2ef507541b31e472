/* url.c - "url:", the folder of the web in which the site is published. */
#include "config/reader.h"

#include <string.h>

/* One that others can follow: of a host, and without what is not the folder's or is secret. */
static bool
is_folder_of_web(const char *url)
{
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, NULL);
    if (uri == NULL || strpbrk(url, " \t\n") != NULL)
        return false;
    const char *scheme = g_uri_get_scheme(uri); /* in small letters */
    const char *host = g_uri_get_host(uri);
    return (g_str_equal(scheme, "https") || g_str_equal(scheme, "http")) && host != NULL &&
           *host != '\0' && g_uri_get_userinfo(uri) == NULL && g_uri_get_query(uri) == NULL &&
           g_uri_get_fragment(uri) == NULL;
}

bool
config_read_url(const struct reader *reader, const char *url, struct config *config, GError **error)
{
    if (!is_folder_of_web(url))
        return yaml_complain(&reader->source, yaml_get(reader->map, "url"), error,
                             "\"url\" takes the address of the site's folder, such as "
                             "https://docs.example.org/blog/, without user, ? and #.");
    config->url = arena_printf(reader->arena, "%s%s", url, g_str_has_suffix(url, "/") ? "" : "/");
    return true;
}
