/* span.c - bytes that have no end of their own. */
#include "workload/log.h"

#include <string.h>

bool
span_is(struct span span, const char *text)
{
    return span.length == strlen(text) && memcmp(span.text, text, span.length) == 0;
}

char *
span_find(struct span span, const char *text)
{
    return span.length == 0 ? NULL : memmem(span.text, span.length, text, strlen(text));
}

/* Eight bytes at a time, each multiplied and folded; odd constants of high weight. */
uint64_t
span_hash(struct span span, uint64_t seed)
{
    enum { WORD = sizeof(uint64_t), FOLD = 32 };
    const uint64_t factor = G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    uint64_t hash = seed ^ (span.length * factor);
    size_t at = 0;
    for (; at < span.length; at += WORD) {
        uint64_t word = 0;
        memcpy(&word, span.text + at, MIN((size_t)WORD, span.length - at));
        hash = (hash ^ word) * factor;
        hash ^= hash >> FOLD;
    }
    hash *= G_GUINT64_CONSTANT(0xD6E8FEB86659FD93);
    return hash ^ (hash >> FOLD);
}

/* Digits, a point, digits: what logs write in every locale. */
double
span_milliseconds(const char *text, const char *end)
{
    double number = 0;
    double unit = 1;
    bool any = false;
    bool fraction = false;
    for (; text < end; text++) {
        if (*text == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (!g_ascii_isdigit(*text))
            break;
        any = true;
        unit = fraction ? unit / 10 : 1;
        number = fraction ? number + unit * g_ascii_digit_value(*text)
                          : number * 10 + g_ascii_digit_value(*text);
    }
    return any ? number : -1;
}
