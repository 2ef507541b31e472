/* risks.c - the catalogue of risky acts, one row each: what the act is, what must have been seen of
 * it, and the words for it. In titles, {name} is the column, constraint or index, {table} what is
 * locked, {other} the second table. */
#include "checks/risks.h"

#include "base/secret_sql.h"
#include "base/text.h"
#include "catalog/address.h"
#include "checks/families.h"

#include <string.h>

#define SMALL 10000 /* rows: what reads or writes them all is done before anybody waits */

/* What must have been seen of a deed; what was not seen is taken for what PostgreSQL does as a
 * rule, and the finding is a hint. */
enum sign {
    SIGN_ACT,     /* the act is enough */
    SIGN_LOCK,    /* it stops writes */
    SIGN_SCAN,    /* all rows are read */
    SIGN_RECHECK, /* likewise, and none is written; must have been seen */
    SIGN_REWRITE, /* all rows are written; must have been seen */
    SIGN_SECOND,  /* a second table is locked against reads; must have been seen */
    SIGN_READS,   /* rows of any table are read; must have been seen */
    SIGN_HELD,    /* a lock that stops writes was held before */
    SIGN_ALONE,   /* it is in a transaction and must not be; nothing need be seen */
};

struct risk {
    const char *slug;
    enum act_kind kind;
    unsigned with;    /* all of these flags */
    unsigned without; /* none of these */
    enum sign sign;
    const char *title;
    const char *detail;
    const char *advice;
    risk_fix *fix; /* NULL: words only */
};

#define NOT_EMPTY (ACT_WITH_DEFAULT | ACT_IDENTITY | ACT_SERIAL | ACT_GENERATED)

