/* verdict.c - one rule a function, in the order in which people ask: does up run, is there a way
 * back, does it run, what does it leave, what is lost, what was not shown. */
#include "rehearsal/verdict.h"

#include "postgres/acts.h"
#include "postgres/connection.h"
#include "rehearsal/outside.h"
#include "source/treatment.h"

#define REASONS_MOST 20 /* differences that are told; the rest is counted */

struct decision {
    struct arena *arena;
    const struct migration_evidence *evidence;
    GPtrArray *reasons;
    GPtrArray *unproved;
    struct verdict verdict;
};

static void add(GPtrArray *texts, struct arena *arena, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
add(GPtrArray *texts, struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(texts, (gpointer)(guintptr)arena_intern(arena, text));
}

const char *
difference_words(struct arena *arena, const struct difference *difference)
{
    const char *word = difference->word;
    const char *path = difference->path;
    const char *space = *path != '\0' ? " " : "";
    const char *before = difference->before != NULL ? difference->before : "none";
    const char *after = difference->after != NULL ? difference->after : "none";
    switch (difference->kind) {
    case CHANGE_ADDED:
        return arena_printf(arena, "%s %s stays", word, path);
    case CHANGE_REMOVED:
        return arena_printf(arena, "%s %s is missing", word, path);
    case CHANGE_MOVED:
        return arena_printf(arena, "%s%s%s: %s in another order (before: %s; after: %s)", word,
                            space, path, difference->title, before, after);
    case CHANGE_RENAMED: /* no state of a rehearsal is compared so */
    case CHANGE_CHANGED:
        return arena_printf(arena, "%s%s%s: %s was %s, is %s", word, space, path, difference->title,
                            before, after);
    }
    g_assert_not_reached();
}

static const char *const end_words[] = {
    [RUN_NOT_TRIED] = "is not tried", [RUN_COMPLETE] = "runs",          [RUN_FAILED] = "fails",
    [RUN_LIMITED] = "does not end",   [RUN_LOST] = "loses its session", [RUN_RAISED] = "is refused",
    [RUN_ABSENT] = "is not written",
};

static void
tell_end(const struct decision *decision, const char *direction, const struct run_evidence *run)
{
    if (run->words != NULL)
        add(decision->reasons, decision->arena, "%s %s: %s", direction, end_words[run->end],
            run->words);
    else
        add(decision->reasons, decision->arena, "%s %s", direction, end_words[run->end]);
}

static void
tell_differences(const struct decision *decision, const char *before,
                 const struct differences *differences)
{
    size_t told = 0;
    size_t untold = 0;
    for (size_t i = 0; i < differences->count; i++) {
        if (differences->items[i].physical)
            continue;
        if (told++ < REASONS_MOST)
            add(decision->reasons, decision->arena, "%s%s", before,
                difference_words(decision->arena, &differences->items[i]));
        else
            untold++;
    }
    if (untold > 0)
        add(decision->reasons, decision->arena, "%s%zu more differences", before, untold);
}

static enum reversal
class_of_difference(const struct difference *difference)
{
    if (difference->physical)
        return REVERSAL_TRACE;
    return difference->kind == CHANGE_MOVED ? REVERSAL_ORDER : REVERSAL_LOSSY;
}

static enum reversal
class_of_differences(const struct differences *differences)
{
    enum reversal worst = REVERSAL_EXACT;
    for (size_t i = 0; i < differences->count; i++)
        worst = MAX(worst, class_of_difference(&differences->items[i]));
    return worst;
}

static enum loss
loss_of_removal(const struct removal *removal)
{
    if (removal->derived)
        return LOSS_DERIVED;
    return removal->made_by_up ? LOSS_SINCE : LOSS_PRE_EXISTING;
}

const char *
removal_words(struct arena *arena, const char *direction, const struct removal *removal)
{
    static const char *const words[] = {
        [LOSS_DERIVED] = "it can be computed again",
        [LOSS_SINCE] = "what was written to it since up is lost",
        [LOSS_PRE_EXISTING] = "what was in it before up is lost",
    };
    return arena_printf(arena, "%s drops %s %s: %s", direction, removal->word, removal->path,
                        words[loss_of_removal(removal)]);
}

static void
judge_removals(struct decision *decision, const char *direction, const struct removals *removals)
{
    for (size_t i = 0; i < removals->count; i++) {
        const struct removal *removal = &removals->items[i];
        enum loss loss = loss_of_removal(removal);
        decision->verdict.loss = MAX(decision->verdict.loss, loss);
        if (loss != LOSS_DERIVED)
            add(decision->reasons, decision->arena, "%s",
                removal_words(decision->arena, direction, removal));
    }
}

static void
tell_run_with_rows(const struct decision *decision, const char *which,
                   const struct run_evidence *run)
{
    if (run->end != RUN_COMPLETE && run->end != RUN_NOT_TRIED)
        add(decision->reasons, decision->arena, "with invented rows, %s %s: %s", which,
            end_words[run->end], run->words);
}

/* Whether a column has another type after up. */
static bool
changes_type(const struct differences *changes, const char *path)
{
    for (size_t i = 0; i < changes->count; i++)
        if (changes->items[i].title != NULL && g_str_equal(changes->items[i].title, "Type") &&
            g_str_equal(changes->items[i].path, path))
            return true;
    return false;
}

static void
judge_values(struct decision *decision, const struct value_change *change)
{
    bool lost = change->after < change->before;
    bool converted = changes_type(&decision->evidence->changes, change->path);
    enum loss loss = lost ? LOSS_PRE_EXISTING : converted ? LOSS_PRECISION : LOSS_REWRITTEN;
    decision->verdict.loss = MAX(decision->verdict.loss, loss);
    if (lost)
        add(decision->reasons, decision->arena,
            "of %" G_GINT64_FORMAT " invented values of %s, %" G_GINT64_FORMAT " come back",
            change->before, change->path, change->after);
    else
        add(decision->reasons, decision->arena, "invented values of %s come back changed",
            change->path);
}

/* Rows that would stop a direction, and the question that finds them; whether any are proved. */
static bool
judge_prechecks(struct decision *decision, enum direction direction)
{
    static const char *const words[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};
    const struct prechecks *prechecks = &decision->evidence->prechecks;
    bool any = false;
    for (size_t i = 0; i < prechecks->count; i++) {
        const struct precheck *precheck = &prechecks->items[i];
        if (precheck->direction != direction)
            continue;
        if (precheck->unproved != NULL)
            add(decision->unproved, decision->arena, "whether, in %s, %s would stop %s: %s",
                precheck->relation, precheck->words, words[direction], precheck->unproved);
        else
            add(decision->reasons, decision->arena, "in %s, %s would stop %s: %s",
                precheck->relation, precheck->words, words[direction], precheck->refusal);
        any = any || precheck->unproved == NULL;
    }
    return any;
}

/* Whether the way down failed for some rows. */
static bool
depends_on_rows(const struct rows_evidence *rows)
{
    return rows->down.end > RUN_COMPLETE || rows->down_again.end > RUN_COMPLETE;
}

static void
judge_rows(struct decision *decision)
{
    const struct rows_evidence *rows = &decision->evidence->rows;
    tell_run_with_rows(decision, "down", &rows->down);
    for (size_t i = 0; i < rows->changes.count; i++)
        judge_values(decision, &rows->changes.items[i]);
    tell_run_with_rows(decision, "some of them written after up, down", &rows->down_again);
}

static void
judge_down(struct decision *decision)
{
    const struct migration_evidence *evidence = decision->evidence;
    struct verdict *verdict = &decision->verdict;
    verdict->schema = class_of_differences(&evidence->left);
    if (verdict->schema == REVERSAL_TRACE)
        add(decision->reasons, decision->arena,
            "after down, the slots of dropped columns stay in the table's rows");
    tell_differences(decision, "after down, ", &evidence->left);
    judge_removals(decision, "down", &evidence->down_removes);
    judge_rows(decision);
    bool depends = judge_prechecks(decision, DIRECTION_DOWN);
    verdict->reversal = verdict->schema;
    if (depends || depends_on_rows(&evidence->rows))
        verdict->reversal = REVERSAL_DATA;
    if (verdict->loss > LOSS_DERIVED && verdict->schema < REVERSAL_LOSSY)
        verdict->reversal = REVERSAL_DESTROYS;
    if (evidence->again.end != RUN_COMPLETE && evidence->again.end != RUN_NOT_TRIED)
        tell_end(decision, "up after down", &evidence->again);
    tell_differences(decision, "after a second up, ", &evidence->again_differs);
}

static void
tell_left_out(const struct decision *decision, const char *direction,
              const struct statement_evidence *statement)
{
    if (statement->sight == SIGHT_NOT_RUN)
        add(decision->unproved, decision->arena, "%s leaves out %s:%u: %s", direction,
            statement->file, statement->line, statement->words);
}

/* Settings take no locks. */
static bool
is_unobserved(const struct statement_evidence *statement)
{
    return statement->sight == SIGHT_OUTSIDE && statement->words == NULL &&
           treatment_of(statement->sql) != TREAT_SETTING;
}

/* Of what a command sent, the server tells of DDL alone. */
static void
tell_unobserved(const struct decision *decision, const char *direction,
                const struct run_evidence *run)
{
    size_t unobserved = 0;
    for (size_t i = 0; i < run->count; i++)
        unobserved += is_unobserved(&run->statements[i]);
    if (unobserved > 0)
        add(decision->unproved, decision->arena,
            "%s: the locks of %zu of %zu statements that %s sent: from outside, those of DDL "
            "within one transaction are observed",
            direction, unobserved, run->count, run->command);
}

static void
tell_unproved_run(const struct decision *decision, const char *direction,
                  const struct run_evidence *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct statement_evidence *statement = &run->statements[i];
        tell_left_out(decision, direction, statement);
        if (statement->sight == SIGHT_STOOD_IN)
            add(decision->unproved, decision->arena, "%s:%u: %s", statement->file, statement->line,
                statement->words);
        if (statement->sight == SIGHT_NONE && statement->words == NULL)
            add(decision->unproved, decision->arena,
                "the locks of %s:%u: it runs outside a transaction and did not wait",
                statement->file, statement->line);
    }
    tell_unobserved(decision, direction, run);
}

