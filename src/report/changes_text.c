/* changes_text.c - differences for people, one object after the other:
 *
 *   + table blog.post_reads
 *   ~ column blog.posts.status
 *       Type: character varying(20) -> text
 *       Default:
 *       - 'draft'::character varying
 *       + 'draft'::text
 *       used by index blog.posts_status_index, function blog.publish(bigint) (mentioned)
 *   ~ column blog.posts.slug -> blog.posts.handle
 */
#include "base/text.h"
#include "catalog/alike.h"
#include "catalog/dependants.h"
#include "report/page.h"

#include <string.h>

#define ONE_LINE_MOST 60 /* bytes of both sides of a fact that still fit on one line */
#define INDENT        "    "

enum tone { TONE_ADDED, TONE_REMOVED, TONE_CHANGED };

static const char *const tone_codes[] = {
    [TONE_ADDED] = STYLE_GREEN,
    [TONE_REMOVED] = STYLE_RED,
    [TONE_CHANGED] = STYLE_YELLOW,
};

/* One line, whatever is in the words: a name with a newline must not look like another change. */
static void
put_words(const struct page *page, const char *words)
{
    g_autofree char *safe = text_for_terminal(words);
    for (const char *c = safe; *c != '\0'; c++) {
        if (*c == '\n')
            g_string_append(page->text, "\\n");
        else if (*c == '\t')
            g_string_append(page->text, "\\t");
        else
            g_string_append_c(page->text, *c);
    }
}

static void
put_line(const struct page *page, enum tone tone, const char *start, const char *words)
{
    page_style(page, tone_codes[tone]);
    g_string_append(page->text, start);
    put_words(page, words);
    page_style(page, STYLE_PLAIN);
    g_string_append_c(page->text, '\n');
}

static void
put_object(const struct page *page, enum tone tone, const char *sign, const struct object *object)
{
    g_autofree char *address = g_strconcat(object->kind->word, " ", object->path, NULL);
    put_line(page, tone, sign, address);
}

/* The lines that differ: what both texts begin and end with is left out. */
static void
put_lines(const struct page *page, const char *old_text, const char *new_text)
{
    g_auto(GStrv) old_lines = g_strsplit(old_text, "\n", -1);
    g_auto(GStrv) new_lines = g_strsplit(new_text, "\n", -1);
    size_t old_end = g_strv_length(old_lines);
    size_t new_end = g_strv_length(new_lines);
    size_t start = 0;
    while (start < old_end && start < new_end && g_str_equal(old_lines[start], new_lines[start]))
        start++;
    while (old_end > start && new_end > start &&
           g_str_equal(old_lines[old_end - 1], new_lines[new_end - 1])) {
        old_end--;
        new_end--;
    }
    for (size_t i = start; i < old_end; i++)
        put_line(page, TONE_REMOVED, INDENT "- ", old_lines[i]);
    for (size_t i = start; i < new_end; i++)
        put_line(page, TONE_ADDED, INDENT "+ ", new_lines[i]);
}

static void
put_line_end(const struct page *page, const char *words)
{
    g_string_append_c(page->text, ' ');
    put_words(page, words);
    g_string_append_c(page->text, '\n');
}

static const char *const fact_words[] = {
    [CHANGE_ADDED] = "",
    [CHANGE_REMOVED] = "",
    [CHANGE_CHANGED] = "",
    [CHANGE_MOVED] = " in another order",
    [CHANGE_RENAMED] = ", renamed",
};

static void
put_fact(const struct page *page, const struct change *change)
{
    const char *old_text = change->old_text != NULL ? change->old_text : "none";
    const char *new_text = change->new_text != NULL ? change->new_text : "none";
    g_string_append_printf(page->text, INDENT "%s%s:", change->field->title,
                           fact_words[change->kind]);
    if (change->words != NULL) {
        put_line_end(page, change->words);
        return;
    }
    if (strlen(old_text) + strlen(new_text) > ONE_LINE_MOST || strchr(old_text, '\n') != NULL ||
        strchr(new_text, '\n') != NULL) {
        g_string_append_c(page->text, '\n');
        put_lines(page, old_text, new_text);
        return;
    }
    g_autofree char *both = g_strdup_printf("%s -> %s", old_text, new_text);
    put_line_end(page, both);
}

static void
put_renamed(const struct page *page, const struct change *change)
{
    g_autofree char *words = g_strdup_printf("%s %s -> %s", change->after->kind->word,
                                             change->old_text, change->new_text);
    put_line(page, TONE_CHANGED, "~ ", words);
}

static void
put_change(const struct page *page, const struct change *change, const struct object *last)
{
    switch (change->kind) {
    case CHANGE_ADDED:
        put_object(page, TONE_ADDED, "+ ", change->after);
        break;
    case CHANGE_REMOVED:
        put_object(page, TONE_REMOVED, "- ", change->before);
        break;
    case CHANGE_RENAMED:
    case CHANGE_CHANGED:
    case CHANGE_MOVED:
        if (change->field == NULL)
            put_renamed(page, change);
        else if (change->after != last)
            put_object(page, TONE_CHANGED, "~ ", change->after);
        if (change->field != NULL)
            put_fact(page, change);
        break;
    }
}

static void
put_schemas(const struct page *page, const struct change *change)
{
    g_autofree char *words = alike_words(change->alike);
    if (words == NULL)
        return;
    g_string_append(page->text, INDENT);
    put_words(page, words);
    g_string_append_c(page->text, '\n');
}

static void
put_dependants(const struct page *page, const struct dependants *dependants,
               const struct object *object)
{
    g_autoptr(GArray) found = dependants_find(dependants, object);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        g_string_append(page->text, i == 0 ? INDENT "used by " : ", ");
        put_words(page, dependant->object->kind->word);
        g_string_append_c(page->text, ' ');
        put_words(page, dependant->object->path);
        if (dependant->dependence == MENTIONS)
            g_string_append(page->text, " (mentioned)");
    }
    if (found->len > 0)
        g_string_append_c(page->text, '\n');
}

GString *
report_changes_text(const struct changes_report *report, enum colour colour)
{
    const struct page page = {g_string_new(NULL), colour};
    const struct object *last = NULL;
    const struct object *concerned = NULL; /* whose dependants are to be told behind its facts */
    for (guint i = 0; i < report->changes->len; i++) {
        const struct change *change = report->changes->pdata[i];
        const struct change *next = i + 1 < report->changes->len ? report->changes->pdata[i + 1]
                                                                 : NULL;
        put_change(&page, change, last);
        if (report->dependants != NULL && change_concerns_dependants(change))
            concerned = change->before;
        bool ends = next == NULL || next->after == NULL || next->after != change->after;
        if (ends && concerned != NULL) {
            put_dependants(&page, report->dependants, concerned);
            concerned = NULL;
        }
        if (ends || !alike_is_same(change->alike, next->alike))
            put_schemas(&page, change);
        last = change->after;
    }
    return page.text;
}
