/* acceptance.c - holding findings against the list of what was accepted. */
#include "checks/acceptance.h"

#include "base/text.h"
#include "catalog/address.h"
#include "planner/planner.h"

#include <string.h>

/* An acceptance as it stands today. */
struct standing {
    const struct acceptance *acceptance;
    const struct rule *rule;           /* NULL: no such rule */
    const struct object *object;       /* NULL: any, or it does not exist */
    const struct migration *migration; /* likewise */
    bool names_object;
    bool left_out; /* what it is about is not documented, or was not rehearsed */
    bool ended;
    bool used;
};

const struct object *
object_outer(const struct database *database, const struct object *object)
{
    if (object->kind == &kind_schema || object->kind == &kind_catalog)
        return NULL;
    if (object->kind == &kind_sequence) {
        const struct object *column =
            ((const struct sequence *)(const void *)object)->owned_by.object;
        if (column != NULL)
            return column;
    }
    if (object->kind == &kind_table) {
        const struct table *table = (const void *)object;
        const struct table *root = table_root(table);
        if (root != table)
            return &root->object;
    }
    if (object->parent != NULL && object->parent->kind != &kind_catalog)
        return object->parent;
    const char *schema = object_schema(object);
    if (schema == NULL)
        return NULL;
    g_autofree char *path = address_path(&schema, 1, NULL);
    return database_find(database, "schema", path);
}

static bool
lies_within(const struct database *database, const struct object *object,
            const struct object *outer)
{
    for (; object != NULL; object = object_outer(database, object))
        if (object == outer)
            return true;
    return false;
}

static bool
names_migration(const struct acceptance *acceptance)
{
    return acceptance->object != NULL && g_str_has_prefix(acceptance->object, "migration ");
}

static const struct migration *
find_migration(const struct rehearsal *rehearsal, const char *address)
{
    for (size_t i = 0; rehearsal != NULL && i < rehearsal->count; i++) {
        g_autofree char *own = migration_address(rehearsal->items[i].migration);
        if (text_equal(own, address))
            return rehearsal->items[i].migration;
    }
    return NULL;
}

/* Whether the rule finds nothing because nobody asked for what it needs. */
static bool
lacks_basis(const struct check_run *run, const struct rule *rule)
{
    const struct rehearsal *rehearsal = run->rehearsal;
    if (rule != NULL && rule->scope == FOR_STRICT && run->profile != PROFILE_STRICT)
        return true;
    if (rule == NULL || rule->basis == ON_DATABASE)
        return false;
    if (rule->basis == ON_CODE)
        return run->model->schemas == NULL;
    if (rule->basis == ON_COSTS)
        return run->model->plans == NULL || !run->model->plans->by_statistics;
    if (rule->basis == ON_CHANGE)
        return run->model->base_plans == NULL;
    return rehearsal == NULL || (rule->basis == ON_REHEARSAL && rehearsal->server == NULL);
}

static void
resolve(const struct check_run *run, struct standing *standing)
{
    const struct database *database = run->model->database;
    const char *address = standing->acceptance->object;
    const char *space = address == NULL ? NULL : strchr(address, ' ');
    if (space == NULL)
        return;
    g_autofree char *word = g_strndup(address, (gsize)(space - address));
    g_autofree char *path = g_strstrip(g_strdup(space));
    if (names_migration(standing->acceptance)) {
        standing->migration = find_migration(run->rehearsal, path);
        return;
    }
    standing->object = address_resolve(database, word, path);
    standing->left_out = standing->left_out || address_is_left_out(database, word, path);
}

static struct standing
standing_of(const struct check_run *run, const struct acceptance *acceptance, const char *today)
{
    struct standing standing = {
        .acceptance = acceptance,
        .rule = rule_find(acceptance->slug),
        .names_object = acceptance->object != NULL,
        .ended = today != NULL && acceptance->until != NULL && strcmp(today, acceptance->until) > 0,
    };
    standing.left_out = lacks_basis(run, standing.rule);
    resolve(run, &standing);
    return standing;
}

static bool
fits(const struct check_run *run, const struct standing *standing, const struct finding *finding)
{
    if (standing->rule == NULL || !g_str_equal(standing->rule->slug, finding->slug))
        return false;
    if (standing->migration != NULL)
        return finding->migration == standing->migration;
    return !standing->names_object ||
           (standing->object != NULL &&
            lies_within(run->model->database, finding->object, standing->object));
}

