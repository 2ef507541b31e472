/* migration_history.c - the files of a line against what its tool wrote down in the database. */
#include "checks/families.h"

#include "base/text.h"
#include "model/applied.h"

#include <string.h>

enum { LISTED = 20 };

/* A line and the history that keeps it. */
struct kept_line {
    const struct migrations *line;
    const struct history *history;
};

static void
check_each_line(struct check_run *run,
                void (*visit)(struct check_run *run, const struct kept_line *kept))
{
    if (run->rehearsal == NULL)
        return;
    const struct migrations *all = run->rehearsal->migrations;
    for (size_t i = 0; i < migrations_line_count(all); i++) {
        struct kept_line kept = {.line = migrations_line(all, i)};
        kept.history = applied_history(run->applied, kept.line);
        if (kept.history != NULL)
            visit(run, &kept);
    }
}

static bool
is_pending(const struct check_run *run, const struct migration *migration)
{
    return migration->kind == MIGRATION_VERSIONED && !applied_has(run->applied, migration);
}

static void
add_listed(GString *list, size_t place, const char *text)
{
    if (place < LISTED)
        g_string_append_printf(list, "%s%s", place > 0 ? "\n" : "", text);
    else if (place == LISTED)
        g_string_append(list, "\n…");
}

/* ---- not applied yet ---- */

static void
look_at_pending(struct check_run *run, const struct kept_line *kept)
{
    const struct migration *first = NULL;
    size_t count = 0;
    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; i < kept->line->count; i++) {
        const struct migration *migration = &kept->line->items[i];
        if (!is_pending(run, migration))
            continue;
        g_autofree char *words = g_strdup_printf("%s %s", migration->version, migration->name);
        add_listed(list, count++, words);
        first = first != NULL ? first : migration;
    }
    if (count == 0)
        return;
    struct finding *finding =
        count == 1 ? check_report_migration(run, first, "Migration %s is not applied",
                                            check_code(run, first->name))
                   : check_report_migration(run, first, "%s migrations are not applied",
                                            check_number(run, (int64_t)count));
    check_detail(run, finding, "The files have them, and %s does not hold them.",
                 check_path(run, kept->history));
    check_evidence(run, finding, "Pending", list->str);
}

void
check_migration_pending(struct check_run *run)
{
    check_each_line(run, look_at_pending);
}

/* ---- out of order ---- */

static void
look_at_order(struct check_run *run, const struct kept_line *kept)
{
    const struct migration *newer = NULL; /* the next one in the order that is applied */
    for (size_t i = kept->line->count; i-- > 0;) {
        const struct migration *migration = &kept->line->items[i];
        if (migration->kind != MIGRATION_VERSIONED)
            continue;
        if (!is_pending(run, migration)) {
            newer = migration;
            continue;
        }
        if (newer == NULL)
            continue;
        struct finding *finding = check_report_migration(
            run, migration, "Migration %s is older than one that is applied",
            check_code(run, migration->name));
        check_detail(run, finding,
                     "It runs here behind migrations that come after it everywhere else, or the "
                     "tool refuses it. The rehearsal ran it in the order of the versions.");
        check_evidence(run, finding, "Applied before it", newer->version);
        check_advice(run, finding, "Give it a new version, unless it is applied elsewhere.");
    }
}

void
check_version_out_of_order(struct check_run *run)
{
    check_each_line(run, look_at_order);
}

/* ---- without a file ---- */

/* Numbers as numbers: 9 comes before 10. */
static int
compare_versions(const char *a, const char *b)
{
    guint64 first = 0;
    guint64 second = 0;
    if (g_ascii_string_to_unsigned(a, 10, 0, G_MAXUINT64, &first, NULL) &&
        g_ascii_string_to_unsigned(b, 10, 0, G_MAXUINT64, &second, NULL))
        return (first > second) - (first < second);
    return text_compare(a, b);
}

