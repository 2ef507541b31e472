/* decision.c - whether to run down at all: the stage that the observed changes belong to, a
 * recommendation by rule, its reason, and what speaks for each of the three ways out. */
#include "runbook/draft.h"

#include "base/sql_lexer.h"
#include "catalog/address.h"
#include "catalog/compare.h"
#include "postgres/acts.h"
#include "rehearsal/verdict.h"

enum { NEWER_MOST = 2 }; /* more would have to be undone than a tired person oversees */

enum stage { STAGE_EXPAND = 1 << 0, STAGE_MIGRATE = 1 << 1, STAGE_CONTRACT = 1 << 2 };

static const struct {
    enum stage stage;
    const char *word;
    const char *order; /* of application and schema */
} stages[] = {
    {STAGE_EXPAND, "expand",
     "Roll back the application first, then the schema: new code needs what down removes. Old code "
     "does not see what was added."},
    {STAGE_MIGRATE, "migrate",
     "Stop what writes the changed rows before down; old and new code must both write them until "
     "then."},
    {STAGE_CONTRACT, "contract",
     "Run down first, then roll back the application: old code needs what up took away. In "
     "between, "
     "new code must do with both."},
};

/* What a changed fact asks of code that does not know of it. */
static const struct {
    const char *title;
    const char *after; /* NULL: whatever it is */
    enum stage stage;
} changed_facts[] = {
    {"NOT NULL", "yes", STAGE_CONTRACT},
    {"NOT NULL", NULL, STAGE_EXPAND},
    {"Comment", NULL, 0},
    {"Default", NULL, STAGE_EXPAND},
    {"Validated", NULL, STAGE_MIGRATE},
    {"Labels", NULL, STAGE_EXPAND},
};

/* Additions that bind code which does not know of them: all of a kind, and those that an act made.
 */
static const char *const rules[] = {"constraint", "policy", "trigger", NULL};
static const struct {
    const char *word;
    enum act_kind kind;
    unsigned with;
    unsigned without;
    unsigned stages;
} binding_acts[] = {
    {"index", ACT_CREATE_INDEX, ACT_UNIQUE, 0, STAGE_CONTRACT},
    {"column", ACT_ADD_COLUMN, ACT_NOT_NULL,
     ACT_WITH_DEFAULT | ACT_GENERATED | ACT_IDENTITY | ACT_SERIAL, STAGE_EXPAND | STAGE_CONTRACT},
    {"column", ACT_SET_NOT_NULL, 0, 0, STAGE_EXPAND | STAGE_CONTRACT},
};

static bool
is_called(const struct difference *difference, const char *name)
{
    struct address_parts parts;
    if (name == NULL)
        return true;
    if (!address_parse(difference->path, &parts))
        return false;
    bool same = g_str_equal(parts.names[parts.count - 1], name);
    address_parts_clear(&parts);
    return same;
}

static unsigned
stage_of_addition(const struct difference *difference, const GArray *acts)
{
    if (g_strv_contains(rules, difference->word))
        return STAGE_CONTRACT;
    for (size_t i = 0; i < G_N_ELEMENTS(binding_acts); i++)
        for (guint k = 0; k < acts->len; k++) {
            const struct act *act = &g_array_index(acts, struct act, k);
            if (g_str_equal(binding_acts[i].word, difference->word) &&
                act->kind == binding_acts[i].kind &&
                (act->flags & binding_acts[i].with) == binding_acts[i].with &&
                (act->flags & binding_acts[i].without) == 0 && is_called(difference, act->name))
                return binding_acts[i].stages;
        }
    return STAGE_EXPAND;
}

