/* today.c - the clock, or what stands in for it:
 * https://reproducible-builds.org/specs/source-date-epoch/
 */
#include "commands/today.h"

#include "base/failure.h"
#include "base/text.h"

#define VARIABLE   "SOURCE_DATE_EPOCH"
#define LAST_CLOCK G_GINT64_CONSTANT(253402300799) /* the end of the year 9999 */

char *
today_find(char **environment, GError **error)
{
    const char *epoch = g_environ_getenv(environment, VARIABLE);
    g_autoptr(GDateTime) time = NULL;
    guint64 seconds = 0;
    if (text_is_empty(epoch)) {
        time = g_date_time_new_now_utc();
    } else if (g_ascii_string_to_unsigned(epoch, 10, 0, LAST_CLOCK, &seconds, NULL)) {
        time = g_date_time_new_from_unix_utc((gint64)seconds);
    } else {
        failure_set(error, FAILURE_USAGE,
                    VARIABLE " takes seconds since 1970, found \"%s\". Correct or unset it.",
                    epoch);
        return NULL;
    }
    return g_date_time_format(time, "%Y-%m-%d");
}