/* Teams delete old files; a dump that stands for them comes first then. */
static bool
is_explained(const struct migrations *line, const char *version)
{
    return line->count > 0 &&
           (line->items[0].kind == MIGRATION_DUMP || line->items[0].kind == MIGRATION_BASELINE) &&
           compare_versions(version, line->items[0].version) <= 0;
}

static void
look_at_files(struct check_run *run, const struct kept_line *kept)
{
    const struct names *versions = &kept->history->versions;
    bool older = true; /* all of them than every file */
    size_t count = 0;
    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; i < versions->count; i++) {
        const char *version = versions->items[i];
        if (applied_has_file(run->applied, version) || is_explained(kept->line, version))
            continue;
        add_listed(list, count++, version);
        older = older && compare_versions(version, kept->line->items[0].version) < 0;
    }
    if (count == 0)
        return;
    const void *table = database_find(run->model->database, "table", kept->history->object.path);
    struct finding *finding = check_report(run, table, "%s applied %s no file",
                                           check_number(run, (int64_t)count),
                                           count == 1 ? "version has" : "versions have");
    if (older)
        finding->severity = SEVERITY_NOTE;
    check_detail(run, finding,
                 older ? "Older than every file: the files were deleted, and no dump of the "
                         "structure stands for them."
                       : "What was done then is in this database and in no new one, and nobody "
                         "can roll it back.");
    check_evidence(run, finding, "Versions", list->str);
    check_advice(run, finding,
                 older ? "Keep a dump of the structure beside the migrations."
                       : "Bring the file back, or deploy the branch that has it.");
}

void
check_migration_file_missing(struct check_run *run)
{
    check_each_line(run, look_at_files);
}

/* ---- changed since ---- */

/* Some tools name the algorithm before a colon, as Liquibase: "9:…", and "8:…" before 4.22. What
 * another algorithm made says nothing. */
static bool
is_comparable(const char *ours, const char *theirs)
{
    size_t length = strcspn(ours, ":");
    return ours[length] == '\0' || strncmp(ours, theirs, length + 1) == 0;
}

static void
report_uncompared(struct check_run *run, const struct kept_line *kept, size_t count,
                  const char *list)
{
    const void *table = database_find(run->model->database, "table", kept->history->object.path);
    struct finding *finding = check_report(run, table, "Whether %s changed since is not checked",
                                           count == 1 ? "1 migration" : "some migrations");
    finding->severity = SEVERITY_NOTE;
    check_detail(
        run, finding,
        "Another version of %s wrote their checksums down, by an algorithm that dbdoc does "
        "not have.",
        kept->line->format);
    check_evidence(run, finding, "Not compared", list);
}

static void
look_at_checksums(struct check_run *run, const struct kept_line *kept)
{
    size_t uncompared = 0;
    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; i < kept->line->count; i++) {
        const struct migration *migration = &kept->line->items[i];
        const struct applied_row row = applied_row(run->applied, migration);
        if (migration->kind != MIGRATION_VERSIONED || migration->checksum == NULL ||
            row.checksum == NULL || g_str_equal(row.checksum, migration->checksum))
            continue;
        if (!is_comparable(migration->checksum, row.checksum)) {
            add_listed(list, uncompared++, migration->version);
            continue;
        }
        /* Applied or not: the next deployment meets it. */
        struct finding *finding = check_report(run, NULL,
                                               "Migration %s was changed after it was applied",
                                               check_code(run, migration->name));
        finding->migration = migration;
        finding->file = migration->file;
        check_detail(run, finding,
                     "The database holds what the file said then; %s refuses to go on.",
                     kept->line->format);
        check_evidence(run, finding, "Checksum of the file", migration->checksum);
        check_evidence(run, finding, "Checksum in the database", row.checksum);
        check_evidence(run, finding, "Applied", row.at);
        check_advice(run, finding,
                     "Restore the file as it was, and write what changed as a new "
                     "migration.");
    }
    if (uncompared > 0)
        report_uncompared(run, kept, uncompared, list->str);
}

void
check_migration_changed(struct check_run *run)
{
    check_each_line(run, look_at_checksums);
}