static unsigned
stage_of_change(const struct difference *difference, const GArray *acts)
{
    if (difference->physical || difference->kind == CHANGE_MOVED)
        return 0;
    if (difference->kind == CHANGE_REMOVED)
        return STAGE_CONTRACT;
    if (difference->kind == CHANGE_ADDED)
        return stage_of_addition(difference, acts);
    for (size_t i = 0; i < G_N_ELEMENTS(changed_facts); i++)
        if (g_str_equal(changed_facts[i].title, difference->title) &&
            (changed_facts[i].after == NULL ||
             g_strcmp0(changed_facts[i].after, difference->after) == 0))
            return changed_facts[i].stage;
    return STAGE_CONTRACT;
}

static bool
writes_rows(const char *sql)
{
    static const char *const verbs[] = {"update", "insert", "delete", "merge", "truncate"};
    struct sql_token token;
    const char *cursor = sql;
    if (!sql_next_word(&cursor, &token))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (sql_is_word(&token, verbs[i]))
            return true;
    return false;
}

static GArray *
acts_of_run(struct draft *draft, const struct run_evidence *run)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct act));
    for (size_t i = 0; i < run->count; i++) {
        const struct acts acts = acts_of(draft->arena, run->statements[i].sql);
        if (acts.count > 0)
            g_array_append_vals(list, acts.items, (guint)acts.count);
    }
    return list;
}

static unsigned
stages_of(struct draft *draft, const struct migration_evidence *evidence)
{
    unsigned found = 0;
    g_autoptr(GArray) acts = acts_of_run(draft, &evidence->up);
    for (size_t i = 0; i < evidence->changes.count; i++)
        found |= stage_of_change(&evidence->changes.items[i], acts);
    for (size_t i = 0; i < evidence->up.count; i++)
        if (writes_rows(evidence->up.statements[i].sql))
            found |= STAGE_MIGRATE;
    return found;
}

static unsigned
write_stages(struct draft *draft)
{
    unsigned found = 0;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (size_t i = 0; i < draft->runbook->count; i++)
        found |= stages_of(draft, draft->runbook->migrations[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++)
        if ((found & stages[i].stage) != 0)
            g_ptr_array_add(words, (gpointer)(guintptr)stages[i].word);
    if (words->len == 0)
        return 0;
    g_ptr_array_add(words, NULL);
    g_autofree char *joined = g_strjoinv(", ", (char **)words->pdata);
    draft->runbook->stages = arena_text(draft->arena, joined, -1);
    draft_line(draft, PHASE_DECIDE, "Stage", "%s, as far as the observed changes tell%s", joined,
               words->len > 2 ? ": several in one, so that no order of application and schema is "
                                "safe by itself"
                              : "");
    for (size_t i = 0; i < G_N_ELEMENTS(stages); i++)
        if ((found & stages[i].stage) != 0)
            draft_line(draft, PHASE_DECIDE,
                       words->len > 2 ? arena_printf(draft->arena, "Order (%s)", stages[i].word)
                                      : "Order",
                       "%s", stages[i].order);
    return found;
}

/* ---- the recommendation ---- */

static bool
was_destroyed_by_up(const struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct removals *removals = &draft->runbook->migrations[i]->up_removes;
        for (size_t k = 0; k < removals->count; k++)
            if (!removals->items[k].derived)
                return true;
    }
    return false;
}

/* One that has to go before and cannot: nothing behind it can go while it is applied. NULL: none.
 */
static const struct migration_evidence *
find_wall(const struct draft *draft)
{
    const struct runbook *runbook = draft->runbook;
    for (size_t i = 0; i < runbook->newer_count; i++)
        if (runbook->newer[i]->verdict.reversal == REVERSAL_IMPOSSIBLE)
            return runbook->newer[i];
    return NULL;
}