static void
tell_unfilled(const struct decision *decision, const struct fillings *fillings)
{
    for (size_t i = 0; i < fillings->count; i++)
        if (fillings->items[i].made == 0)
            add(decision->unproved, decision->arena,
                "what happens to rows of %s: none could be invented (%s)",
                fillings->items[i].relation, fillings->items[i].problem);
}

/* Here each migration has a transaction of its own. */
static void
tell_shared_transaction(const struct decision *decision)
{
    const struct migration_evidence *evidence = decision->evidence;
    if (evidence->transactions != TRANSACTION_FOR_ALL || evidence->up.end != RUN_COMPLETE ||
        evidence->up.isolation != IN_TRANSACTION)
        return;
    add(decision->unproved, decision->arena,
        "how long its locks are held: the tool runs all migrations that are pending in one "
        "transaction, which ends behind the last of them; here each had its own");
    for (size_t i = 0; i < evidence->changes.count; i++) {
        const struct difference *change = &evidence->changes.items[i];
        if (change->title != NULL && g_str_equal(change->title, "Labels"))
            add(decision->unproved, decision->arena,
                "whether a later migration can use the new label of %s: PostgreSQL refuses that in "
                "the transaction that adds it, and the tool runs all that are pending in one",
                change->path);
    }
}

static void
tell_unproved(const struct decision *decision)
{
    const struct migration_evidence *evidence = decision->evidence;
    tell_shared_transaction(decision);
    tell_unfilled(decision, &evidence->rows.fillings);
    const struct names *missing = &evidence->missing;
    if (missing->count == 1)
        add(decision->unproved, decision->arena,
            "it ran without all that %s does, which could not be rehearsed in full",
            missing->items[0]);
    if (missing->count > 1)
        add(decision->unproved, decision->arena,
            "it ran without all that %zu earlier migrations do, from %s on, which could not be "
            "rehearsed in full",
            missing->count, missing->items[0]);
    tell_unproved_run(decision, "up", &evidence->up);
    for (size_t i = 0; i < evidence->verify.count; i++)
        tell_left_out(decision, "verify", &evidence->verify.statements[i]);
    tell_unproved_run(decision, "down", &evidence->down);
}

