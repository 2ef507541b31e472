/* file_form.c - a table of first bytes. */
#include "source/file_form.h"

#include "base/failure.h"
#include "base/sql_lexer.h"
#include "catalog/snapshot.h"
#include "introspect/script.h"

#include <string.h>
#include <unistd.h>

#define HEAD 512

#define RESTORE "Turn it into SQL with \"pg_restore -f dump.sql FILE\""
#define UNPACK  "Unpack it first"
#define RECODE  "Save it as UTF-8"

static const struct {
    const char *bytes;
    size_t length;
    const char *what;
    const char *next;
} magics[] = {
    {"PGDMP", 5, "a pg_dump archive in custom format", RESTORE},
    {"toc.dat\0", 8, "a pg_dump archive in tar format", RESTORE},
    {"\x1f\x8b", 2, "compressed with gzip", UNPACK},
    {"\x28\xb5\x2f\xfd", 4, "compressed with zstd", UNPACK},
    {"\x04\x22\x4d\x18", 4, "compressed with lz4", UNPACK},
    {"\xfd"
     "7zXZ\0",
     6, "compressed with xz", UNPACK},
    {"BZh", 3, "compressed with bzip2", UNPACK},
    {"PK\x03\x04", 4, "a zip archive", UNPACK},
    {"\xff\xfe", 2, "text in UTF-16", RECODE},
    {"\xfe\xff", 2, "text in UTF-16", RECODE},
    {"SQLite format 3\0", 16, "an SQLite database", "dbdoc documents PostgreSQL"},
};

/* Words with which SQL files begin. */
static const char *const beginnings[] = {
    "select",  "insert", "create", "alter",  "set",  "copy",   "begin",  "start",    "drop",
    "comment", "do",     "grant",  "revoke", "with", "update", "delete", "truncate", "reset",
};

static bool
begins_like_sql(const char *head)
{
    struct sql_token token;
    const char *text = g_str_has_prefix(head, "\xEF\xBB\xBF") ? head + 3 : head;
    text += strspn(text, " \t\r\n");
    if (*text == '\0' || *text == '\\' || g_str_has_prefix(text, "--") ||
        g_str_has_prefix(text, "/*"))
        return true;
    if (!sql_next_word(&text, &token))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (sql_is_word(&token, beginnings[i]))
            return true;
    return false;
}

static bool
is_not_usable(const char *name, const char *what, const char *next, GError **error)
{
    return failure_set(error, FAILURE_USAGE, "%s is %s. %s.", name, what, next);
}

bool
file_form_find(int descriptor, const char *name, enum source_form *form, GError **error)
{
    char head[HEAD + 1] = "";
    ssize_t count = pread(descriptor, head, HEAD, 0);
    *form = SOURCE_SQL;
    if (count < 0)
        return true; /* a pipe: it must be SQL, and the loader will see */
    size_t length = (size_t)count;
    for (size_t i = 0; i < G_N_ELEMENTS(magics); i++)
        if (length >= magics[i].length && memcmp(head, magics[i].bytes, magics[i].length) == 0)
            return is_not_usable(name, magics[i].what, magics[i].next, error);
    if (memchr(head, '\0', length) != NULL)
        return is_not_usable(name, "a binary file", "A SOURCE file is SQL text or a snapshot",
                             error);
    if (snapshot_is(head, length)) {
        *form = SOURCE_SNAPSHOT;
        return true;
    }
    if (script_printed(head, length)) {
        *form = SOURCE_ANSWERS;
        return true;
    }
    if (g_str_has_suffix(name, ".sql") || begins_like_sql(head))
        return true;
    return is_not_usable(name, "neither SQL nor a snapshot",
                         "A SOURCE file is what pg_dump or \"dbdoc snapshot\" wrote", error);
}