/* The first rule that holds decides. */
static void
recommend(struct draft *draft, unsigned found)
{
    struct runbook *runbook = draft->runbook;
    const struct migration_evidence *wall = find_wall(draft);
    runbook->advice = ADVICE_FORWARD;
    if (wall != NULL)
        runbook->reason = arena_printf(draft->arena,
                                       "`%s` came later, has to go before, and has no way back.",
                                       wall->migration->name);
    else if (runbook->reversal == REVERSAL_IMPOSSIBLE)
        runbook->reason = "There is no way down that runs.";
    else if (runbook->reversal == REVERSAL_UNKNOWN)
        runbook->reason = "What down does is not proved.";
    else if (runbook->newer_count > NEWER_MOST)
        runbook->reason = arena_printf(draft->arena,
                                       "%zu newer migrations would have to be undone as well.",
                                       runbook->newer_count);
    else if (was_destroyed_by_up(draft))
        runbook->reason = "Up deleted what was there before. Down brings back its shape and not "
                          "its content.";
    else if (runbook->reversal == REVERSAL_LOSSY)
        runbook->reason = "Down runs without an error and does not restore the schema. What it "
                          "leaves would have to be repaired afterwards.";
    else if (found == STAGE_EXPAND) {
        runbook->advice = ADVICE_APPLICATION;
        runbook->reason = "It only added things. The application that ran before does not see "
                          "them, so the schema can stay as it is.";
    } else {
        runbook->advice = ADVICE_DOWN;
        runbook->reason = runbook->reversal == REVERSAL_DATA
                              ? "Down restores the schema where the rows allow it: the queries "
                                "under “Before” say whether they do."
                              : "It changed what code that is already there relies on, so that the "
                                "application alone cannot go back.";
    }
}

static const char *
case_for_application(const struct draft *draft, unsigned found)
{
    if (found == STAGE_EXPAND && find_wall(draft) != NULL)
        return "Right when the new code is what is wrong. Nothing is blocked and nothing is "
               "deleted.";
    if (found == STAGE_EXPAND)
        return "Right when the new code is what is wrong. Nothing is blocked and nothing is "
               "deleted; down can run later, in daylight.";
    if ((found & STAGE_CONTRACT) != 0)
        return draft->runbook->reversal == REVERSAL_IMPOSSIBLE
                   ? "Only with a release that works without what up took away: older code meets "
                     "errors on the schema as it is now."
                   : "Only with a release that works with the schema as it is now: up took away or "
                     "narrowed what older code may use.";
    return "Possible when the old code works with the rows as they are now.";
}

static const char *
case_for_forward(const struct draft *draft)
{
    return draft->runbook->loss > LOSS_DERIVED
               ? "Keeps what was written since up, and the history goes on. It needs somebody who "
                 "writes and releases a migration now."
               : "The history goes on, and other environments get the same. It needs somebody who "
                 "writes and releases a migration now.";
}

/* A tool that could not do it anyway is named. */
static const char *
no_way(struct draft *draft)
{
    const struct rollback_tool *tool = rollback_tool_find(draft_tool(draft));
    return tool == NULL || tool->command != NULL
               ? "Not possible."
               : arena_printf(draft->arena, "Not possible. %s", tool->text);
}

/* Those of a range that came after the newest one with no way back can go without it. */
static const char *
case_for_a_part(struct draft *draft)
{
    const struct runbook *runbook = draft->runbook;
    size_t after = 0;
    while (after < runbook->count &&
           runbook->migrations[after]->verdict.reversal != REVERSAL_IMPOSSIBLE)
        after++;
    if (after == 0 || after == runbook->count)
        return no_way(draft);
    g_autofree char *wall = migration_address(runbook->migrations[after]->migration);
    g_autofree char *from = migration_address(runbook->migrations[after - 1]->migration);
    g_autofree char *to = migration_address(runbook->migrations[0]->migration);
    return arena_printf(draft->arena,
                        "Not possible for `%s` and what is older. What came after it has a runbook "
                        "of its own: `dbdoc runbook %s%s%s`.",
                        wall, from, after > 1 ? ".." : "", after > 1 ? to : "");
}

