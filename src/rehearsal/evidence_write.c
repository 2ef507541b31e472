/* rehearsal_json.c - what a rehearsal saw, for machines. Schema:
 * share/schema/rehearsal.schema.json.
 */
#include "base/json.h"
#include "base/secret.h"
#include "base/secret_sql.h"
#include "rehearsal/evidence_json.h"

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

static void
put_sql(struct json *json, const char *key, const char *sql)
{
    g_autofree char *masked = secret_mask_sql(sql, SECRET_FOR_READING);
    put_text(json, key, masked);
}

/* The server's words may hold a password. */
static void
put_masked(struct json *json, const char *key, const char *text)
{
    g_autofree char *masked = text != NULL ? secret_mask(text) : NULL;
    put_text(json, key, masked);
}

static void
put_number(struct json *json, const char *key, int64_t number)
{
    json_key(json, key);
    json_number(json, number);
}

static void
put_names(struct json *json, const char *key, const struct names *names)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < names->count; i++) {
        g_autofree char *masked = secret_mask(names->items[i]);
        json_text(json, masked);
    }
    json_close(json);
}

static void
put_locks(struct json *json, const struct statement_evidence *statement)
{
    json_key(json, "locks");
    json_array(json);
    for (size_t i = 0; i < statement->lock_count; i++) {
        const struct lock_evidence *lock = &statement->locks[i];
        json_object(json);
        put_text(json, "relation", lock->relation);
        put_text(json, "mode", lock_words[lock->mode].name);
        put_text(json, "blocks", lock_words[lock->mode].blocks);
        json_close(json);
    }
    json_close(json);
}

static void
put_rewrites(struct json *json, const struct statement_evidence *statement)
{
    json_key(json, "rewrites");
    json_array(json);
    for (size_t i = 0; i < statement->rewrite_count; i++) {
        json_object(json);
        put_text(json, "relation", statement->rewrites[i].relation);
        put_text(json, "reason", statement->rewrites[i].reason);
        json_close(json);
    }
    json_close(json);
}

static void
put_scans(struct json *json, const struct statement_evidence *statement)
{
    json_key(json, "scans");
    json_array(json);
    for (size_t i = 0; i < statement->scan_count; i++) {
        json_object(json);
        put_text(json, "relation", statement->scans[i].relation);
        put_number(json, "count", statement->scans[i].scans);
        json_close(json);
    }
    json_close(json);
}

static void
put_statement(struct json *json, const struct statement_evidence *statement)
{
    json_break(json);
    json_object(json);
    put_sql(json, "sql", statement->sql);
    put_text(json, "file", statement->file);
    put_number(json, "line", statement->line);
    put_text(json, "observed", sight_words[statement->sight]);
    put_number(json, "microseconds", statement->microseconds);
    put_masked(json, "words", statement->words);
    put_locks(json, statement);
    put_rewrites(json, statement);
    put_scans(json, statement);
    put_names(json, "waits", &statement->waits);
    json_close(json);
}

static void
put_run(struct json *json, const char *key, const struct run_evidence *run)
{
    json_break(json);
    json_key(json, key);
    json_object(json);
    put_text(json, "end", run_end_words[run->end]);
    put_masked(json, "words", run->words);
    json_key(json, "transaction");
    json_boolean(json, run->isolation == IN_TRANSACTION);
    if (run->command != NULL)
        put_masked(json, "command", run->command);
    json_key(json, "statements");
    json_array(json);
    for (size_t i = 0; i < run->count; i++)
        put_statement(json, &run->statements[i]);
    if (run->count > 0)
        json_break(json);
    json_close(json);
    json_close(json);
}

static void
put_differences(struct json *json, const char *key, const struct differences *differences)
{
    json_break(json);
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *difference = &differences->items[i];
        json_break(json);
        json_object(json);
        put_text(json, "change", change_kind_words[difference->kind]);
        put_text(json, "word", difference->word);
        put_text(json, "path", difference->path);
        if (difference->title != NULL) {
            put_text(json, "facet", difference->title);
            put_masked(json, "before", difference->before);
            put_masked(json, "after", difference->after);
        }
        json_key(json, "physical");
        json_boolean(json, difference->physical);
        json_close(json);
    }
    if (differences->count > 0)
        json_break(json);
    json_close(json);
}

static void
put_removals(struct json *json, const char *key, const struct removals *removals)
{
    json_break(json);
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < removals->count; i++) {
        json_object(json);
        put_text(json, "word", removals->items[i].word);
        put_text(json, "path", removals->items[i].path);
        json_key(json, "made_by_up");
        json_boolean(json, removals->items[i].made_by_up);
        json_key(json, "derived");
        json_boolean(json, removals->items[i].derived);
        json_close(json);
    }
    json_close(json);
}

static void
put_fillings(struct json *json, const char *key, const struct fillings *fillings)
{
    json_break(json);
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < fillings->count; i++) {
        json_object(json);
        put_text(json, "relation", fillings->items[i].relation);
        put_number(json, "made", fillings->items[i].made);
        put_masked(json, "problem", fillings->items[i].problem);
        json_close(json);
    }
    json_close(json);
}

