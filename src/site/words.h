/* words.h - figures and terms as people read them, in the conventions of the site's language. Every
 * function returns new memory or a literal. */
#ifndef DBDOC_SITE_WORDS_H
#define DBDOC_SITE_WORDS_H

#include "catalog/catalog.h"
#include "config/language.h"

#include <stdbool.h>
#include <stdint.h>

/* Numbers and dates from now on; without a call, English. One process makes one site. */
void words_speak(const struct language *language);

char *words_number(int64_t number);                /* 184,213 */
char *words_bytes(int64_t bytes);                  /* 824 kB, 1.6 MB, 223 MB (units of 1,024) */
char *words_count(int64_t count, const char *one); /* "1 table", "6 tables" */
char *words_date(const char *timestamp);    /* "2026-03-20", and what follows → "20 Mar 2026" */
char *words_moment(const char *timestamp);  /* → "20 Mar 2026, 06:14 UTC" */
char *words_duration(int64_t microseconds); /* "12.7 ms", "9.9 s" */
char *words_times(double factor);           /* "1.4 times", "97 times" */
char *words_share(int64_t part, int64_t whole);   /* "26 %"; "less than 1 %" */
char *words_percent(int64_t part, int64_t whole); /* "26.13%", for the width of a bar */

/* The day in a version that begins with one, as Ecto's do: "2026-03-20"; NULL for others. */
char *words_day_of_version(const char *version);

/* What happens to the rows that point to a deleted row: "these rows go too". */
const char *words_on_delete(enum foreign_key_action action);

#endif