static const char *
case_for_down(struct draft *draft)
{
    const struct runbook *runbook = draft->runbook;
    if (runbook->reversal == REVERSAL_IMPOSSIBLE)
        return case_for_a_part(draft);
    const struct migration_evidence *wall = find_wall(draft);
    if (wall != NULL)
        return arena_printf(draft->arena,
                            "Not possible while `%s` is applied, which has no way back. The steps "
                            "below are for a database that does not have it.",
                            wall->migration->name);
    if (runbook->reversal == REVERSAL_UNKNOWN)
        return "Nobody has seen the whole of it run. Read its statements before you decide.";
    return arena_printf(draft->arena,
                        "Right when what up made does harm by itself. In the rehearsal %s; %s.%s",
                        reversal_words[runbook->reversal].words, loss_words[runbook->loss].words,
                        lock_stops(runbook->lock) ? " It blocks others: see “Blast radius”." : "");
}

/* Whether the blast radius says it. */
static bool
tells_removal(struct draft *draft, const struct migration_evidence *evidence, const char *reason)
{
    const struct removals *removals = &evidence->down_removes;
    for (size_t i = 0; i < removals->count; i++)
        if (g_str_equal(reason, removal_words(draft->arena, "down", &removals->items[i])))
            return true;
    return false;
}

static void
write_reasons(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct migration_evidence *evidence = draft->runbook->migrations[i];
        const char *head = draft->runbook->count == 1 ? "Seen"
                                                      : arena_printf(draft->arena, "Seen of %s",
                                                                     evidence->migration->version);
        for (size_t k = 0; k < evidence->verdict.reasons.count; k++)
            if (!tells_removal(draft, evidence, evidence->verdict.reasons.items[k]))
                draft_line(draft, PHASE_DECIDE, head, "%s", evidence->verdict.reasons.items[k]);
        for (size_t k = 0; k < evidence->verdict.unproved.count; k++)
            draft_line(draft, PHASE_DECIDE, "Not proved", "%s",
                       evidence->verdict.unproved.items[k]);
    }
}

static void
write_newer(struct draft *draft)
{
    const struct runbook *runbook = draft->runbook;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < runbook->newer_count; i++)
        g_ptr_array_add(names, (gpointer)(guintptr)runbook->newer[i]->migration->name);
    if (names->len > 0)
        draft_line(draft, PHASE_DECIDE, "These go too",
                   "%s: they came later, and have to go before, the newest first",
                   draft_list(draft, names));
}

/* What the proof does not cover: the database is not what its migrations make. */
static void
write_drift(struct draft *draft)
{
    const struct drift *drift = draft->sources->model == NULL ? NULL : draft->sources->model->drift;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const struct object *last = NULL;
    if (drift == NULL)
        return;
    for (guint i = 0; i < drift->changes->len; i++) {
        const struct change *change = drift->changes->pdata[i];
        const struct object *object = change_object(change);
        if (object != last)
            g_ptr_array_add(names, (gpointer)(guintptr)arena_printf(
                                       draft->arena, "%s %s", object->kind->word, object->path));
        last = object;
    }
    if (names->len > 0)
        draft_line(draft, PHASE_DECIDE, "Proved for the migrations",
                   "and the database differs from what they make in %s%s. Look at these first: a "
                   "step that touches one of them may end otherwise than here",
                   draft_list(draft, names),
                   drift->partly ? " (not all migrations could be run, so that some of it may come "
                                   "from what was left out)"
                                 : "");
}

void
write_decision(struct draft *draft)
{
    unsigned found = write_stages(draft);
    recommend(draft, found);
    struct runbook_choice *choices = draft->runbook->choices;
    choices[ADVICE_APPLICATION].text = case_for_application(draft, found);
    choices[ADVICE_FORWARD].text = case_for_forward(draft);
    choices[ADVICE_DOWN].text = case_for_down(draft);
    write_drift(draft);
    write_newer(draft);
    write_reasons(draft);
}
