/* words.c - figures put together; languages are data of config/language. */
#include "site/words.h"

#include <glib.h>
#include <inttypes.h>
#include <string.h>

/* Set before the pages are written, and the same for all of them: handing it to every figure would
 * make each page know about languages. */
static const struct language *spoken;

void
words_speak(const struct language *language)
{
    spoken = language;
}

static const struct language *
own_language(void)
{
    return spoken != NULL ? spoken : language_find("en");
}

char *
words_number(int64_t number)
{
    return language_number(own_language(), number);
}

char *
words_bytes(int64_t bytes)
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    size_t unit = 0;
    int64_t tenths = bytes * 10;
    while (unit + 1 < G_N_ELEMENTS(units) && tenths >= 10240) {
        tenths = (tenths + 512) / 1024;
        unit++;
    }
    if (unit > 1 && tenths < 100)
        return g_strdup_printf("%" PRId64 "%s%" PRId64 " %s", tenths / 10, own_language()->decimal,
                               tenths % 10, units[unit]);
    return g_strdup_printf("%" PRId64 " %s", (tenths + 5) / 10, units[unit]);
}

char *
words_count(int64_t count, const char *one)
{
    g_autofree char *number = words_number(count);
    if (count == 1)
        return g_strdup_printf("%s %s", number, one);
    if (g_str_has_suffix(one, "x"))
        return g_strdup_printf("%s %ses", number, one);
    if (g_str_has_suffix(one, "query"))
        return g_strdup_printf("%s %.*sies", number, (int)strlen(one) - 1, one);
    return g_strdup_printf("%s %ss", number, one);
}

#define DAY    "dddd-dd-dd"
#define MOMENT DAY "Tdd:dd"

/* "2026-11-25T04:10:00Z": year, month, day, hour, minute, as far as the shape goes. */
static bool
split(const char *timestamp, const char *shape, int parts[5])
{
    size_t part = 0;
    memset(parts, 0, 5 * sizeof *parts);
    for (size_t i = 0; shape[i] != '\0'; i++) {
        if (shape[i] == 'd' ? !g_ascii_isdigit(timestamp[i]) : timestamp[i] != shape[i])
            return false;
        if (shape[i] == 'd')
            parts[part] = parts[part] * 10 + g_ascii_digit_value(timestamp[i]);
        else
            part++;
    }
    return parts[1] >= 1 && parts[1] <= 12;
}

char *
words_date(const char *timestamp)
{
    int parts[5];
    if (!split(timestamp, DAY, parts))
        return g_strdup(timestamp);
    return language_date(own_language(), parts[0], parts[1], parts[2]);
}

char *
words_moment(const char *timestamp)
{
    int parts[5];
    if (!split(timestamp, MOMENT, parts))
        return g_strdup(timestamp);
    g_autofree char *date = words_date(timestamp);
    return g_strdup_printf("%s, %02d:%02d UTC", date, parts[3], parts[4]);
}

char *
words_day_of_version(const char *version)
{
    enum { DIGITS = 8, LENGTH = 14 };
    if (strlen(version) != LENGTH || strspn(version, "0123456789") != LENGTH)
        return NULL;
    g_autofree char *digits = g_strndup(version, DIGITS);
    const guint64 number = g_ascii_strtoull(digits, NULL, 10);
    enum { OF_YEAR = 10000, OF_MONTH = 100 };
    if (!g_date_valid_dmy((GDateDay)(number % OF_MONTH), (GDateMonth)(number / OF_MONTH % OF_MONTH),
                          (GDateYear)(number / OF_YEAR)))
        return NULL;
    return g_strdup_printf("%.4s-%.2s-%.2s", version, version + 4, version + 6);
}

char *
words_duration(int64_t microseconds)
{
    enum { OF_MILLISECOND = 1000, OF_SECOND = 1000000 };
    if (microseconds >= OF_SECOND)
        return g_strdup_printf("%.1f s", (double)microseconds / OF_SECOND);
    return g_strdup_printf("%.1f ms", (double)microseconds / OF_MILLISECOND);
}

char *
words_times(double factor)
{
    return language_times(own_language(), factor);
}

char *
words_share(int64_t part, int64_t whole)
{
    int64_t percent = whole <= 0 ? 0 : (part * 100 + whole / 2) / whole;
    if (percent == 0 && part > 0)
        return g_strdup("less than 1 %");
    return g_strdup_printf("%" PRId64 " %%", percent);
}

char *
words_percent(int64_t part, int64_t whole)
{
    int64_t hundredths = whole <= 0 ? 0 : part * 10000 / whole;
    return g_strdup_printf("%" PRId64 ".%02" PRId64 "%%", hundredths / 100, hundredths % 100);
}

const char *
words_on_delete(enum foreign_key_action action)
{
    switch (action) {
    case ACTION_CASCADE:
        return "these rows go too";
    case ACTION_SET_NULL:
        return "set to null";
    case ACTION_SET_DEFAULT:
        return "set to the default";
    case ACTION_NO_ACTION:
    case ACTION_RESTRICT:
        return "refused";
    case foreign_key_action_UNKNOWN:
        return "not known";
    }
    g_assert_not_reached();
}
