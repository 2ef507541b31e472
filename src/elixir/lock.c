/* lock.c - lines such as  "ecto_sql": {:hex, :ecto_sql, "3.13.5", …}  are searched as text. */
#include "elixir/lock.h"

#include "base/files.h"

#include <string.h>

enum { FILE_LIMIT = 4 << 20 };

unsigned
lock_parse_version(const char *text)
{
    unsigned version = 0;
    for (unsigned part = 0; part < 3; part++) {
        char *end = NULL;
        version = version * 1000 + (unsigned)(g_ascii_strtoull(text, &end, 10) % 1000);
        text = *end == '.' ? end + 1 : end;
    }
    return version;
}

GString *
lock_read(const char *root, GError **error)
{
    g_autofree char *full = g_build_filename(root, "mix.lock", NULL);
    GString *text = NULL;
    if (!g_file_test(full, G_FILE_TEST_IS_REGULAR))
        return g_string_new(NULL);
    return file_read_below(root, "mix.lock", FILE_LIMIT, &text, error) ? text : NULL;
}

unsigned
lock_version(const GString *lock, const char *package)
{
    g_autofree char *word = g_strdup_printf(":hex, :%s, \"", package);
    const char *at = strstr(lock->str, word);
    return at != NULL ? lock_parse_version(at + strlen(word)) : 0;
}
