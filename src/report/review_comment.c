/* review_comment.c - what of a review fits into a comment: all that is to be decided, then the rest
 * folded. Lines are counted: what does not fit is on the page. */
#include "report/review.h"

#include "base/text.h"
#include "checks/run.h"
#include "config/language.h"
#include "report/markdown.h"

#include <string.h>

#define MARKER "<!-- dbdoc:review -->"

enum {
    LINES_MOST = 59,
    FIX_LINES = 8, /* of the code that asks bring along, together */
    QUESTIONS_MOST = 8,
    FOLD_LINES = 3,  /* of a fold beside its items */
    TEXT_MOST = 160, /* characters of a definition */
};

/* The signs of a list of changes. */
static const char *const signs[] = {
    [CHANGE_ADDED] = "+", [CHANGE_REMOVED] = "−", [CHANGE_CHANGED] = "~",
    [CHANGE_MOVED] = "~", [CHANGE_RENAMED] = "~",
};

/* A comment on its way. */
struct comment {
    GString *text;
    const struct review *review;
    size_t reserved;  /* lines that folds which are still to come need */
    size_t fix_lines; /* that were written */
};

static size_t
count_lines(const GString *text)
{
    size_t lines = 0;
    for (const char *c = text->str; *c != '\0'; c++)
        lines += *c == '\n';
    return lines;
}

static void
put(struct comment *comment, const char *text)
{
    g_string_append(comment->text, text);
}

static void
words(struct comment *comment, const char *text)
{
    markdown_words(comment->text, text);
}

/* What stands in a line is no longer than people read. */
static void
put_short(struct comment *comment, const char *text)
{
    bool fits = g_utf8_strlen(text, -1) <= TEXT_MOST;
    g_autofree char *start = fits ? g_strdup(text) : g_utf8_substring(text, 0, TEXT_MOST);
    g_autofree char *cut = g_strconcat(start, fits ? "" : "…", NULL);
    markdown_span(comment->text, cut);
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
    put(comment, "\n\n");
    words(comment, review->why);
    if (review->weight != NULL) {
        put(comment, " ");
        words(comment, review->weight);
    }
    if (review->order != NULL) {
        put(comment, " ");
        words(comment, review->order);
    }
    put(comment, "\n");
}

static void
put_place(struct comment *comment, const char *file, unsigned line)
{
    if (file == NULL)
        return;
    g_autofree char *place = line == 0 ? g_strdup(file) : g_strdup_printf("%s:%u", file, line);
    put(comment, " ");
    markdown_span(comment->text, place);
}

/* Code that is short enough. */
static void
put_fix(struct comment *comment, const struct review_ask *ask)
{
    gsize before = count_lines(comment->text);
    gsize length = comment->text->len;
    if (ask->fix == NULL)
        return;
    markdown_code(comment->text, "   ", ask->is_elixir ? "elixir" : "sql", ask->fix);
    size_t lines = count_lines(comment->text) - before - 2;
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
    words(comment, ask->title);
    put_place(comment, ask->file, ask->line);
    put(comment, ".");
    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++) {
        if (sentences[i] == NULL)
            continue;
        put(comment, " ");
        words(comment, sentences[i]);
    }
    put(comment, "\n");
    put_fix(comment, ask);
}

static void
put_asks(struct comment *comment)
{
    const struct review *review = comment->review;
    if (review->ask_count == 0)
        return;
    put(comment, "\n### Ask the author\n\n");
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
    words(comment, question->text);
    put(comment, ".");
    if (question->who != NULL) {
        put(comment, " Ask ");
        words(comment, question->who);
        put(comment, " (");
        words(comment, question->who_why);
        put(comment, ").");
    }
    if (question->depends != NULL) {
        put(comment, " On it depend: ");
        words(comment, question->depends);
        put(comment, ".");
    }
    put(comment, "\n");
}

static void
put_questions(struct comment *comment)
{
    const struct review *review = comment->review;
    size_t shown = MIN(review->question_count, QUESTIONS_MOST);
    if (shown == 0)
        return;
    put(comment, "\n### Ask first\n\n");
    for (size_t i = 0; i < shown; i++)
        put_question(comment, &review->questions[i]);
    if (shown < review->question_count)
        g_string_append_printf(comment->text, "- and %zu more\n", review->question_count - shown);
}

/* ---- folds ---- */

