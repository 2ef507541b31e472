/* migration_remarks.c - what stands in a migration and does nothing, or not what it says. */
#include "checks/families.h"

#include "base/text.h"

static bool
is_of_ecto(const struct check_run *run, const struct migration *migration)
{
    return text_equal(migrations_line_of(run->rehearsal->migrations, migration)->key, "ecto");
}

static struct finding *
tell(struct check_run *run, const struct migration *migration,
     const struct migration_remark *remark, const char *words)
{
    struct finding *finding = check_report_migration(run, migration, "Migration %s %s",
                                                     check_code(run, migration->name), words);
    check_evidence(run, finding, "Remark", remark->text);
    finding->file = remark->file;
    finding->line = remark->line;
    return finding;
}

static void
look_at_options(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct migration *migration = evidence->migration;
    for (size_t i = 0; is_of_ecto(run, migration) && i < migration->remark_count; i++) {
        struct finding *finding = tell(run, migration, &migration->remarks[i],
                                       "has an option that Ecto ignores");
        check_detail(run, finding,
                     "Ecto takes it without a word, so that the column is made as if it were not "
                     "there.");
        check_advice(run, finding,
                     "Put right what it was meant to do, in a new migration where "
                     "this one is applied.");
    }
}

static void
look_at_remarks(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct migration *migration = evidence->migration;
    for (size_t i = 0; !is_of_ecto(run, migration) && i < migration->remark_count; i++)
        tell(run, migration, &migration->remarks[i], "does not do all that it says");
}

void
check_ecto_option_ignored(struct check_run *run)
{
    check_each_migration(run, look_at_options);
}

void
check_migration_not_as_written(struct check_run *run)
{
    check_each_migration(run, look_at_remarks);
}