static const struct risk risks[] = {
    {"check-add-validated", ACT_ADD_CHECK, 0, ACT_NOT_VALID, SIGN_SCAN,
     "Check {name} reads all of {table} while nobody else may",
     "Reads and writes of the table wait until every row was checked.",
     "Add it NOT VALID, and validate it in a later migration.", fix_validate_later},
    {"column-add-generated", ACT_ADD_COLUMN, ACT_GENERATED, 0, SIGN_LOCK,
     "Column {name} is computed for every row of {table} at once",
     "A stored generated column writes the whole table and its indexes anew under ACCESS "
     "EXCLUSIVE.",
     "Add an ordinary column, fill it in batches, and keep it up to date with a trigger.", NULL},
    {"column-add-identity", ACT_ADD_COLUMN, ACT_IDENTITY, 0, SIGN_LOCK,
     "Identity column {name} writes all of {table} anew",
     "Every row gets its number under ACCESS EXCLUSIVE: reads and writes wait.",
     "Add the column without it, fill it in batches, then make it an identity.", NULL},
    {"column-add-json", ACT_ADD_COLUMN, ACT_OF_JSON, 0, SIGN_ACT,
     "Column {name} of {table} has the type json",
     "json has no equality: SELECT DISTINCT, GROUP BY and UNION fail on rows that hold it.",
     "Use jsonb, unless the text has to stay as it was written.", NULL},
    {"column-add-required", ACT_ADD_COLUMN, ACT_NOT_NULL, NOT_EMPTY, SIGN_ACT,
     "Column {name} of {table} is required and has no default",
     "With a single row in the table the migration fails.",
     "Add it nullable, fill it, then set NOT NULL; or give it a constant default.", NULL},
    {"column-add-serial", ACT_ADD_COLUMN, ACT_SERIAL, 0, SIGN_LOCK,
     "Serial column {name} writes all of {table} anew",
     "Every row gets its number under ACCESS EXCLUSIVE: reads and writes wait.",
     "Add an ordinary column, fill it in batches, then give it a sequence.", NULL},
    {"column-add-volatile-default", ACT_ADD_COLUMN, ACT_WITH_DEFAULT, 0, SIGN_REWRITE,
     "The default of column {name} is computed for every row of {table} at once",
     "The whole table is written anew under ACCESS EXCLUSIVE, because the default is not the same "
     "for all rows.",
     "Add the column without the default, set the default, then fill older rows in batches.", NULL},
    {"column-default-change", ACT_SET_DEFAULT, 0, 0, SIGN_ACT,
     "The default of column {name} of {table} changes",
     "Code that writes the old default itself goes on doing so until it is deployed.",
     "Look at what the application sends, and deploy it first if it has to agree.", NULL},
    {"column-drop", ACT_DROP_COLUMN, 0, 0, SIGN_ACT, "Column {name} of {table} goes, and its data",
     "Code that still names it fails at once, and down brings the column back without its values.",
     "Deploy code that does not use it first (Ecto: take the field out of the schema), then drop "
     "it.",
     NULL},
    {"column-rename", ACT_RENAME_COLUMN, 0, 0, SIGN_ACT,
     "Column {name} of {table} gets another name",
     "Between this migration and the deployment one of them speaks of a column that is not there.",
     "Keep the column and map it (Ecto: field …, source: …), or add, copy and drop in steps.",
     NULL},
    {"column-type-recheck", ACT_SET_TYPE, 0, 0, SIGN_RECHECK,
     "The type of column {name} makes PostgreSQL read all of {table}",
     "Its rows are checked again under ACCESS EXCLUSIVE; none is written.",
     "Drop the constraint first and add it again NOT VALID, if the table is large.", NULL},
    {"column-type-rewrite", ACT_SET_TYPE, 0, 0, SIGN_REWRITE,
     "The type of column {name} makes PostgreSQL write all of {table} anew",
     "The table and all its indexes are written under ACCESS EXCLUSIVE: reads and writes wait.",
     "Add a column of the new type, write both, fill older rows in batches, then switch.", NULL},
    {"concurrently-in-transaction", ACT_CREATE_INDEX, ACT_CONCURRENTLY, 0, SIGN_ALONE,
     "Index {name} cannot be built concurrently in a transaction", "PostgreSQL refuses it.",
     "Run this statement outside a transaction, in a migration of its own.", NULL},
    {"concurrently-in-transaction", ACT_DROP_INDEX, ACT_CONCURRENTLY, 0, SIGN_ALONE,
     "An index cannot be dropped concurrently in a transaction", "PostgreSQL refuses it.",
     "Run this statement outside a transaction, in a migration of its own.", NULL},
    {"concurrently-in-transaction", ACT_REINDEX, ACT_CONCURRENTLY, 0, SIGN_ALONE,
     "REINDEX CONCURRENTLY cannot run in a transaction", "PostgreSQL refuses it.",
     "Run this statement outside a transaction, in a migration of its own.", NULL},
    {"concurrently-in-transaction", ACT_DETACH_PARTITION, ACT_CONCURRENTLY, 0, SIGN_ALONE,
     "A partition cannot be detached concurrently in a transaction", "PostgreSQL refuses it.",
     "Run this statement outside a transaction, in a migration of its own.", NULL},
    {"constraint-validate-locked", ACT_VALIDATE, 0, 0, SIGN_HELD,
     "Constraint {name} is validated while {table} is locked already",
     "Validating lets others read and write; the lock that this transaction took before does not.",
     "Validate it in a migration of its own.", NULL},
    {"domain-constraint-scan", ACT_DOMAIN_CONSTRAINT, 0, ACT_NOT_VALID, SIGN_ACT,
     "The domain {other} gets a constraint that every row with it is read for",
     "All tables that have columns of the domain are read while writes to them wait.",
     "Use a CHECK of each table: it can be validated while others write.", NULL},
    {"drop-cascade", ACT_DROP_TABLE, ACT_CASCADE, 0, SIGN_ACT,
     "Dropping {table} takes more with it",
     "CASCADE drops whatever depends on it, named or not: views, foreign keys, functions.",
     "Name what goes, and leave CASCADE out.", NULL},
    {"drop-cascade", ACT_DROP_COLUMN, ACT_CASCADE, 0, SIGN_ACT,
     "Dropping column {name} of {table} takes more with it",
     "CASCADE drops whatever depends on it, named or not: views, indexes, foreign keys.",
     "Name what goes, and leave CASCADE out.", NULL},
    {"drop-cascade", ACT_DROP_SCHEMA, ACT_CASCADE, 0, SIGN_ACT,
     "Dropping schema {name} takes all that lies in it",
     "CASCADE drops every object of the schema, and what depends on them elsewhere.",
     "Name what goes, and leave CASCADE out.", NULL},
    {"enum-add-unplaced", ACT_ENUM_VALUE, 0, ACT_PLACED, SIGN_ACT,
     "The new value {name} of {other} goes to the end",
     "The order of an enum's values is how rows sort, and it cannot be changed later.",
     "Say BEFORE or AFTER which value it stands.", NULL},
    {"enum-value-rename", ACT_RENAME_ENUM_VALUE, 0, 0, SIGN_ACT,
     "The value {name} of {other} gets another name",
     "Code that still writes or compares the old name fails at once.",
     "Add a value, change the rows, and let the old one be.", NULL},
    {"exclusion-add", ACT_ADD_EXCLUSION, 0, 0, SIGN_LOCK,
     "The exclusion constraint {name} is built while {table} is locked",
     "Reads and writes wait until its index is complete; there is no way to build it concurrently.",
     "Do it in a maintenance window, or when the table is small.", NULL},
    {"fk-add-validated", ACT_ADD_FOREIGN_KEY, 0, ACT_NOT_VALID, SIGN_LOCK,
     "Foreign key {name} checks all of {table} while writes wait",
     "Writes to both tables wait until every row was looked up.",
     "Add it NOT VALID (Ecto: validate: false), and validate it in a later migration.",
     fix_validate_later},
    {"fk-drop-locks-parent", ACT_DROP_CONSTRAINT, 0, 0, SIGN_SECOND,
     "Dropping {name} locks a second table",
     "The table that a foreign key points to is locked as {table} is: its reads and writes wait "
     "too.",
     "Drop it in a migration of its own, with a lock_timeout.", NULL},
    {"fk-drop-locks-parent", ACT_DROP_COLUMN, 0, 0, SIGN_SECOND,
     "Dropping column {name} of {table} locks a second table",
     "The table that its foreign key points to is locked too: its reads and writes wait.",
     "Drop the foreign key first, in a migration of its own, with a lock_timeout.", NULL},
    {"fk-drop-locks-parent", ACT_DROP_TABLE, 0, 0, SIGN_SECOND,
     "Dropping {table} locks other tables",
     "The tables that its foreign keys point to are locked too: their reads and writes wait.",
     "Drop its foreign keys first, in a migration of their own, with a lock_timeout.", NULL},
    {"index-create-blocking", ACT_CREATE_INDEX, 0, ACT_CONCURRENTLY, SIGN_LOCK,
     "Index {name} is built while writes to {table} wait",
     "SHARE is held until the index is complete; the larger the table, the longer.",
     "Build it concurrently, in a migration of its own without a transaction.", fix_concurrently},
    {"index-drop-blocking", ACT_DROP_INDEX, 0, ACT_CONCURRENTLY, SIGN_LOCK,
     "Dropping an index stops reads and writes of {table}",
     "The statement waits for every running query of the table, and all later ones wait behind it.",
     "Drop it concurrently, in a migration of its own without a transaction.", fix_concurrently},
    {"matview-refresh-blocking", ACT_REFRESH, 0, ACT_CONCURRENTLY, SIGN_LOCK,
     "Nobody can read {table} while it is refreshed",
     "ACCESS EXCLUSIVE is held until its query has run.",
     "Refresh it concurrently, which needs a unique index on it.", fix_concurrently},
    {"not-null-drop", ACT_DROP_NOT_NULL, 0, 0, SIGN_ACT, "Column {name} of {table} may become NULL",
     "Code that relies on a value meets NULL as soon as anybody writes one.",
     "Deploy code that can read NULL first.", NULL},
    {"not-null-set", ACT_SET_NOT_NULL, 0, 0, SIGN_SCAN,
     "SET NOT NULL of column {name} reads all of {table} while nobody else may",
     "Reads and writes of the table wait until every row was checked.",
     "Validate a CHECK (… IS NOT NULL) first: SET NOT NULL then reads nothing.",
     fix_not_null_by_check},
    {"partition-attach-scan", ACT_ATTACH_PARTITION, 0, 0, SIGN_READS,
     "Attaching {other} to {table} reads rows under a lock",
     "The rows of the partition, or of the default partition, are checked against its bounds.",
     "Add a CHECK with the same bounds first, NOT VALID, and validate it.", NULL},
    {"partition-detach-blocking", ACT_DETACH_PARTITION, 0, ACT_CONCURRENTLY, SIGN_ACT,
     "Detaching {other} stops reads and writes of {table}",
     "The statement waits for every running query of the table, and all later ones wait behind it.",
     "Detach it concurrently (PostgreSQL 14 and later), outside a transaction.", fix_detach},
    {"pk-add", ACT_ADD_PRIMARY_KEY, 0, ACT_USING_INDEX, SIGN_LOCK,
     "The primary key is built while {table} is locked",
     "Reads and writes wait until its index is complete.",
     "Build a unique index concurrently, and make it the primary key with USING INDEX.", NULL},
    {"pk-add-nullable", ACT_ADD_PRIMARY_KEY, ACT_USING_INDEX, 0, SIGN_SCAN,
     "The primary key {name} reads all of {table} for NULL",
     "Its columns are not NOT NULL yet: they are checked under ACCESS EXCLUSIVE.",
     "Set NOT NULL first, by a CHECK that is validated.", NULL},
    {"reindex-blocking", ACT_REINDEX, 0, ACT_CONCURRENTLY, SIGN_LOCK,
     "REINDEX of {table} stops writes, and reads through the index",
     "Queries that would use the index wait until it is complete.",
     "REINDEX CONCURRENTLY, outside a transaction.", fix_concurrently},
    {"schema-drop", ACT_DROP_SCHEMA, 0, ACT_CASCADE, SIGN_ACT, "Schema {name} goes",
     "Whatever names it in code or in a search_path fails at once.",
     "Deploy code that does not use it first.", NULL},
    {"schema-rename", ACT_RENAME_SCHEMA, 0, 0, SIGN_ACT, "A schema gets another name",
     "Whatever names it in code or in a search_path fails at once.",
     "Make a second schema with views of the old name, and move code step by step.", NULL},
    {"table-drop", ACT_DROP_TABLE, 0, 0, SIGN_ACT, "Table {table} goes, and its data",
     "Code that still names it fails at once, and down brings the table back without its rows.",
     "Deploy code that does not use it, rename it, wait, and drop it then.", NULL},
    {"table-persistence", ACT_SET_PERSISTENCE, 0, 0, SIGN_LOCK, "All of {table} is written anew",
     "The table and its indexes are copied under ACCESS EXCLUSIVE: reads and writes wait.",
     "Do it in a maintenance window, or copy rows to a second table in batches.", NULL},
    {"table-rename", ACT_RENAME_TABLE, 0, 0, SIGN_ACT, "Table {table} gets another name",
     "Between this migration and the deployment one of them speaks of a table that is not there.",
     "Leave a view with the old name until nobody uses it.", NULL},
    {"table-rewrite", ACT_CLUSTER, 0, 0, SIGN_LOCK, "All of {table} is written anew",
     "VACUUM FULL and CLUSTER copy the table under ACCESS EXCLUSIVE: reads and writes wait.",
     "Let autovacuum do its work, or use a tool that copies while the table is in use.", NULL},
    {"trigger-create", ACT_CREATE_TRIGGER, 0, 0, SIGN_LOCK,
     "Trigger {name} is made while writes to {table} wait",
     "SHARE ROW EXCLUSIVE is short, but it queues behind writers and stops those after it.",
     "Set a lock_timeout, and try again when it runs out.", NULL},
    {"truncate", ACT_TRUNCATE, 0, 0, SIGN_ACT, "TRUNCATE deletes all rows of {table}",
     "Nobody can read it meanwhile, and down does not bring the rows back.",
     "Delete in batches, outside the migration, or keep a copy.", NULL},
    {"unique-add", ACT_ADD_UNIQUE, 0, ACT_USING_INDEX, SIGN_LOCK,
     "The unique constraint {name} is built while {table} is locked",
     "Reads and writes wait until its index is complete.",
     "Build a unique index concurrently, and make it the constraint with USING INDEX.", NULL},
};