/* A finding whose acceptance has ended says so, and counts again. */
static void
apply(struct check_run *run, struct finding *finding, struct standing *standings, size_t count)
{
    const struct acceptance *ended = NULL;
    for (size_t i = 0; i < count; i++) {
        struct standing *standing = &standings[i];
        if (!fits(run, standing, finding))
            continue;
        standing->used = true;
        if (standing->ended) {
            ended = standing->acceptance;
        } else if (finding->accepted == NULL) {
            finding->accepted = standing->acceptance->reason;
            finding->until = standing->acceptance->until;
        }
    }
    if (ended == NULL || finding->accepted != NULL)
        return;
    g_autofree char *value = g_strdup_printf("%s (%s)", ended->until, ended->reason);
    check_evidence(run, finding, "Accepted until", value);
}

static void
tell_unknown_rule(struct check_run *run, struct finding *finding, const char *slug)
{
    g_autoptr(GPtrArray) slugs = g_ptr_array_new();
    for (const struct rule *rule = rules; rule->slug != NULL; rule++)
        g_ptr_array_add(slugs, (gpointer)(guintptr)rule->slug);
    g_ptr_array_add(slugs, NULL);
    const char *nearest = text_nearest(slug, (const char *const *)slugs->pdata);
    if (nearest != NULL)
        check_advice(run, finding, "Did you mean %s?", check_code(run, nearest));
    else
        check_advice(run, finding, "`dbdoc explain` lists the rules that there are.");
}

static void
report_unused(struct check_run *run, const struct standing *standing)
{
    const struct acceptance *acceptance = standing->acceptance;
    const char *slug = check_code(run, acceptance->slug);
    struct finding *finding = NULL;
    if (standing->rule == NULL) {
        finding = check_report(run, NULL, "There is no rule %s to accept", slug);
        tell_unknown_rule(run, finding, acceptance->slug);
    } else if (standing->names_object && standing->object == NULL && standing->migration == NULL) {
        finding = check_report(
            run, NULL, "Accepted for %s, which is not %s", check_code(run, acceptance->object),
            names_migration(acceptance) ? "among the migrations" : "in the database");
        check_advice(run, finding,
                     "Correct the name (`table blog.posts`, `index blog.posts_pkey`, "
                     "`migration 20260312091500`), or delete the entry.");
    } else {
        finding = check_report(run, NULL, "Nothing is left to accept for %s", slug);
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding, "What was accepted here is fixed.");
        check_advice(run, finding, "Delete the entry.");
    }
    check_evidence(run, finding, "Rule", acceptance->slug);
    check_evidence(run, finding, "Object", acceptance->object);
    check_evidence(run, finding, "Reason", acceptance->reason);
    finding->file = acceptance->file != NULL ? acceptance->file : run->model->config->file;
    finding->line = acceptance->line;
}

/* "fk-without-index: a few hundred rows", of a note's front matter. */
static void
add_accepted_by_note(const struct check_run *run, const struct note *note, GArray *acceptances)
{
    for (size_t i = 0; i < note->facts.accept.count; i++) {
        const char *text = note->facts.accept.items[i];
        const char *joint = strstr(text, ": ");
        g_assert(joint != NULL); /* front_matter_read saw to it */
        const struct acceptance acceptance = {
            .slug = arena_text(run->arena, text, joint - text),
            .object = note->path == NULL
                          ? NULL
                          : arena_printf(run->arena, "%s %s", note->word, note->path),
            .reason = joint + strlen(": "),
            .line = MAX(note->named_at, 1),
            .file = note->file,
        };
        g_array_append_val(acceptances, acceptance);
    }
}

static GArray *
collect_acceptances(const struct check_run *run)
{
    GArray *acceptances = g_array_new(FALSE, FALSE, sizeof(struct acceptance));
    const struct config *config = run->model->config;
    const struct notes *notes = run->model->notes;
    if (config != NULL)
        g_array_append_vals(acceptances, config->acceptances, (guint)config->acceptance_count);
    for (size_t i = 0; notes != NULL && i < notes->count; i++)
        add_accepted_by_note(run, &notes->items[i], acceptances);
    return acceptances;
}

static void
apply_listed(struct check_run *run, const char *today)
{
    g_autoptr(GArray) acceptances = collect_acceptances(run);
    size_t count = acceptances->len;
    g_autofree struct standing *standings = g_new(struct standing, count);
    for (size_t i = 0; i < count; i++)
        standings[i] = standing_of(run, &g_array_index(acceptances, struct acceptance, i), today);
    for (guint i = 0; i < run->findings->len; i++)
        apply(run, run->findings->pdata[i], standings, count);
    for (guint i = 0; i < run->past->len; i++)
        apply(run, run->past->pdata[i], standings, count);
    for (size_t i = 0; i < count; i++)
        if (!standings[i].used && !standings[i].left_out)
            report_unused(run, &standings[i]);
}

