/* fuzz_acl.c - whatever a server says of grants, the catalog's words of it can be read again, alone
 * and joined, and mean the same. The first line is the owner, the second the login. */
#include "base/arena.h"
#include "catalog/acl.h"
#include "input.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static void
check_same(const struct acl_entry *one, const struct acl_entry *other)
{
    g_assert_cmpint(one->grantee, ==, other->grantee);
    g_assert_cmpstr(one->role, ==, other->role);
    g_assert_cmpuint(one->privileges, ==, other->privileges);
    g_assert_cmpuint(one->grantable, ==, other->grantable);
}

static void
check_texts(const struct names *grants)
{
    g_autoptr(GString) joined = g_string_new(NULL);
    for (size_t i = 0; i < grants->count; i++)
        g_string_append_printf(joined, "%s%s", i > 0 ? "; " : "", grants->items[i]);
    g_autoptr(GArray) entries = acl_entries_read(joined->str);
    g_assert_cmpuint(entries->len, ==, grants->count);
    for (size_t i = 0; i < grants->count; i++) {
        struct acl_entry entry;
        g_assert(acl_entry_read(grants->items[i], &entry));
        check_same(&entry, &g_array_index(entries, struct acl_entry, i));
        acl_entry_clear(&entry);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = input_text(data, size);
    if (!g_utf8_validate(text, -1, NULL))
        return 0;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GArray) foreign = acl_entries_read(text);
    if (g_strv_length(lines) < 3)
        return 0;
    struct arena *arena = arena_new();
    const struct acl_reading reading = {
        .owner = lines[0],
        .login = lines[1],
        .whole = acl_owner_privileges(&kind_table, 17),
    };
    struct names grants = {g_strv_length(lines) - 2, (void *)(lines + 2)};
    acl_settle(arena, &reading, &grants);
    check_texts(&grants);
    g_autofree char *none = acl_difference(&kind_table, 17, &grants, &grants);
    g_assert_null(none);
    g_free(acl_difference(&kind_table, 17, NULL, &grants));
    arena_free(arena);
    return 0;
}
