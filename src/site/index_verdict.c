/* index_verdict.c - rules of the verdict: not usable; a rule of the data; repeated by another; the
 * only one that finds a foreign key's rows; else unknown. */
#include "site/index_verdict.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "checks/elixir_text.h"
#include "model/plans.h"
#include "model/series.h"
#include "model/size.h"
#include "postgres/connection.h"
#include "site/words.h"
#include "workload/workload.h"

#include <string.h>

static const struct finding *
redundancy(const struct sheet *sheet, const struct index *index)
{
    const GPtrArray *own = g_hash_table_lookup(sheet->site->findings->by_object, index);
    for (guint i = 0; own != NULL && i < own->len; i++) {
        const struct finding *finding = own->pdata[i];
        if (g_str_has_prefix(finding->slug, "index-duplicate") ||
            g_str_equal(finding->slug, "index-prefix-redundant"))
            return finding;
    }
    return NULL;
}

/* Foreign keys of the table whose rows this index finds. `alone`: those that no other index serves.
 */
static GPtrArray *
supported_keys(const struct index *index, bool alone)
{
    GPtrArray *keys = g_ptr_array_new();
    const struct table *table = object_table(index);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN_KEY || !index_supports(index, key))
            continue;
        bool other = false;
        for (size_t j = 0; alone && j < table->indexes.count; j++)
            other = other || (&table->indexes.items[j] != index &&
                              index_supports(&table->indexes.items[j], key));
        if (!other)
            g_ptr_array_add(keys, (gpointer)(guintptr)key);
    }
    return keys;
}

/* Foreign keys elsewhere that point to the index's columns. */
static GPtrArray *
targeting_keys(const struct sheet *sheet, const struct index *index)
{
    GPtrArray *keys = g_ptr_array_new();
    const struct table *table = object_table(index);
    if (table == NULL)
        return keys;
    const struct references *references = model_references(sheet->site->model, table);
    for (size_t i = 0; i < references->count; i++)
        if (references->items[i]->index.object == index)
            g_ptr_array_add(keys, (gpointer)(guintptr)references->items[i]);
    return keys;
}

char *
index_job(const struct model *model, const struct index *index)
{
    static const struct {
        unsigned role;
        const char *word;
    } words[] = {
        {INDEX_PRIMARY_KEY, "primary key"},
        {INDEX_UNIQUE, "unique"},
        {INDEX_FOREIGN_KEY_TARGET, "target of foreign keys"},
        {INDEX_FOREIGN_KEY_SUPPORT, "finds rows of a foreign key"},
    };
    unsigned roles = index_roles(model, index);
    if ((roles & INDEX_PRIMARY_KEY) != 0)
        roles &= ~(unsigned)INDEX_UNIQUE;
    GString *job = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if ((roles & words[i].role) != 0)
            g_string_append_printf(job, "%s%s", job->len > 0 ? ", " : "", words[i].word);
    if (job->len == 0)
        g_string_append(job, model_index_uses(model, index)->count > 0 ? "serves queries"
                                                                       : "not proved");
    *job->str = g_ascii_toupper(*job->str);
    return g_string_free(job, FALSE);
}

char *
index_written_columns(const struct index *index)
{
    GString *text = g_string_new(NULL);
    bool expression = false;
    for (size_t i = 0; i < index->keys.count; i++) {
        const char *column = index->keys.items[i].column;
        expression = expression || column == NULL;
        if (column != NULL)
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", column);
    }
    for (size_t i = 0; i < index->included.count; i++)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", index->included.items[i]);
    if (expression)
        g_string_append_printf(text, "%sa column of its expressions", text->len > 0 ? " or " : "");
    if (index->predicate != NULL)
        g_string_append(text, " or a column of its predicate");
    return g_string_free(text, FALSE);
}

static xmlNode *
add_panel(struct sheet *sheet, const char *tone, const char *title)
{
    xmlNode *verdict = tree_element(sheet->root, "verdict");
    tree_attribute(verdict, "tone", tone);
    tree_attribute(verdict, "title", title);
    return tree_element(verdict, "text");
}