/* One line of a fold each. */
struct fold {
    const char *title;
    size_t (*count)(const struct review *review);
    void (*put)(struct comment *comment, size_t place);
};

static size_t
count_changes(const struct review *review)
{
    return review->group_count;
}

static void
put_change(struct comment *comment, const struct review_change *change)
{
    g_string_append_printf(comment->text, "%s ", signs[change->kind]);
    if (change->name != NULL) {
        g_string_append_printf(comment->text, "%s ", change->word);
        markdown_span(comment->text, change->name);
    }
    if (change->text != NULL) {
        put(comment, change->name != NULL ? " " : "");
        put_short(comment, change->text);
    }
}

/* How many columns a new table has, and who may do what with what is new. */
static void
put_new_group(struct comment *comment, const struct review_group *group)
{
    size_t columns = 0;
    for (size_t i = 0; i < group->count; i++)
        columns += g_str_equal(group->items[i].word, "column") && !group->items[i].grants;
    if (columns > 0)
        g_string_append_printf(comment->text, ", %zu column%s", columns, columns == 1 ? "" : "s");
    if (group->partition_of != NULL) {
        put(comment, ", partition of ");
        markdown_span(comment->text, group->partition_of);
    }
    const char *joint = ": ";
    for (size_t i = 0; i < group->count; i++) {
        if (!group->items[i].grants)
            continue;
        put(comment, joint);
        put_change(comment, &group->items[i]);
        joint = "; ";
    }
}

static void
put_one_group(struct comment *comment, const struct review_group *group)
{
    enum { ITEMS_MOST = 6 };
    g_string_append_printf(comment->text, "- %s %s ", signs[group->kind], group->word);
    markdown_span(comment->text, group->path);
    words(comment, group->schemas);
    if (group->kind == CHANGE_ADDED && group->count > 0) {
        put_new_group(comment, group);
        return;
    }
    for (size_t i = 0; i < MIN(group->count, ITEMS_MOST); i++) {
        put(comment, i == 0 ? ": " : "; ");
        put_change(comment, &group->items[i]);
    }
    if (group->count > ITEMS_MOST)
        g_string_append_printf(comment->text, "; and %zu more", group->count - ITEMS_MOST);
}

static void
put_group(struct comment *comment, size_t place)
{
    put_one_group(comment, &comment->review->groups[place]);
}

static bool
is_worth_a_line(const struct review_lock *lock)
{
    return lock_stops(lock->mode) || lock->rewrites || lock->scans;
}

static bool
locks_anything(const struct review *review, const struct migration_evidence *migration)
{
    for (size_t i = 0; i < review->lock_count; i++)
        if (review->locks[i].migration == migration && is_worth_a_line(&review->locks[i]))
            return true;
    return false;
}

static size_t
count_locks(const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->migration_count; i++)
        count += locks_anything(review, review->migrations[i]);
    return count;
}

static void
put_lock(struct comment *comment, const struct review_lock *lock)
{
    if (lock->mode != LOCK_NONE)
        g_string_append_printf(comment->text, "%s on ", lock_words[lock->mode].name);
    markdown_span(comment->text, lock->relation);
    put(comment, lock->rewrites ? " (written anew" : lock->scans ? " (read in full" : "");
    bool opened = lock->rewrites || lock->scans;
    if (lock->rows != NUMBER_UNKNOWN) {
        g_autofree char *rows = language_number(model_language(comment->review->after), lock->rows);
        g_string_append_printf(comment->text, "%sabout %s rows)", opened ? ", " : " (", rows);
    } else if (opened) {
        put(comment, ")");
    }
}

static void
put_locks_of(struct comment *comment, const struct migration_evidence *migration,
             enum direction direction)
{
    const struct review *review = comment->review;
    bool any = false;
    for (size_t i = 0; i < review->lock_count; i++) {
        const struct review_lock *lock = &review->locks[i];
        if (lock->migration != migration || lock->direction != direction || !is_worth_a_line(lock))
            continue;
        put(comment, any ? ", " : direction == DIRECTION_UP ? " up " : " down ");
        put_lock(comment, lock);
        any = true;
    }
    put(comment, any ? ";" : "");
}