/* ---- words ---- */

static const char *
expand(struct check_run *run, const char *template, const struct deed *deed)
{
    const struct {
        const char *mark;
        const char *value;
    } marks[] = {
        {"{name}", deed->act->name},
        {"{table}", deed->relation},
        {"{other}", deed->act->other},
    };
    g_autoptr(GString) text = g_string_new(template);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        g_string_replace(
            text, marks[i].mark,
            marks[i].value != NULL ? check_code(run, marks[i].value) : "without a name", 1);
    return arena_text(run->arena, text->str, (gssize)text->len);
}

/* Rows that were observed of the relation; NUMBER_UNKNOWN: nobody looked. */
static int64_t
rows_of(const struct check_run *run, const char *relation)
{
    const void *table = relation == NULL ? NULL
                                         : address_resolve(run->model->database, "table", relation);
    const struct table_observation *seen = table == NULL ? NULL
                                                         : model_observed_table(run->model, table);
    return seen == NULL ? NUMBER_UNKNOWN : seen->row_estimate;
}

static void
lock_evidence(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    if (deed->lock == LOCK_NONE)
        return;
    const char *value = arena_printf(run->arena, "%s on %s: blocks %s", lock_words[deed->lock].name,
                                     deed->relation, lock_words[deed->lock].blocks);
    check_evidence(run, finding, "Lock", value);
}