/* "Without it, deleting a row of accounts.users reads all of blog.posts." */
static void
add_only_support(struct sheet *sheet, const struct index *index, const struct constraint *key)
{
    xmlNode *text = add_panel(sheet, "ok",
                              "Keep it. Nothing else finds the rows of a foreign key.");
    tree_text(text, "Without it, deleting a row of ");
    g_autofree char *far = shown_path(key->references.path);
    g_autofree char *near = shown_path(index->object.parent->path);
    tree_text_element(text, "c", far);
    tree_text(text, " reads all of ");
    tree_text_element(text, "c", near);
    tree_text(text, ".");
}

static void
add_rule_verdict(struct sheet *sheet, const struct index *index)
{
    bool primary = (index_roles(sheet->site->model, index) & INDEX_PRIMARY_KEY) != 0;
    xmlNode *text = add_panel(sheet, "ok",
                              primary ? "Keep it. It is the primary key."
                                      : "Keep it. It is a rule that the database keeps.");
    g_autoptr(GPtrArray) targeting = targeting_keys(sheet, index);
    const char *rule = index->unique != YES ? "No two rows may conflict in"
                       : index->predicate == NULL
                           ? "No two rows have the same"
                           : "No two rows that fit the predicate have the same";
    tree_text(text, rule);
    for (size_t i = 0; i < index->keys.count; i++) {
        g_autofree char *key = key_text(&index->keys.items[i]);
        tree_text(text, i == 0 ? " " : i + 1 == index->keys.count ? " and " : ", ");
        tree_text_element(text, "c", key);
    }
    tree_text(text, ".");
    if (targeting->len > 0) {
        g_autofree char *count = words_count(targeting->len, "foreign key");
        g_autofree char *more = g_strdup_printf(" %s %s here.", count,
                                                targeting->len == 1 ? "points" : "point");
        tree_text(text, more);
    }
}

char *
index_counted_words(const struct model *model)
{
    if (model->observations == NULL || model->observations->counters_since == NULL)
        return NULL;
    g_autofree char *since = words_date(model->observations->counters_since);
    return g_strdup_printf("since %s, on the %s alone", since, model->observations->node);
}

/* What was counted shows that queries used it; that none was counted shows little. */
static void
add_scans(struct sheet *sheet, xmlNode *text, int64_t scans)
{
    g_autofree char *when = index_counted_words(sheet->site->model);
    if (scans == NUMBER_UNKNOWN || when == NULL)
        return;
    g_autofree char *count = words_number(scans);
    g_autofree char *counted = g_strdup_printf(" Scans counted %s: %s.", when, count);
    tree_text(text, counted);
}

/* What queries do with an index that no rule needs. Free with g_free. */
static char *
no_need_title(const struct model *model, const struct index *index)
{
    struct window window;
    bool unused = series_index_unused(model, index, &window);
    bool scanned = model_index_scans(model, index) > 0 && !unused;
    size_t uses = model_index_uses(model, index)->count;
    size_t planned = model_planned_count(model);
    g_autofree char *served = words_count((int64_t)uses, "known query");
    g_autofree char *known = words_count((int64_t)planned, "known query");
    if (uses > 0)
        return g_strdup_printf("No rule needs it. It can serve %s.", served);
    if (planned > 0)
        return g_strdup_printf("No rule needs it, and of %s none was seen to use it%s.", known,
                               scanned ? ", but others did" : "");
    g_autofree char *days = unused ? words_count(window.days, "day") : NULL;
    if (unused)
        return g_strdup_printf("No rule needs it, and no query used it for %s.", days);
    return g_strdup(scanned ? "No rule needs it. Queries used it; which, is not proved."
                            : "No rule needs it. Whether a query does is not proved.");
}

/* What a series of observations proves. */
static void
add_unused(struct sheet *sheet, xmlNode *text, const struct index *index)
{
    struct window window;
    if (!series_index_unused(sheet->site->model, index, &window))
        return;
    g_autofree char *from = words_date(window.from);
    g_autofree char *to = words_date(window.to);
    g_autofree char *words = g_strdup_printf(" Observed: from %s to %s no server scanned it.", from,
                                             to);
    tree_text(text, words);
}

