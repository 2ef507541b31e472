/* text.c - comparing, repairing and guessing texts. */
#include "base/text.h"

#include <string.h>

#define LONGEST_GUESS 128 /* bytes; nobody mistypes more */
#define REPLACEMENT   "\xEF\xBF\xBD"
#define STAND_IN      "\xCB\x8B" /* looks like a backquote and opens no code span */

bool
text_equal(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

int
text_compare(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

bool
text_is_empty(const char *text)
{
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

bool
text_is_day(const char *text)
{
    enum { LENGTH = 10, FIRST_YEAR = 2000 };
    unsigned parts[3] = {0};
    size_t part = 0;
    for (size_t i = 0; i < LENGTH; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : !g_ascii_isdigit(text[i]))
            return false;
        if (dash)
            part++;
        else
            parts[part] = parts[part] * 10 + (unsigned)g_ascii_digit_value(text[i]);
    }
    return text[LENGTH] == '\0' && parts[0] >= FIRST_YEAR &&
           g_date_valid_dmy((GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]);
}

/* Edit distance over bytes, where two neighbours that changed places count once; both texts are
 * short. */
static size_t
distance(const char *a, const char *b)
{
    size_t columns = strlen(b) + 1;
    g_autofree size_t *rows = g_new(size_t, 3 * columns); /* by i modulo 3 */
    for (size_t j = 0; j < columns; j++)
        rows[j] = j;
    size_t i = 1;
    for (; a[i - 1] != '\0'; i++) {
        size_t *row = rows + i % 3 * columns;
        const size_t *above = rows + (i - 1) % 3 * columns;
        const size_t *before = rows + (i + 1) % 3 * columns;
        row[0] = i;
        for (size_t j = 1; j < columns; j++) {
            size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = MIN(change, MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = MIN(row[j], before[j - 2] + 1);
        }
    }
    return rows[(i - 1) % 3 * columns + columns - 1];
}

const char *
text_nearest_within(const char *word, const char *const *candidates, size_t most)
{
    const char *nearest = NULL;
    size_t length = strlen(word);
    size_t best = most + 1;
    for (; *candidates != NULL && length <= LONGEST_GUESS; candidates++) {
        size_t other = strlen(*candidates);
        if (MAX(length, other) - MIN(length, other) >= best)
            continue;
        size_t far = distance(word, *candidates);
        if (far < best) {
            best = far;
            nearest = *candidates;
        }
    }
    return nearest;
}

size_t
text_mistakes(const char *word)
{
    return MAX((strlen(word) + 2) / 4, 1);
}

const char *
text_nearest(const char *word, const char *const *candidates)
{
    return text_nearest_within(word, candidates, text_mistakes(word));
}

static bool
is_clean(gunichar c)
{
    return c == '\t' || c == '\n' ||
           (c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0xFFFE && c != 0xFFFF);
}

/* Marks that turn the reading direction of what follows: a page isolates them, a terminal cannot.
 */
static bool
turns_direction(gunichar c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool
is_clean_for_terminal(gunichar c)
{
    return is_clean(c) && !turns_direction(c);
}

/* Printable ASCII, which is good everywhere and most of what comes by. */
static size_t
plain_length(const char *text)
{
    size_t length = 0;
    while (text[length] >= ' ' && text[length] <= '~')
        length++;
    return length;
}

static char *
repair(const char *text, bool (*is_good)(gunichar c))
{
    GString *good = g_string_sized_new(strlen(text));
    while (*text != '\0') {
        size_t plain = plain_length(text);
        g_string_append_len(good, text, (gssize)plain);
        text += plain;
        if (*text == '\0')
            break;
        gunichar c = g_utf8_get_char_validated(text, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append(good, REPLACEMENT);
            text++;
            continue;
        }
        const char *next = g_utf8_next_char(text);
        if (c == '\r' && *next == '\n')
            ;
        else if (is_good(c))
            g_string_append_len(good, text, next - text);
        else
            g_string_append(good, REPLACEMENT);
        text = next;
    }
    return g_string_free(good, FALSE);
}

char *
text_clean(const char *text)
{
    return repair(text, is_clean);
}

/* Whether a log is commanded here: by "::" at the start of a line, or by "##[" and "##vso[". */
static bool
commands_log(const char *text, bool starts_line)
{
    return (starts_line && g_str_has_prefix(text, "::")) || g_str_has_prefix(text, "##[") ||
           g_str_has_prefix(text, "##vso[");
}

char *
text_code(const char *text)
{
    g_autofree char *clean = text_clean(text);
    g_auto(GStrv) lines = g_strsplit_set(clean, "\n\t", -1);
    g_autofree char *line = g_strjoinv(REPLACEMENT, lines);
    g_auto(GStrv) pieces = g_strsplit(line, "`", -1);
    g_autofree char *safe = g_strjoinv(STAND_IN, pieces);
    return g_strdup_printf("`%s`", safe);
}

char *
text_for_terminal(const char *text)
{
    g_autofree char *clean = repair(text, is_clean_for_terminal);
    GString *safe = g_string_sized_new(strlen(clean));
    bool starts_line = true; /* after nothing but blanks */
    for (const char *c = clean; *c != '\0'; c++) {
        if (commands_log(c, starts_line))
            g_string_append(safe, REPLACEMENT);
        else
            g_string_append_c(safe, *c);
        starts_line = *c == '\n' || (starts_line && g_ascii_isspace(*c));
    }
    return g_string_free(safe, FALSE);
}
