/* workload.c - "workload:", files that say what the database was asked. */
#include "config/reader.h"

bool
config_read_workload(const struct reader *reader, const struct yaml *list, struct config *config,
                     GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml *item = list->items[i];
        if (item->type != YAML_TEXT || *item->text == '\0')
            return yaml_complain(&reader->source, item, error,
                                 "\"workload\" takes paths of files, such as "
                                 "log/pg_stat_statements.csv.");
        if (!config_check_below(reader, "workload", item->text, error))
            return false;
        g_ptr_array_add(files, (gpointer)(guintptr)item->text);
    }
    config->workload = names_keep(reader->arena, files);
    return true;
}
