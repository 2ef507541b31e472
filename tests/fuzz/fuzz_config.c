/* fuzz_config.c - dbdoc.yml. */
#include "config/config.h"
#include "input.h"

#include <glib.h>
#include <string.h>
#include <unistd.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char variable[] = "NAME=value";
    char *environment[] = {variable, NULL};
    int file = input_file(data, size);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
    g_autoptr(GError) error = NULL;
    struct arena *arena = arena_new();
    struct config *config = config_read(arena, path, environment, &error);
    g_assert((config == NULL) == (error != NULL));
    if (config != NULL)
        config_documents(config, "blog", "posts");
    else
        g_assert(g_str_has_prefix(error->message, path)); /* the place is always named */
    arena_free(arena);
    close(file);
    return 0;
}
