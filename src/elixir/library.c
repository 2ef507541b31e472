/* library.c - which of Elixir's own functions the evaluator has; they stand in library_*.c. */
#include "elixir/internal.h"

#include <string.h>

const struct library_function *
library_find(const char *module, const char *name, size_t count)
{
    static const struct library_function *const tables[] = {
        library_kernel, library_enum, library_texts, library_containers, library_lists};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        for (const struct library_function *row = tables[i]; row->name != NULL; row++)
            if (count >= row->least && count <= row->most && strcmp(row->name, name) == 0 &&
                strcmp(row->module, module) == 0)
                return row;
    return NULL;
}

bool
library_reads_surroundings(const char *module)
{
    static const char *const modules[] = {
        "Application", "Code", "Date",          "DateTime", "Ecto.UUID", "File",     "IO",
        "Logger",      "Mix",  "NaiveDateTime", "Path",     "Regex",     "System",   "Time",
        "crypto",      "rand", "erlang",        "Base",     "Jason",     "Calendar", "Ecto.Query"};
    for (size_t i = 0; i < G_N_ELEMENTS(modules); i++)
        if (strcmp(modules[i], module) == 0)
            return true;
    return false;
}

/* From first to last by step, both inside. */
static bool
enumerate_range(struct arena *arena, const struct value *range, GPtrArray *items)
{
    enum { MOST = 100000 };
    int64_t first = value_get(range, "first")->integer;
    int64_t last = value_get(range, "last")->integer;
    int64_t step = value_get(range, "step")->integer;
    for (int64_t i = first; step > 0 ? i <= last : i >= last; i += step) {
        if (items->len >= MOST)
            return false;
        g_ptr_array_add(items, (void *)(guintptr)value_integer(arena, i));
    }
    return true;
}

GPtrArray *
value_enumerate(struct arena *arena, const struct value *value)
{
    GPtrArray *items = g_ptr_array_new();
    bool known = true;
    if (value_is_struct(value, "Elixir.Range"))
        known = enumerate_range(arena, value, items);
    else if (value->kind == VALUE_LIST)
        for (size_t i = 0; i < value->count; i++)
            g_ptr_array_add(items, (void *)(guintptr)value->items[i]);
    else if (value->kind == VALUE_MAP && value->count <= 2) /* more have no order to rely on */
        for (size_t i = 0; i < value->count; i += 2)
            g_ptr_array_add(
                items, (void *)(guintptr)value_pair(arena, value->items[i], value->items[i + 1]));
    else
        known = false;
    if (known)
        return items;
    g_ptr_array_unref(items);
    return NULL;
}
