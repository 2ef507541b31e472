/* footer.c - "footer:", the links at the foot of every page. */
#include "config/reader.h"

#include <string.h>

static const struct yaml_field fields[] = {
    {"text", YAML_TEXT, YAML_REQUIRED, offsetof(struct footer_link, text)},
    {"url", YAML_TEXT, YAML_REQUIRED, offsetof(struct footer_link, url)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

/* Never a scheme that runs something. */
static bool
is_safe_url(const char *url)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return strpbrk(url, " \t\n") == NULL;
    return false;
}

bool
config_read_footer(const struct reader *reader, const struct yaml *list, struct config *config,
                   GError **error)
{
    config->footer = arena_array(reader->arena, list->count, sizeof *config->footer);
    config->footer_count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct footer_link *link = &config->footer[i];
        if (!yaml_bind(&reader->source, list->items[i], fields, link, error))
            return false;
        if (!is_safe_url(link->url))
            return yaml_complain(&reader->source, yaml_get(list->items[i], "url"), error,
                                 "\"url\" takes an address that begins with https://, http:// or "
                                 "mailto:, found \"%s\".",
                                 link->url);
    }
    return true;
}