void
risk_evidence(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    g_autofree char *safe = secret_mask_sql(deed->sql, SECRET_FOR_READING);
    finding->relation = deed->relation;
    finding->file = deed->file;
    finding->line = deed->line;
    check_evidence(run, finding, "Statement", safe);
    lock_evidence(run, finding, deed);
    if (deed->rewrite != NULL)
        check_evidence(run, finding, "Writes anew", deed->rewrite);
    else if (deed->scanned)
        check_evidence(run, finding, "Reads", "all rows");
    const int64_t rows = rows_of(run, deed->relation);
    if (rows != NUMBER_UNKNOWN)
        check_evidence(run, finding, "Rows observed", check_number(run, rows));
    if (!deed->seen)
        finding->strength = STRENGTH_HINT;
}

/* ---- signs ---- */

/* What was seen of the deed's statement; NULL: nothing. */
static const struct statement_evidence *
statement_of(const struct migration_evidence *evidence, const struct deed *deed)
{
    return deed->seen ? &evidence->up.statements[deed->statement] : NULL;
}

/* Whether the statement locks a second relation against reads. */
static bool
locks_second(const struct statement_evidence *statement, const struct deed *deed)
{
    for (size_t i = 0; statement != NULL && i < statement->lock_count; i++)
        if (statement->locks[i].mode == LOCK_ACCESS_EXCLUSIVE &&
            !text_equal(statement->locks[i].relation, deed->relation))
            return true;
    return false;
}