static void
put_locks(struct comment *comment, size_t place)
{
    const struct review *review = comment->review;
    size_t i = 0;
    for (size_t left = place;; i++)
        if (locks_anything(review, review->migrations[i]) && left-- == 0)
            break;
    put(comment, "- ");
    markdown_span(comment->text, review->migrations[i]->migration->name);
    put(comment, ":");
    put_locks_of(comment, review->migrations[i], DIRECTION_UP);
    put_locks_of(comment, review->migrations[i], DIRECTION_DOWN);
    g_string_truncate(comment->text, comment->text->len - 1);
}

static size_t
count_migrations(const struct review *review)
{
    return review->migration_count;
}

static void
put_rollback(struct comment *comment, size_t place)
{
    const struct migration_evidence *migration = comment->review->migrations[place];
    const struct verdict *verdict = &migration->verdict;
    const struct class_word *class = &reversal_words[verdict->reversal];
    const struct runbook *runbook = runbooks_of(comment->review->runbooks,
                                                comment->review->rehearsal, migration);
    put(comment, "- ");
    markdown_span(comment->text, migration->migration->name);
    put(comment, ": ");
    words(comment, class->words);
    if (class->code != NULL)
        g_string_append_printf(comment->text, " (%s)", class->code);
    if (verdict->loss != LOSS_UNKNOWN) {
        put(comment, "; ");
        words(comment, loss_words[verdict->loss].words);
    }
    if (runbook != NULL && runbook->executed > 0)
        g_string_append_printf(comment->text, "; %zu statements of its runbook were executed",
                               runbook->executed);
}

static size_t
count_indexes(const struct review *review)
{
    return review->index_count;
}

static void
put_index(struct comment *comment, size_t place)
{
    const struct review_index *index = &comment->review->indexes[place];
    put(comment, "- ");
    markdown_span(comment->text, check_said_path(index->index));
    put(comment, ": ");
    if (index->reason == NULL)
        put(comment, "reason missing");
    else
        put_short(comment, index->reason);
    put(comment, ". ");
    words(comment, index->cost);
}

/* Those that the author is asked for stand above. */
static bool
is_asked(const struct review *review, const struct finding *finding)
{
    for (size_t i = 0; i < review->ask_count; i++)
        if (review->asks[i].finding == finding)
            return true;
    return false;
}

static bool
is_new_index(const struct review *review, const struct object *object)
{
    for (size_t i = 0; i < review->index_count; i++)
        if (&review->indexes[i].index->object == object)
            return true;
    return false;
}

/* What new indexes lack and what each rollback deletes have folds of their own. */
static bool
is_told(const struct review *review, const struct finding *finding)
{
    bool lacks_reason = g_str_equal(finding->slug, "index-without-reason");
    bool deletes = g_str_equal(finding->slug, "rollback-destroys-data");
    return is_asked(review, finding) || (lacks_reason && is_new_index(review, finding->object)) ||
           (deletes && finding->severity == SEVERITY_NOTE);
}

/* The finding at a place among those that are told nowhere else; `finding_count` behind the last.
 */
static size_t
find_untold(const struct review *review, size_t place)
{
    size_t i = 0;
    for (; i < review->finding_count; i++)
        if (!is_told(review, review->findings[i].finding) && place-- == 0)
            break;
    return i;
}

static size_t
count_untold(const struct review *review)
{
    size_t count = 0;
    for (size_t i = 0; i < review->finding_count; i++)
        count += !is_told(review, review->findings[i].finding);
    return count;
}

static size_t
count_findings(const struct review *review)
{
    return count_untold(review) + review->fixed_count;
}

static void
put_finding(struct comment *comment, size_t place)
{
    const struct review *review = comment->review;
    size_t untold = count_untold(review);
    if (place >= untold) {
        put(comment, "- fixed: ");
        words(comment, review->fixed[place - untold]->title);
        return;
    }
    const struct review_finding *found = &review->findings[find_untold(review, place)];
    g_string_append_printf(comment->text, "- %s: ", severity_words[found->finding->severity]);
    words(comment, found->finding->title);
    put_place(comment, found->file, found->line);
}

static size_t
count_drift(const struct review *review)
{
    return review->drift_count;
}

static void
put_drift(struct comment *comment, size_t place)
{
    put(comment, "- ");
    words(comment, comment->review->drift[place]->title);
}

static size_t
count_gone(const struct review *review)
{
    return review->gone.count;
}

static void
put_gone(struct comment *comment, size_t place)
{
    put(comment, "- ");
    markdown_span(comment->text, comment->review->gone.items[place]);
    put(comment, ": databases that applied it keep what it did");
}