static void
put_value_changes(struct json *json, const struct value_changes *changes)
{
    json_break(json);
    json_key(json, "changed");
    json_array(json);
    for (size_t i = 0; i < changes->count; i++) {
        json_object(json);
        put_text(json, "column", changes->items[i].path);
        put_number(json, "before", changes->items[i].before);
        put_number(json, "after", changes->items[i].after);
        json_close(json);
    }
    json_close(json);
}

static void
put_rows(struct json *json, const struct rows_evidence *rows)
{
    json_break(json);
    json_key(json, "rows");
    json_object(json);
    put_fillings(json, "invented", &rows->fillings);
    put_run(json, "up", &rows->up);
    put_run(json, "down", &rows->down);
    put_value_changes(json, &rows->changes);
    put_fillings(json, "invented_after_up", &rows->new_fillings);
    put_run(json, "down_again", &rows->down_again);
    json_close(json);
}

static const char *const direction_words[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};

static void
put_prechecks(struct json *json, const struct prechecks *prechecks)
{
    json_break(json);
    json_key(json, "prechecks");
    json_array(json);
    for (size_t i = 0; i < prechecks->count; i++) {
        const struct precheck *precheck = &prechecks->items[i];
        json_break(json);
        json_object(json);
        put_text(json, "direction", direction_words[precheck->direction]);
        put_text(json, "relation", precheck->relation);
        put_masked(json, "rows", precheck->words);
        put_sql(json, "query", precheck->query);
        put_masked(json, "refusal", precheck->refusal);
        put_masked(json, "not_proved", precheck->unproved);
        json_close(json);
    }
    if (prechecks->count > 0)
        json_break(json);
    json_close(json);
}

static void
put_verdict(struct json *json, const struct verdict *verdict)
{
    json_break(json);
    json_key(json, "verdict");
    json_object(json);
    put_text(json, "class", reversal_words[verdict->reversal].code);
    put_text(json, "name", reversal_words[verdict->reversal].name);
    put_text(json, "schema_class", reversal_words[verdict->schema].code);
    put_text(json, "loss_class", loss_words[verdict->loss].code);
    put_text(json, "loss", loss_words[verdict->loss].name);
    put_names(json, "reasons", &verdict->reasons);
    put_names(json, "not_proved", &verdict->unproved);
    json_close(json);
}

/* Only when it is known. */
static void
put_commit(struct json *json, const char *key, const struct migration_commit *commit)
{
    if (commit == NULL)
        return;
    json_key(json, key);
    json_object(json);
    put_text(json, "hash", commit->hash);
    put_text(json, "date", commit->date);
    put_text(json, "author", commit->author);
    json_close(json);
}

static void
put_migration(struct json *json, const struct migration_evidence *evidence)
{
    json_break(json);
    json_object(json);
    if (evidence->migration->line != NULL)
        put_text(json, "line", evidence->migration->line);
    put_text(json, "version", evidence->migration->version);
    put_text(json, "name", evidence->migration->name);
    put_text(json, "file", evidence->migration->file);
    put_commit(json, "commit", evidence->migration->added);
    put_commit(json, "changed_by", evidence->migration->changed);
    put_verdict(json, &evidence->verdict);
    put_run(json, "up", &evidence->up);
    put_run(json, "verify", &evidence->verify);
    put_run(json, "down", &evidence->down);
    put_run(json, "again", &evidence->again);
    put_differences(json, "changes", &evidence->changes);
    put_differences(json, "after_down", &evidence->left);
    put_differences(json, "after_second_up", &evidence->again_differs);
    put_removals(json, "up_removes", &evidence->up_removes);
    put_removals(json, "down_removes", &evidence->down_removes);
    put_rows(json, &evidence->rows);
    put_prechecks(json, &evidence->prechecks);
    json_break(json);
    put_names(json, "without", &evidence->missing);
    json_close(json);
}

static void
put_lines(struct json *json, const struct migrations *all)
{
    json_key(json, "lines");
    json_array(json);
    for (size_t i = 0; i < all->line_count; i++) {
        json_break(json);
        json_object(json);
        put_text(json, "id", all->lines[i].id);
        put_text(json, "tool", all->lines[i].format);
        put_text(json, "folder", all->lines[i].folder);
        json_close(json);
    }
    json_break(json);
    json_close(json);
}

GString *
evidence_write(const struct rehearsal *rehearsal)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "dbdoc", "rehearsal");
    put_text(&json, "format", "1.0");
    put_text(&json, "tool", rehearsal->migrations->format);
    put_text(&json, "folder", rehearsal->migrations->folder);
    put_text(&json, "server", rehearsal->server);
    put_names(&json, "settings", &rehearsal->settings);
    put_names(&json, "caveats", &rehearsal->caveats);
    if (rehearsal->migrations->line_count > 0)
        put_lines(&json, rehearsal->migrations);
    json_key(&json, "migrations");
    json_array(&json);
    for (size_t i = 0; i < rehearsal->count; i++)
        put_migration(&json, &rehearsal->items[i]);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