/* ---- comments in migrations ---- */

/* `-- dbdoc: accept table-drop: nobody has read it since March` above a statement, or behind it. */
#define COMMENT                                                                                    \
    "^[ \\t]*(.*?)(?:--|#)[ \\t]*dbdoc:[ \\t]*accept[ \\t]+([a-z-]+)[ \\t]*:?[ \\t]*(.*)$"

/* The line that a comment speaks of: its own when something stands before it, else the next that is
 * neither empty nor a comment. */
static unsigned
line_meant(char **lines, unsigned place, const char *before)
{
    if (*before != '\0')
        return place;
    for (unsigned i = place + 1; lines[i] != NULL; i++) {
        const char *text = lines[i] + strspn(lines[i], " \t\r");
        if (*text != '\0' && *text != '#' && strncmp(text, "--", 2) != 0)
            return i;
    }
    return place;
}

/* Findings of the rule at that line, and those about the whole migration. */
static bool
accept_at(const struct migration *migration, GPtrArray *findings, const char *slug,
          const char *file, unsigned line, const char *reason)
{
    bool used = false;
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        if (finding->migration != migration || !g_str_equal(finding->slug, slug) ||
            !text_equal(finding->file, file) || (finding->line != 0 && finding->line != line))
            continue;
        used = true;
        if (finding->accepted == NULL)
            finding->accepted = reason;
    }
    return used;
}

/* A comment that accepts nothing; NULL when the rule had nothing to look at. */
static struct finding *
report_comment(struct check_run *run, const struct migration *migration, const char *slug,
               const char *reason)
{
    const char *code = check_code(run, slug);
    const struct rule *rule = rule_find(slug);
    struct finding *finding = NULL;
    if (rule == NULL) {
        finding = check_report_migration(run, migration, "There is no rule %s to accept", code);
        tell_unknown_rule(run, finding, slug);
    } else if (*reason == '\0') {
        finding = check_report_migration(run, migration, "Nobody says why %s is fine here", code);
        check_advice(run, finding, "Write the reason behind it, on the same line.");
    } else if (!lacks_basis(run, rule)) {
        finding = check_report_migration(run, migration, "Nothing is left to accept for %s", code);
        finding->severity = SEVERITY_NOTE;
        check_advice(run, finding, "Delete the comment.");
    }
    return finding;
}

static void
apply_comment(struct check_run *run, const struct migration *migration,
              const struct migration_source *source, char **lines, unsigned place,
              const GMatchInfo *match)
{
    g_autofree char *before = g_match_info_fetch(match, 1);
    g_autofree char *slug = g_match_info_fetch(match, 2);
    g_autofree char *reason = g_strstrip(g_match_info_fetch(match, 3));
    const unsigned line = source->line + line_meant(lines, place, before);
    if (*reason != '\0') {
        const char *kept = arena_intern(run->arena, reason);
        bool used = accept_at(migration, run->findings, slug, source->file, line, kept);
        if (accept_at(migration, run->past, slug, source->file, line, kept) || used)
            return;
    }
    struct finding *finding = report_comment(run, migration, slug, reason);
    if (finding == NULL)
        return;
    finding->file = source->file;
    finding->line = source->line + place;
}

static void
apply_source(struct check_run *run, const struct migration *migration,
             const struct migration_source *source, const GRegex *pattern)
{
    if (strstr(source->text, "dbdoc:") == NULL)
        return;
    g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
    for (unsigned i = 0; lines[i] != NULL; i++) {
        GMatchInfo *match = NULL;
        if (g_regex_match(pattern, lines[i], 0, &match))
            apply_comment(run, migration, source, lines, i, match);
        g_match_info_free(match);
    }
}

static void
apply_comments(struct check_run *run)
{
    const struct rehearsal *rehearsal = run->rehearsal;
    GRegex *pattern = g_regex_new(COMMENT, G_REGEX_RAW, 0, NULL);
    for (size_t i = 0; rehearsal != NULL && i < rehearsal->count; i++) {
        const struct migration *migration = rehearsal->items[i].migration;
        for (size_t k = 0; k < migration->source_count; k++)
            apply_source(run, migration, &migration->sources[k], pattern);
    }
    g_regex_unref(pattern);
}

void
acceptances_apply(struct check_run *run, const char *today)
{
    run->rule = rule_find(ACCEPTANCE_UNUSED);
    apply_listed(run, today);
    apply_comments(run);
}
