/* today.h - the date that acceptances are held against. */
#ifndef DBDOC_TODAY_H
#define DBDOC_TODAY_H

#include <glib.h>

/* "YYYY-MM-DD" in UTC, or the day that SOURCE_DATE_EPOCH names; g_free. NULL with FAILURE_USAGE
 * when that is no number of seconds. */
char *today_find(char **environment, GError **error);

#endif
