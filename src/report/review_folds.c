/* review_folds.c - what of a review is folded in its comment: a table of folds, each with its
 * title, how many items there are, and how one is put. */
#include "report/comment.h"

#include "base/text.h"
#include "checks/run.h"
#include "config/language.h"
#include "report/markdown.h"

enum {
    LINES_MOST = 59,
    FOLD_LINES = 3,  /* of a fold beside its items */
    TEXT_MOST = 160, /* characters of a definition */
};

/* The signs of a list of changes. */
static const char *const signs[] = {
    [CHANGE_ADDED] = "+", [CHANGE_REMOVED] = "−", [CHANGE_CHANGED] = "~",
    [CHANGE_MOVED] = "~", [CHANGE_RENAMED] = "~",
};

/* What stands in a line is no longer than people read. */
static void
put_short(struct comment *comment, const char *text)
{
    bool fits = g_utf8_strlen(text, -1) <= TEXT_MOST;
    g_autofree char *start = fits ? g_strdup(text) : g_utf8_substring(text, 0, TEXT_MOST);
    g_autofree char *cut = g_strconcat(start, fits ? "" : "…", NULL);
    markdown_span(comment->text, cut);
}

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
        comment_put(comment, change->name != NULL ? " " : "");
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
        comment_put(comment, ", partition of ");
        markdown_span(comment->text, group->partition_of);
    }
    const char *joint = ": ";
    for (size_t i = 0; i < group->count; i++) {
        if (!group->items[i].grants)
            continue;
        comment_put(comment, joint);
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
    comment_say(comment, group->schemas);
    if (group->kind == CHANGE_ADDED && group->count > 0) {
        put_new_group(comment, group);
        return;
    }
    for (size_t i = 0; i < MIN(group->count, ITEMS_MOST); i++) {
        comment_put(comment, i == 0 ? ": " : "; ");
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
    comment_put(comment, lock->rewrites ? " (written anew" : lock->scans ? " (read in full" : "");
    bool opened = lock->rewrites || lock->scans;
    if (lock->rows != NUMBER_UNKNOWN) {
        g_autofree char *rows = language_number(model_language(comment->review->after), lock->rows);
        g_string_append_printf(comment->text, "%sabout %s rows)", opened ? ", " : " (", rows);
    } else if (opened) {
        comment_put(comment, ")");
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
        comment_put(comment, any ? ", " : direction == DIRECTION_UP ? " up " : " down ");
        put_lock(comment, lock);
        any = true;
    }
    comment_put(comment, any ? ";" : "");
}

static void
put_locks(struct comment *comment, size_t place)
{
    const struct review *review = comment->review;
    size_t i = 0;
    for (size_t left = place;; i++)
        if (locks_anything(review, review->migrations[i]) && left-- == 0)
            break;
    comment_put(comment, "- ");
    markdown_span(comment->text, review->migrations[i]->migration->name);
    comment_put(comment, ":");
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
    comment_put(comment, "- ");
    markdown_span(comment->text, migration->migration->name);
    comment_put(comment, ": ");
    comment_say(comment, class->words);
    if (class->code != NULL)
        g_string_append_printf(comment->text, " (%s)", class->code);
    if (verdict->loss != LOSS_UNKNOWN) {
        comment_put(comment, "; ");
        comment_say(comment, loss_words[verdict->loss].words);
    }
    if (runbook != NULL && runbook->executed > 0)
        g_string_append_printf(comment->text, "; %zu statements of its runbook were executed",
                               runbook->executed);
}

/* The first of them. */
static void
put_sentences(struct comment *comment, const struct names *sentences)
{
    enum { SENTENCES_MOST = 3 };
    for (size_t i = 0; i < MIN(sentences->count, SENTENCES_MOST); i++) {
        comment_put(comment, " ");
        comment_say(comment, sentences->items[i]);
    }
    if (sentences->count > SENTENCES_MOST)
        g_string_append_printf(comment->text, " And %zu more.", sentences->count - SENTENCES_MOST);
}

static void
put_caveat(struct comment *comment, const struct planned_uses *uses)
{
    if (uses->count == 0 || comment->review->plans_caveat == NULL)
        return;
    comment_put(comment, " ");
    comment_say(comment, comment->review->plans_caveat);
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
    comment_put(comment, "- ");
    markdown_span(comment->text, check_said_path(index->index));
    comment_put(comment, ": ");
    if (index->reason == NULL)
        comment_put(comment, "reason missing");
    else
        put_short(comment, index->reason);
    comment_put(comment, ". ");
    comment_say(comment, index->cost);
    put_sentences(comment, &index->helps);
    put_caveat(comment, index->uses);
}

static size_t
count_gone_indexes(const struct review *review)
{
    return review->gone_index_count;
}

static void
put_gone_index(struct comment *comment, size_t place)
{
    const struct review_gone_index *gone = &comment->review->gone_indexes[place];
    comment_put(comment, "- ");
    markdown_span(comment->text, check_said_path(gone->index));
    comment_put(comment, ":");
    put_sentences(comment, &gone->served);
    put_caveat(comment, gone->uses);
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
        comment_put(comment, "- fixed: ");
        comment_say(comment, review->fixed[place - untold]->title);
        return;
    }
    const struct review_finding *found = &review->findings[find_untold(review, place)];
    g_string_append_printf(comment->text, "- %s: ", severity_words[found->finding->severity]);
    comment_say(comment, found->finding->title);
    comment_place(comment, found->file, found->line);
}