static void
add_no_need(struct sheet *sheet, const struct index *index)
{
    int64_t scans = model_index_scans(sheet->site->model, index);
    g_autoptr(GPtrArray) shared = supported_keys(index, false);
    g_autofree char *title = no_need_title(sheet->site->model, index);
    xmlNode *text = add_panel(sheet, "info", title);
    tree_text(text, shared->len == 0 ? "No constraint and no foreign key depends on it."
                                     : "Another index finds the rows of its foreign key too.");
    add_scans(sheet, text, scans);
    add_unused(sheet, text, index);
    tree_text(text, " Look at the reason, and at the queries that you know, before you drop it.");
}

void
index_add_verdict(struct sheet *sheet, const struct index *index)
{
    const struct finding *repeats = redundancy(sheet, index);
    g_autoptr(GPtrArray) alone = supported_keys(index, true);
    bool rule = index->unique == YES || index_constraint(index) != NULL;
    if (index->valid == NO || index->ready == NO) {
        tree_text(add_panel(sheet, "bad", "Not usable."),
                  "Building it did not finish. Queries do not use it, and writes may still pay for "
                  "it.");
    } else if (repeats != NULL) {
        xmlNode *text = add_panel(sheet, "warn", "Another index can do its work.");
        sheet_text(text, "t", repeats->title);
        tree_text(text, ". Not proved: whether a query is dearer without it.");
    } else if (rule) {
        add_rule_verdict(sheet, index);
    } else if (alone->len > 0) {
        add_only_support(sheet, index, alone->pdata[0]);
    } else {
        add_no_need(sheet, index);
    }
}

static xmlNode *
add_row(xmlNode *proof, const char *tone, const char *text)
{
    xmlNode *row = tree_element(proof, "row");
    tree_attribute(row, "tone", tone);
    tree_text(row, text);
    return row;
}

static void
add_keys(struct sheet *sheet, xmlNode *proof, const GPtrArray *keys, const char *words)
{
    for (guint i = 0; i < keys->len; i++) {
        const struct constraint *key = keys->pdata[i];
        xmlNode *row = add_row(proof, "ok", words);
        sheet_object(sheet, row, "link", key, BY_PATH);
        tree_text(row, ", on delete: ");
        tree_text(row, words_on_delete(key->on_delete));
        tree_text(row, ".");
    }
}

/* What the author's words get wrong, right below them. */
static void
add_contradictions(struct sheet *sheet, xmlNode *proof, const struct index *index)
{
    const GPtrArray *own = g_hash_table_lookup(sheet->site->findings->by_object, index);
    for (guint i = 0; own != NULL && i < own->len; i++) {
        const struct finding *finding = own->pdata[i];
        bool against = g_str_equal(finding->slug, "note-contradicts") ||
                       g_str_equal(finding->slug, "note-stale");
        if (!against || finding->accepted != NULL)
            continue;
        xmlNode *row = add_row(proof, "warn", "");
        sheet_text(row, "t", finding->title);
        tree_text(row, ".");
    }
}

/* Free with g_free. */
static char *
join_keys(const struct index *index, char *(*describe)(const struct key *key))
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < index->keys.count; i++) {
        g_autofree char *key = describe(&index->keys.items[i]);
        g_string_append_printf(text, "%s%s", i == 0 ? "" : ", ", key);
    }
    return g_string_free(text, FALSE);
}

/* What a btree can answer by its shape, whoever asks. */
static void
add_abilities(xmlNode *proof, const struct index *index)
{
    g_autofree char *keys = join_keys(index, key_text);
    g_autofree char *targets = join_keys(index, key_target_text); /* ON CONFLICT takes no order */
    if (text_equal(index->method, "btree")) {
        xmlNode *row = add_row(proof, "info", "Can give rows in the order ");
        tree_text_element(row, "c", keys);
        tree_text(row, index->keys.count > 1
                           ? ", or in its reverse, and finds rows by its first keys alone."
                           : ", or in its reverse.");
    }
    if (index->unique == YES && index->immediate != NO && index->exclusion != YES) {
        xmlNode *row = add_row(proof, "info", "Can settle INSERT … ON CONFLICT (");
        tree_text_element(row, "c", targets);
        tree_text(row, index->predicate != NULL ? ") with its predicate behind it." : ").");
    }
    if (index->predicate != NULL) {
        xmlNode *row = add_row(proof, "info", "Holds only rows that fit ");
        tree_text_element(row, "c", index->predicate);
        tree_text(row, ": a query uses it only when its own condition says at least that.");
    }
}