static bool
shows(const struct migration_evidence *evidence, const struct deed *deed, enum sign sign)
{
    switch (sign) {
    case SIGN_ACT:
        return true;
    case SIGN_LOCK:
        return !deed->seen || lock_stops(deed->lock);
    case SIGN_SCAN:
        return !deed->seen || deed->scanned;
    case SIGN_RECHECK:
        return deed->seen && deed->scanned && deed->rewrite == NULL;
    case SIGN_REWRITE:
        return deed->rewrite != NULL;
    case SIGN_SECOND:
        return locks_second(statement_of(evidence, deed), deed);
    case SIGN_READS:
        return deed->seen && statement_of(evidence, deed)->scan_count > 0;
    case SIGN_HELD:
        return lock_stops(deed->held);
    case SIGN_ALONE:
        return !deed->alone;
    }
    g_assert_not_reached();
}

/* What waits for all rows of a small table does not wait long. */
static bool
grows_with_rows(enum sign sign)
{
    return sign == SIGN_LOCK || sign == SIGN_SCAN || sign == SIGN_RECHECK || sign == SIGN_REWRITE;
}

static bool
fits(const struct risk *risk, const struct migration_evidence *evidence, const struct deed *deed)
{
    const struct act *act = deed->act;
    if (risk->kind != act->kind || (act->flags & risk->with) != risk->with ||
        (act->flags & risk->without) != 0)
        return false;
    bool concerns = risk->sign == SIGN_ALONE || act->relation == NULL || deed->was_there;
    return concerns && shows(evidence, deed, risk->sign);
}

static void
report(struct check_run *run, const struct risk *risk, const struct migration *migration,
       const struct deed *deed)
{
    struct finding *finding = check_report_migration(run, migration, "%s",
                                                     expand(run, risk->title, deed));
    const int64_t rows = rows_of(run, deed->relation);
    if (rows != NUMBER_UNKNOWN && rows < SMALL && grows_with_rows(risk->sign))
        finding->severity = SEVERITY_NOTE;
    check_detail(run, finding, "%s", expand(run, risk->detail, deed));
    check_advice(run, finding, "%s", risk->advice);
    risk_evidence(run, finding, deed);
    if (risk->sign == SIGN_ALONE) {
        finding->relation = NULL;
        finding->strength = STRENGTH_PROVED;
    }
    if (risk->fix != NULL)
        risk->fix(run, finding, deed);
}

static void
look_at_migration(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct deeds *deeds = check_deeds(run, evidence);
    for (size_t i = 0; i < deeds->count; i++)
        for (size_t k = 0; k < G_N_ELEMENTS(risks); k++)
            if (g_str_equal(risks[k].slug, run->rule->slug) &&
                fits(&risks[k], evidence, &deeds->items[i]))
                report(run, &risks[k], evidence->migration, &deeds->items[i]);
}

void
check_risk(struct check_run *run)
{
    check_each_migration(run, look_at_migration);
}
