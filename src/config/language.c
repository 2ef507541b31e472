/* language.c - the conventions, as newspapers of each language print them (and as Unicode's CLDR
 * has them). English is the one of the pages themselves: the day comes first. */
#include "config/language.h"

#include <glib.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define SPACE  "\xC2\xA0"     /* U+00A0, which does not break */
#define NARROW "\xE2\x80\xAF" /* U+202F, the same and narrow */

const struct language languages[] = {
    {"cs", SPACE, 0, ",", "D. M. Y", {NULL}},
    {"da",
     ".",
     0,
     ",",
     "D. M Y",
     {"jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.",
      "dec."}},
    {"de",
     ".",
     0,
     ",",
     "D. M Y",
     {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
      "Dez."}},
    {"de-CH",
     "’",
     0,
     ".",
     "D. M Y",
     {"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.",
      "Dez."}},
    {"en",
     ",",
     0,
     ".",
     "D M Y",
     {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}},
    {"en-US",
     ",",
     0,
     ".",
     "M D, Y",
     {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}},
    {"es",
     ".",
     10000,
     ",",
     "D M Y",
     {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"}},
    {"fi", SPACE, 0, ",", "D.M.Y", {NULL}},
    {"fr",
     NARROW,
     0,
     ",",
     "D M Y",
     {"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
      "déc."}},
    {"it",
     ".",
     10000,
     ",",
     "D M Y",
     {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"}},
    {"ja", ",", 0, ".", "Y年M月D日", {NULL}},
    {"ko", ",", 0, ".", "Y년 M월 D일", {NULL}},
    {"nb",
     SPACE,
     0,
     ",",
     "D. M Y",
     {"jan.", "feb.", "mars", "apr.", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.",
      "des."}},
    {"nl",
     ".",
     0,
     ",",
     "D M Y",
     {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"}},
    {"pl",
     SPACE,
     10000,
     ",",
     "D M Y",
     {"sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"}},
    {"pt",
     ".",
     0,
     ",",
     "D de M de Y",
     {"jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.", "set.", "out.", "nov.",
      "dez."}},
    {"ru",
     SPACE,
     0,
     ",",
     "D M Y",
     {"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.",
      "дек."}},
    {"sv",
     SPACE,
     0,
     ",",
     "D M Y",
     {"jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.",
      "dec."}},
    {"tr",
     ".",
     0,
     ",",
     "D M Y",
     {"Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"}},
    {"uk",
     SPACE,
     0,
     ",",
     "D M Y",
     {"січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.",
      "груд."}},
    {"zh", ",", 0, ".", "Y年M月D日", {NULL}},
    {NULL, NULL, 0, NULL, NULL, {NULL}},
};

const struct language *
language_find(const char *tag)
{
    for (const struct language *language = languages; language->tag != NULL; language++)
        if (g_str_equal(language->tag, tag))
            return language;
    return NULL;
}

char *
language_number(const struct language *language, int64_t number)
{
    char *digits = g_strdup_printf("%" PRId64, number);
    size_t sign = number < 0 ? 1 : 0;
    size_t length = strlen(digits);
    if (number > -language->grouped_from && number < language->grouped_from)
        return digits;
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < length; i++) {
        if (i > sign && (length - i) % 3 == 0)
            g_string_append(text, language->group);
        g_string_append_c(text, digits[i]);
    }
    g_free(digits);
    return g_string_free(text, FALSE);
}

/* A tenth below ten. */
char *
language_times(const struct language *language, double factor)
{
    int64_t tenths = (int64_t)(MIN(factor, 1e15) * 10 + 0.5);
    g_autofree char *whole = language_number(language,
                                             tenths < 100 ? tenths / 10 : (tenths + 5) / 10);
    if (tenths >= 100)
        return g_strdup_printf("%s times", whole);
    return g_strdup_printf("%s%s%" PRId64 " times", whole, language->decimal, tenths % 10);
}

char *
language_date(const struct language *language, int year, int month, int day)
{
    g_assert(month >= 1 && month <= 12); /* whoever reads a date sees to it */
    const char *name = language->months[month - 1];
    GString *text = g_string_new(NULL);
    for (const char *c = language->date; *c != '\0'; c++) {
        if (*c == 'D')
            g_string_append_printf(text, "%d", day);
        else if (*c == 'Y')
            g_string_append_printf(text, "%d", year);
        else if (*c == 'M' && name == NULL)
            g_string_append_printf(text, "%d", month);
        else if (*c == 'M')
            g_string_append(text, name);
        else
            g_string_append_c(text, *c);
    }
    return g_string_free(text, FALSE);
}
