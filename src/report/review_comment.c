/* review_comment.c - what of a review fits into a comment: all that is to be decided, then the rest
 * folded. Lines are counted: what does not fit is on the page. */
#include "report/comment.h"

#include "base/text.h"
#include "checks/run.h"
#include "config/language.h"
#include "report/markdown.h"

#include <string.h>

#define MARKER "<!-- dbdoc:review -->"

enum {
    FIX_LINES = 8, /* of the code that asks bring along, together */
    QUESTIONS_MOST = 8,
};

size_t
comment_lines(const GString *text)
{
    size_t lines = 0;
    for (const char *c = text->str; *c != '\0'; c++)
        lines += *c == '\n';
    return lines;
}

void
comment_put(struct comment *comment, const char *text)
{
    g_string_append(comment->text, text);
}

void
comment_say(struct comment *comment, const char *text)
{
    markdown_words(comment->text, text);
}

/* ---- first screen ---- */

static void
put_verdict(struct comment *comment)
{
    static const char *const marks[REVIEW_TONES] = {
        [REVIEW_FINE] = "✓", [REVIEW_LOOK] = "!", [REVIEW_FIX] = "✗"};
    const struct review *review = comment->review;
    g_string_append_printf(comment->text, "%s\n## %s Database: ", MARKER, marks[review->tone]);
    markdown_plain(comment->text, review->verdict);
    comment_put(comment, "\n\n");
    comment_say(comment, review->why);
    if (review->weight != NULL) {
        comment_put(comment, " ");
        comment_say(comment, review->weight);
    }
    if (review->order != NULL) {
        comment_put(comment, " ");
        comment_say(comment, review->order);
    }
    comment_put(comment, "\n");
}

void
comment_place(struct comment *comment, const char *file, unsigned line)
{
    if (file == NULL)
        return;
    g_autofree char *place = line == 0 ? g_strdup(file) : g_strdup_printf("%s:%u", file, line);
    comment_put(comment, " ");
    markdown_span(comment->text, place);
}

/* Code that is short enough. */
static void
put_fix(struct comment *comment, const struct review_ask *ask)
{
    gsize before = comment_lines(comment->text);
    gsize length = comment->text->len;
    if (ask->fix == NULL)
        return;
    markdown_code(comment->text, "   ", ask->is_elixir ? "elixir" : "sql", ask->fix);
    size_t lines = comment_lines(comment->text) - before - 2;
    if (comment->fix_lines + lines > FIX_LINES)
        g_string_truncate(comment->text, length);
    else
        comment->fix_lines += lines;
}

static void
put_ask(struct comment *comment, const struct review_ask *ask, size_t number)
{
    const char *const sentences[] = {ask->detail, ask->advice};
    g_string_append_printf(comment->text, "%zu. **%s**: ", number, severity_words[ask->severity]);
    comment_say(comment, ask->title);
    comment_place(comment, ask->file, ask->line);
    comment_put(comment, ".");
    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++) {
        if (sentences[i] == NULL)
            continue;
        comment_put(comment, " ");
        comment_say(comment, sentences[i]);
    }
    comment_put(comment, "\n");
    put_fix(comment, ask);
}

static void
put_asks(struct comment *comment)
{
    const struct review *review = comment->review;
    if (review->ask_count == 0)
        return;
    comment_put(comment, "\n### Ask the author\n\n");
    for (size_t i = 0; i < review->ask_count; i++)
        put_ask(comment, &review->asks[i], i + 1);
    if (review->ask_most > review->ask_count)
        g_string_append_printf(comment->text, "\n%zu more under findings.\n",
                               review->ask_most - review->ask_count);
}

static void
put_question(struct comment *comment, const struct review_question *question)
{
    g_string_append_printf(comment->text, "- %s: ", question_words[question->kind]);
    comment_say(comment, question->text);
    comment_put(comment, ".");
    if (question->who != NULL) {
        comment_put(comment, " Ask ");
        comment_say(comment, question->who);
        comment_put(comment, " (");
        comment_say(comment, question->who_why);
        comment_put(comment, ").");
    }
    if (question->depends != NULL) {
        comment_put(comment, " On it depend: ");
        comment_say(comment, question->depends);
        comment_put(comment, ".");
    }
    comment_put(comment, "\n");
}

static void
put_questions(struct comment *comment)
{
    const struct review *review = comment->review;
    size_t shown = MIN(review->question_count, QUESTIONS_MOST);
    if (shown == 0)
        return;
    comment_put(comment, "\n### Ask first\n\n");
    for (size_t i = 0; i < shown; i++)
        put_question(comment, &review->questions[i]);
    if (shown < review->question_count)
        g_string_append_printf(comment->text, "- and %zu more\n", review->question_count - shown);
}
/* ---- foot ---- */

static void
put_share(struct comment *comment, const char *title, size_t part_before, size_t whole_before,
          size_t part, size_t whole)
{
    if (part == part_before && whole == whole_before)
        return;
    g_string_append_printf(comment->text, " %s: %zu of %zu, before %zu of %zu.", title, part, whole,
                           part_before, whole_before);
}

static void
put_foot(struct comment *comment)
{
    const struct review *review = comment->review;
    const struct tally *before = &review->tally_before;
    const struct tally *after = &review->tally_after;
    comment_put(comment, "\nCompared with ");
    markdown_span(comment->text, review->base);
    if (review->rehearsal->server != NULL && review->migration_count > 0)
        g_string_append_printf(comment->text, ", rehearsed on PostgreSQL %.*s",
                               (int)strcspn(review->rehearsal->server, " ."),
                               review->rehearsal->server);
    comment_put(comment, ".");
    put_share(comment, "Tables with words", before->described_tables, before->tables,
              after->described_tables, after->tables);
    put_share(comment, "Columns with words", before->described_columns, before->columns,
              after->described_columns, after->columns);
    put_share(comment, "Indexes with a reason", before->reasons, before->needing_reason,
              after->reasons, after->needing_reason);
    comment_put(comment, " All of it is on the page `review.html`.\n");
}

GString *
report_review_comment(const struct review *review)
{
    struct comment comment = {.text = g_string_new(NULL), .review = review};
    put_verdict(&comment);
    put_asks(&comment);
    put_questions(&comment);
    comment_folds(&comment);
    put_foot(&comment);
    return comment.text;
}