/* What queries do, told in full in a section of its own. */
static void
add_queries(struct sheet *sheet, xmlNode *proof, const struct index *index)
{
    const struct model *model = sheet->site->model;
    const struct planned_uses *uses = model_index_uses(model, index);
    if (uses->count > 0) {
        g_autofree char *count = words_count((int64_t)uses->count, "query");
        g_autofree char *text = g_strdup_printf("Can serve %s of those that are known.", count);
        add_row(proof, "ok", text);
    } else if (model_planned_count(model) > 0) {
        add_row(proof, "none", "No query that is known was seen to use it.");
    } else if (model->workload != NULL && model->workload->count > 0) {
        add_row(proof, "none",
                "Queries that use it: not known. Those of the project are planned where migrations "
                "or SQL make the tables, or with --rehearse.");
    } else {
        add_row(proof, "none", "Queries that use it: not known. No queries were given.");
    }
}

void
index_add_proof(struct sheet *sheet, xmlNode *proof, const struct index *index)
{
    add_contradictions(sheet, proof, index);
    const struct constraint *constraint = index_constraint(index);
    if (constraint != NULL) {
        xmlNode *row = add_row(proof, "ok", "Stands behind the constraint ");
        sheet_object(sheet, row, "link", constraint, BY_NAME);
        tree_text(row, ".");
    } else if (index->unique == YES) {
        add_row(proof, "ok", "Keeps its columns unique, without a constraint of that name.");
    }
    g_autoptr(GPtrArray) targeting = targeting_keys(sheet, index);
    add_keys(sheet, proof, targeting, "Target of the foreign key ");
    g_autoptr(GPtrArray) supported = supported_keys(index, false);
    add_keys(sheet, proof, supported, "Finds the rows of the foreign key ");
    if (index->replica_identity == YES)
        add_row(proof, "ok", "Identifies rows for logical replication.");
    if (index->clustered == YES)
        add_row(proof, "info", "CLUSTER last ordered the table by it.");
    for (size_t i = 0; i < index->keys.count; i++) {
        if (index->keys.items[i].column != NULL)
            continue;
        add_row(proof, "info",
                "Has an expression: ANALYZE keeps statistics about it, which other plans use too.");
        break;
    }
    add_abilities(proof, index);
    add_queries(sheet, proof, index);
}

/* ---- how to drop it ---- */

static void
append_comment(GString *text, const struct index *index, const char *name)
{
    if (index->comment == NULL)
        return;
    g_autofree char *literal = sql_quote_literal(index->comment);
    g_string_append_printf(text, "COMMENT ON INDEX %s IS %s;\n", name, literal);
}

/* The definition as the server prints it, built without blocking writes. */
static char *
concurrent_definition(const struct index *index)
{
    const char *rest = strstr(index->definition, "INDEX ");
    return rest == NULL
               ? g_strdup(index->definition)
               : g_strdup_printf("%.*sINDEX CONCURRENTLY %s", (int)(rest - index->definition),
                                 index->definition, rest + strlen("INDEX "));
}

/* Why it stays for now; nothing where nothing that is proved needs it. */
static void
add_reasons_to_stay(struct sheet *sheet, xmlNode *section, const struct index *index)
{
    const struct constraint *constraint = index_constraint(index);
    g_autoptr(GPtrArray) targeting = targeting_keys(sheet, index);
    g_autoptr(GPtrArray) alone = supported_keys(index, true);
    g_autoptr(GString) words = g_string_new(NULL);
    if (constraint != NULL)
        g_string_append_printf(words,
                               "It goes with the constraint %s alone, and then the rule is "
                               "gone.",
                               constraint->name);
    else if (index->unique == YES)
        g_string_append(words, "Without it rows may be there twice, and to make it again they must "
                               "be found first.");
    if (targeting->len > 0)
        g_string_append_printf(words, "%s%s here: they would have to go before.",
                               words->len > 0 ? " " : "",
                               targeting->len == 1 ? "A foreign key points" : "Foreign keys point");
    if (alone->len > 0)
        g_string_append_printf(words,
                               "%sNothing else finds the rows of %s when a row of the other "
                               "table goes.",
                               words->len > 0 ? " " : "",
                               ((const struct constraint *)alone->pdata[0])->name);
    if (index->replica_identity == YES)
        g_string_append_printf(words, "%sLogical replication tells rows apart by it.",
                               words->len > 0 ? " " : "");
    if (words->len > 0) {
        g_autofree char *text = g_strconcat("Not now. ", words->str, NULL);
        sheet_hint(section, text);
    }
}

