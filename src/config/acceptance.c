/* acceptance.c - "accept:", findings that somebody looked at and found to be fine. */
#include "config/reader.h"

#include "base/text.h"

static const struct yaml_field fields[] = {
    {"rule", YAML_TEXT, YAML_REQUIRED, offsetof(struct acceptance, slug)},
    {"object", YAML_TEXT, YAML_OPTIONAL, offsetof(struct acceptance, object)},
    {"reason", YAML_TEXT, YAML_REQUIRED, offsetof(struct acceptance, reason)},
    {"until", YAML_TEXT, YAML_OPTIONAL, offsetof(struct acceptance, until)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static bool
read_acceptance(const struct reader *reader, const struct yaml *item, struct acceptance *acceptance,
                GError **error)
{
    if (!yaml_bind(&reader->source, item, fields, acceptance, error))
        return false;
    acceptance->line = item->line;
    if (text_is_empty(acceptance->reason))
        return yaml_complain(&reader->source, yaml_get(item, "reason"), error,
                             "\"reason\" is empty. Say why this finding is fine.");
    if (acceptance->until != NULL && !text_is_day(acceptance->until))
        return yaml_complain(&reader->source, yaml_get(item, "until"), error,
                             "\"until\" takes a date such as 2027-03-31, found \"%s\".",
                             acceptance->until);
    return true;
}

bool
config_read_acceptances(const struct reader *reader, const struct yaml *list, struct config *config,
                        GError **error)
{
    config->acceptances = arena_array(reader->arena, list->count, sizeof *config->acceptances);
    config->acceptance_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (!read_acceptance(reader, list->items[i], &config->acceptances[i], error))
            return false;
    return true;
}