/* That nothing is lost is not proved. */
static void
claim_no_safety(struct decision *decision)
{
    if (decision->verdict.loss <= LOSS_DERIVED)
        decision->verdict.loss = LOSS_UNKNOWN;
}

/* What was seen of a part is no verdict on the whole. */
static void
limit_to_proved(struct decision *decision)
{
    const struct migration_evidence *evidence = decision->evidence;
    struct verdict *verdict = &decision->verdict;
    bool refused = evidence->down.end == RUN_RAISED || evidence->down.end == RUN_ABSENT;
    if (!run_leaves_out(&evidence->up) && !run_leaves_out(&evidence->down))
        return;
    claim_no_safety(decision);
    if (refused)
        return;
    if (verdict->reversal != REVERSAL_UNKNOWN)
        add(decision->reasons, decision->arena, "as far as it could be run, %s",
            reversal_words[verdict->reversal].words);
    verdict->reversal = REVERSAL_UNKNOWN;
}

/* What a statement does outside of the database, nothing that runs in it undoes. */
static void
judge_outside(struct decision *decision)
{
    const struct run_evidence *up = &decision->evidence->up;
    for (size_t i = 0; i < up->count; i++) {
        g_autofree char *name = outside_find(up->statements[i].sql);
        if (name == NULL || up->statements[i].sight == SIGHT_NOT_RUN)
            continue;
        decision->verdict.loss = MAX(decision->verdict.loss, LOSS_EXTERNAL);
        if (up->command == NULL)
            add(decision->reasons, decision->arena,
                "up, line %u, calls %s: what that does outside of the database stays",
                up->statements[i].line, name);
        else
            add(decision->reasons, decision->arena,
                "up, statement %zu, calls %s: what that does outside of the database stays", i + 1,
                name);
    }
}