static size_t
count_drift(const struct review *review)
{
    return review->drift_count;
}

static void
put_drift(struct comment *comment, size_t place)
{
    comment_put(comment, "- ");
    comment_say(comment, comment->review->drift[place]->title);
}

static size_t
count_gone(const struct review *review)
{
    return review->gone.count;
}

static void
put_gone(struct comment *comment, size_t place)
{
    comment_put(comment, "- ");
    markdown_span(comment->text, comment->review->gone.items[place]);
    comment_put(comment, ": databases that applied it keep what it did");
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
    comment_say(comment, found->text);
    comment_place(comment, found->file, found->line);
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
    comment_put(comment, "- ");
    markdown_span(comment->text, comment->review->edited.items[place]);
    comment_put(comment, ": the schema that it makes is the same");
}

static const struct fold folds[] = {
    {"What the release that runs now would meet", count_breaks, put_break},
    {"What changes", count_changes, put_group},
    {"What old migrations make now, and only in new databases", count_edits, put_edit},
    {"New indexes", count_indexes, put_index},
    {"Indexes that go, and queries they served", count_gone_indexes, put_gone_index},
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
    size_t used = comment_lines(comment->text) + comment->reserved + FOLD_LINES;
    size_t room = used < LINES_MOST ? LINES_MOST - used : 0;
    size_t shown = count <= room ? count : room > 0 ? room - 1 : 0;
    comment_put(comment, "<details><summary>");
    g_string_append_printf(comment->text, "%s (%zu)", fold->title, count);
    comment_put(comment, "</summary>\n\n");
    for (size_t i = 0; i < shown; i++) {
        fold->put(comment, i);
        comment_put(comment, "\n");
    }
    if (shown < count)
        g_string_append_printf(comment->text, "- and %zu more on the page\n", count - shown);
    comment_put(comment, "</details>\n");
}

void
comment_folds(struct comment *comment)
{
    const struct review *review = comment->review;
    enum { FOLD_LEAST = FOLD_LINES + 1, FOOT_LINES = 2 };
    comment->reserved = FOOT_LINES;
    for (size_t i = 0; i < G_N_ELEMENTS(folds); i++)
        comment->reserved += folds[i].count(review) > 0 ? FOLD_LEAST : 0;
    comment_put(comment, "\n");
    for (size_t i = 0; i < G_N_ELEMENTS(folds); i++) {
        if (folds[i].count(review) == 0)
            continue;
        comment->reserved -= FOLD_LEAST;
        put_fold(comment, &folds[i]);
    }
}