static void
append_execute(GString *elixir, const char *sql)
{
    g_string_append(elixir, "  execute ");
    elixir_append_string(elixir, sql);
    g_string_append_c(elixir, '\n');
}

/* The same as a migration, whose way back brings the comment too. */
static void
add_migration(xmlNode *section, const struct index *index, const char *name, const char *create)
{
    g_autofree char *drop = g_strdup_printf("DROP INDEX CONCURRENTLY %s", name);
    g_autoptr(GString) comment = g_string_new(NULL);
    g_autoptr(GString) elixir = g_string_new("@disable_ddl_transaction true\n"
                                             "@disable_migration_lock true\n\ndef up do\n");
    append_execute(elixir, drop);
    g_string_append(elixir, "end\n\ndef down do\n");
    append_execute(elixir, create);
    append_comment(comment, index, name);
    if (comment->len > 2) {
        g_string_truncate(comment, comment->len - 2); /* ";\n" */
        append_execute(elixir, comment->str);
    }
    g_string_append(elixir, "end");
    sheet_hint(section, "As an Ecto migration:");
    sheet_elixir(section, elixir->str);
}

static void
add_procedure(xmlNode *section, const struct index *index)
{
    g_autofree char *name = sql_quote_qualified(object_schema(index), index->name);
    g_autofree char *create = concurrent_definition(index);
    sheet_hint(section, "Check rarely run jobs first: reports, exports, support scripts. "
                        "CONCURRENTLY blocks nobody, and cannot run inside a transaction; it waits "
                        "for transactions that are open, and an index that it could not drop is "
                        "left invalid: run it again.");
    g_autofree char *drop = g_strdup_printf("SET lock_timeout = '2s';\n"
                                            "DROP INDEX CONCURRENTLY %s;",
                                            name);
    sheet_sql(section, drop);
    sheet_hint(section, "And how to get it back, with its comment; it reads the whole table while "
                        "people go on writing:");
    g_autoptr(GString) back = g_string_new(NULL);
    g_string_append_printf(back, "%s;\n", create);
    append_comment(back, index, name);
    sheet_sql(section, back->str);
    add_migration(section, index, name, create);
}

/* An index of a constraint goes with it; one of a partitioned table, with its partitions' at once.
 */
static void
add_other_way(xmlNode *section, const struct index *index)
{
    const struct constraint *constraint = index_constraint(index);
    g_autofree char *table = sql_quote_qualified(object_schema(index),
                                                 object_name(index->object.parent));
    g_autofree char *name = sql_quote_qualified(object_schema(index), index->name);
    g_autofree char *own = constraint == NULL ? NULL : sql_quote_name(constraint->name);
    g_autofree char *drop = constraint == NULL
                                ? g_strdup_printf("DROP INDEX %s;", name)
                                : g_strdup_printf("ALTER TABLE %s DROP CONSTRAINT %s;", table, own);
    g_autofree char *back = constraint == NULL
                                ? g_strdup_printf("%s;", index->definition)
                                : g_strdup_printf("ALTER TABLE %s ADD CONSTRAINT %s %s;", table,
                                                  own, constraint->definition);
    sheet_hint(section, "Nobody can read or write the table meanwhile, for the moment that it "
                        "takes:");
    sheet_sql(section, drop);
    sheet_hint(section, "To get it back reads the whole table while writes wait:");
    sheet_sql(section, back);
}

void
index_add_drop(struct sheet *sheet, const struct index *index)
{
    const struct table *table = object_table(index);
    bool partitioned = table != NULL && table->kind == TABLE_PARTITIONED;
    if (index->partition_of.path != NULL)
        return; /* the one of the partitioned table stands for it */
    xmlNode *section = sheet_section(sheet, "drop", "How to drop it", -1);
    add_reasons_to_stay(sheet, section, index);
    if (index_constraint(index) != NULL || partitioned)
        add_other_way(section, index);
    else
        add_procedure(section, index);
}