static size_t
count_breaks(const struct review *review)
{
    return review->compatibility.count;
}

static void
put_break(struct comment *comment, size_t place)
{
    const struct compatibility_break *found = &comment->review->compatibility.items[place];
    g_string_append_printf(comment->text,
                           "- %s%s: ", found->strength == STRENGTH_PROVED ? "" : "perhaps, ",
                           stage_words[break_words[found->kind].stage]);
    words(comment, found->text);
    put_place(comment, found->file, found->line);
}

static size_t
count_edits(const struct review *review)
{
    return review->edit_count;
}

static void
put_edit(struct comment *comment, size_t place)
{
    put_one_group(comment, &comment->review->edits[place]);
}

/* The others are asked for. */
static size_t
count_edited(const struct review *review)
{
    return review->edit_effect == EDIT_SAME ? review->edited.count : 0;
}

static void
put_edited(struct comment *comment, size_t place)
{
    put(comment, "- ");
    markdown_span(comment->text, comment->review->edited.items[place]);
    put(comment, ": the schema that it makes is the same");
}

static const struct fold folds[] = {
    {"What the release that runs now would meet", count_breaks, put_break},
    {"What changes", count_changes, put_group},
    {"What old migrations make now, and only in new databases", count_edits, put_edit},
    {"New indexes", count_indexes, put_index},
    {"Locks on tables that are there", count_locks, put_locks},
    {"Rollbacks", count_migrations, put_rollback},
    {"More findings, new and fixed", count_findings, put_finding},
    {"The database before is not what its migrations make", count_drift, put_drift},
    {"Migrations without a file", count_gone, put_gone},
    {"Migrations that were changed after they were merged", count_edited, put_edited},
};

/* As many items as leave room for what comes behind. */
static void
put_fold(struct comment *comment, const struct fold *fold)
{
    size_t count = fold->count(comment->review);
    size_t used = count_lines(comment->text) + comment->reserved + FOLD_LINES;
    size_t room = used < LINES_MOST ? LINES_MOST - used : 0;
    size_t shown = count <= room ? count : room > 0 ? room - 1 : 0;
    put(comment, "<details><summary>");
    g_string_append_printf(comment->text, "%s (%zu)", fold->title, count);
    put(comment, "</summary>\n\n");
    for (size_t i = 0; i < shown; i++) {
        fold->put(comment, i);
        put(comment, "\n");
    }
    if (shown < count)
        g_string_append_printf(comment->text, "- and %zu more on the page\n", count - shown);
    put(comment, "</details>\n");
}

static void
put_folds(struct comment *comment)
{
    const struct review *review = comment->review;
    enum { FOLD_LEAST = FOLD_LINES + 1, FOOT_LINES = 2 };
    comment->reserved = FOOT_LINES;
    for (size_t i = 0; i < G_N_ELEMENTS(folds); i++)
        comment->reserved += folds[i].count(review) > 0 ? FOLD_LEAST : 0;
    put(comment, "\n");
    for (size_t i = 0; i < G_N_ELEMENTS(folds); i++) {
        if (folds[i].count(review) == 0)
            continue;
        comment->reserved -= FOLD_LEAST;
        put_fold(comment, &folds[i]);
    }
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
    put(comment, "\nCompared with ");
    markdown_span(comment->text, review->base);
    if (review->rehearsal->server != NULL && review->migration_count > 0)
        g_string_append_printf(comment->text, ", rehearsed on PostgreSQL %.*s",
                               (int)strcspn(review->rehearsal->server, " ."),
                               review->rehearsal->server);
    put(comment, ".");
    put_share(comment, "Tables with words", before->described_tables, before->tables,
              after->described_tables, after->tables);
    put_share(comment, "Columns with words", before->described_columns, before->columns,
              after->described_columns, after->columns);
    put_share(comment, "Indexes with a reason", before->reasons, before->needing_reason,
              after->reasons, after->needing_reason);
    put(comment, " All of it is on the page `review.html`.\n");
}

GString *
report_review_comment(const struct review *review)
{
    struct comment comment = {.text = g_string_new(NULL), .review = review};
    put_verdict(&comment);
    put_asks(&comment);
    put_questions(&comment);
    put_folds(&comment);
    put_foot(&comment);
    return comment.text;
}