/* ---- rows that up changes ---- */

static bool
is_added(const struct decision *decision, const char *word, const char *path)
{
    const struct differences *changes = &decision->evidence->changes;
    for (size_t i = 0; i < changes->count; i++)
        if (changes->items[i].kind == CHANGE_ADDED && g_str_equal(changes->items[i].word, word) &&
            act_path_names(path, changes->items[i].path))
            return true;
    return false;
}

/* Whether an UPDATE only fills columns that are new. */
static bool
fills_new_columns(const struct decision *decision, const struct act *act)
{
    for (size_t i = 0; i < act->columns.count; i++) {
        g_autofree char *column = sql_quote_name(act->columns.items[i]);
        g_autofree char *path = g_strconcat(act->relation, ".", column, NULL);
        if (!is_added(decision, "column", path))
            return false;
    }
    return act->columns.count > 0;
}

static bool
changes_old_rows(const struct decision *decision, const struct act *act)
{
    if (act->kind != ACT_UPDATE && act->kind != ACT_DELETE)
        return false;
    return act->relation != NULL && !is_added(decision, "table", act->relation) &&
           !fills_new_columns(decision, act);
}

/* What UPDATE and DELETE take from rows that were there shows only when down runs on rows that they
 * change. */
static void
judge_changed_rows(struct decision *decision)
{
    const struct migration_evidence *evidence = decision->evidence;
    if (evidence->rows.changes.count > 0)
        return;
    for (size_t i = 0; i < evidence->up.count; i++) {
        const struct statement_evidence *statement = &evidence->up.statements[i];
        if (statement->sight == SIGHT_NOT_RUN)
            continue;
        const struct acts acts = acts_of(decision->arena, statement->sql);
        for (size_t k = 0; k < acts.count; k++) {
            if (!changes_old_rows(decision, &acts.items[k]))
                continue;
            add(decision->unproved, decision->arena,
                "what %s:%u changes in rows of %s, and whether it can be had back: no row that was "
                "invented shows it",
                statement->file, statement->line, acts.items[k].relation);
            claim_no_safety(decision);
        }
    }
}

static void
judge(struct decision *decision)
{
    const struct migration_evidence *evidence = decision->evidence;
    if (evidence->up.end != RUN_COMPLETE) {
        tell_end(decision, "up", &evidence->up);
        return;
    }
    if (evidence->verify.end > RUN_COMPLETE)
        tell_end(decision, "verify", &evidence->verify);
    decision->verdict.loss = LOSS_NONE;
    judge_outside(decision);
    judge_removals(decision, "up", &evidence->up_removes);
    if (!judge_prechecks(decision, DIRECTION_UP))
        tell_run_with_rows(decision, "up", &evidence->rows.up);
    if (evidence->down.end == RUN_COMPLETE) {
        judge_down(decision);
        return;
    }
    tell_end(decision, "down", &evidence->down);
    if (evidence->down.end == RUN_NOT_TRIED)
        return;
    decision->verdict.schema = REVERSAL_IMPOSSIBLE;
    decision->verdict.reversal = REVERSAL_IMPOSSIBLE;
}

struct verdict
verdict_decide(struct arena *arena, const struct migration_evidence *evidence)
{
    g_autoptr(GPtrArray) reasons = g_ptr_array_new();
    g_autoptr(GPtrArray) unproved = g_ptr_array_new();
    struct decision decision = {arena, evidence, reasons, unproved, {0}};
    judge(&decision);
    if (evidence->up.end == RUN_COMPLETE)
        judge_changed_rows(&decision);
    limit_to_proved(&decision);
    tell_unproved(&decision);
    decision.verdict.reasons = names_keep(arena, reasons);
    decision.verdict.unproved = names_keep(arena, unproved);
    return decision.verdict;
}
