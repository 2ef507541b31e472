/* plan_json.c - what migrations would send, for machines. Schema: share/schema/plan.schema.json. */
#include "base/json.h"
#include "base/secret.h"
#include "base/secret_sql.h"
#include "report/report.h"

static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

/* Words in which somebody may quote a password. */
static void
put_words(struct json *json, const char *key, const char *words)
{
    g_autofree char *masked = words == NULL ? NULL : secret_mask(words);
    put_text(json, key, masked);
}

static void
put_sql(struct json *json, const char *sql)
{
    g_autofree char *masked = sql == NULL ? NULL : secret_mask_sql(sql, SECRET_FOR_READING);
    put_text(json, "sql", masked);
}

static void
put_boolean(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

static void
put_place(struct json *json, const char *file, unsigned line)
{
    put_text(json, "file", file);
    json_key(json, "line");
    json_number(json, line);
}

static void
put_step(struct json *json, const struct migration_step *step)
{
    static const char *const words[] = {
        [STEP_SQL] = "sql", [STEP_QUERY] = "query", [STEP_OPAQUE] = "opaque"};
    json_break(json);
    json_object(json);
    put_text(json, "kind", words[step->kind]);
    put_sql(json, step->sql);
    put_place(json, step->file, step->line);
    if (step->kind == STEP_OPAQUE) {
        put_words(json, "source", step->source);
        put_words(json, "reason", step->reason);
    }
    json_close(json);
}

static void
put_plan(struct json *json, const char *key, const struct migration_plan *plan)
{
    json_break(json);
    json_key(json, key);
    json_object(json);
    put_boolean(json, "transaction", plan->isolation == IN_TRANSACTION);
    put_boolean(json, "opaque", !plan_is_known(plan));
    put_boolean(json, "refused", plan->end != PLAN_COMPLETE);
    put_words(json, "reason", plan->reason);
    json_key(json, "statements");
    json_array(json);
    for (size_t i = 0; i < plan->count; i++)
        put_step(json, &plan->steps[i]);
    if (plan->count > 0)
        json_break(json);
    json_close(json);
    json_close(json);
}

static void
put_remarks(struct json *json, const struct migration *migration)
{
    json_break(json);
    json_key(json, "remarks");
    json_array(json);
    for (size_t i = 0; i < migration->remark_count; i++) {
        json_object(json);
        put_words(json, "text", migration->remarks[i].text);
        put_place(json, migration->remarks[i].file, migration->remarks[i].line);
        json_close(json);
    }
    json_close(json);
}

static void
put_migration(struct json *json, const struct migration *migration)
{
    static const char *const kinds[] = {[MIGRATION_VERSIONED] = "versioned",
                                        [MIGRATION_REPEATABLE] = "repeatable",
                                        [MIGRATION_BASELINE] = "baseline",
                                        [MIGRATION_DUMP] = "baseline"};
    json_break(json);
    json_object(json);
    if (migration->line != NULL)
        put_text(json, "line", migration->line);
    put_text(json, "version", migration->version);
    put_text(json, "name", migration->name);
    put_text(json, "file", migration->file);
    put_text(json, "kind", kinds[migration->kind]);
    put_text(json, "checksum", migration->checksum);
    put_plan(json, "up", &migration->up);
    put_plan(json, "down", &migration->down);
    if (migration->verify.end == PLAN_COMPLETE)
        put_plan(json, "verify", &migration->verify);
    put_remarks(json, migration);
    json_close(json);
}

static void
put_warnings(struct json *json, const struct migrations *migrations)
{
    json_key(json, "warnings");
    json_array(json);
    for (size_t i = 0; i < migrations->warning_count; i++)
        json_text(json, migrations->warnings[i]);
    json_close(json);
}

/* What is true of a folder as a whole. */
static void
put_line(struct json *json, const struct migrations *line)
{
    put_text(json, "tool", line->format);
    put_text(json, "history", line->history);
    put_text(json, "transactions", line->transactions == TRANSACTION_FOR_ALL ? "all" : "each");
    put_text(json, "folder", line->folder);
    put_warnings(json, line);
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
        put_line(json, &all->lines[i]);
        json_close(json);
    }
    json_break(json);
    json_close(json);
}

GString *
report_plan_json(const struct migrations *migrations)
{
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "dbdoc", "plan");
    put_text(&json, "format", "1.0");
    put_line(&json, migrations);
    if (migrations->line_count > 0)
        put_lines(&json, migrations);
    json_key(&json, "migrations");
    json_array(&json);
    for (size_t i = 0; i < migrations->count; i++)
        put_migration(&json, &migrations->items[i]);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
