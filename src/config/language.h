/* language.h - how a language writes numbers and dates. Tables of our own instead of locales: the
 * same bytes on every machine. */
#ifndef DBDOC_LANGUAGE_H
#define DBDOC_LANGUAGE_H

#include <stdint.h>

struct language {
    const char *tag;        /* "en", "pt-BR" */
    const char *group;      /* between groups of three digits */
    int64_t grouped_from;   /* smaller numbers are written without */
    const char *decimal;    /* before the fraction */
    const char *date;       /* "D M Y": day, name of the month, year */
    const char *months[12]; /* short, as they stand in a date; NULL: the number */
};

extern const struct language languages[]; /* by tag; the last one has a NULL tag */

/* NULL: not one of ours. */
const struct language *language_find(const char *tag);

/* "421,870"; g_free. */
char *language_number(const struct language *language, int64_t number);

/* "2.5 times", "421 times"; g_free. */
char *language_times(const struct language *language, double factor);

/* "20 Mar 2026"; month from 1. g_free. */
char *language_date(const struct language *language, int year, int month, int day);

#endif
