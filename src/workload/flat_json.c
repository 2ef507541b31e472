/* flat_json.c - a scan for strings: braces and brackets mean nothing to it. */
#include "workload/flat_json.h"

#include <string.h>

static void
append_unit(char **to, unsigned code)
{
    *to += g_unichar_to_utf8(code == 0 || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code, *to);
}

struct span
flat_json_string(char **cursor, const char *end)
{
    static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char *c = *cursor + 1;
    char *to = c;
    struct span text = {c, 0};
    for (; c < end && *c != '"'; c++) {
        const char *run = c;
        while (c < end && *c != '"' && *c != '\\')
            c++;
        memmove(to, run, (size_t)(c - run));
        to += c - run;
        if (c >= end || *c == '"')
            break;
        c++;
        if (c + 4 < end && *c == 'u') {
            g_autofree char *hex = g_strndup(c + 1, 4);
            append_unit(&to, (unsigned)g_ascii_strtoull(hex, NULL, 16));
            c += 4;
            continue;
        }
        for (size_t i = 0; c < end && i + 1 < sizeof escapes; i += 2)
            if (*c == escapes[i])
                *to++ = escapes[i + 1];
    }
    text.length = (size_t)(to - text.text);
    *cursor = c < end ? c + 1 : c;
    return text;
}

void
flat_json_read(struct span line, const struct flat_json *wanted, size_t count)
{
    char *c = line.text;
    const char *end = line.text + line.length;
    while (c < end) {
        if (*c != '"') {
            c++;
            continue;
        }
        const struct span key = flat_json_string(&c, end);
        if (c >= end || *c != ':')
            continue;
        do
            c++;
        while (c < end && *c == ' ');
        if (c >= end || *c != '"')
            continue;
        const struct span value = flat_json_string(&c, end);
        for (size_t i = 0; i < count; i++)
            if (span_is(key, wanted[i].key))
                *wanted[i].value = value;
    }
}
