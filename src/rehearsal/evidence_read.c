/* evidence_read.c - the way back of evidence_write.c, for what dbdoc itself has written: anything
 * that does not fit makes the whole text worthless. */
#include "base/text.h"
#include "rehearsal/evidence_json.h"
#include "rehearsal/verdict.h"

#include <jansson.h>

struct reader {
    struct arena *arena;
    bool broken;
};

static const json_t *
member(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    reader->broken = reader->broken || value == NULL;
    return value;
}

/* NULL for null. */
static const char *
read_text(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *value = member(reader, object, key);
    reader->broken = reader->broken || !(json_is_string(value) || json_is_null(value));
    return arena_intern(reader->arena, json_string_value(value));
}

static int64_t
read_number(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *value = member(reader, object, key);
    reader->broken = reader->broken || !json_is_integer(value);
    return json_integer_value(value);
}

static bool
read_boolean(struct reader *reader, const json_t *object, const char *key)
{
    const json_t *value = member(reader, object, key);
    reader->broken = reader->broken || !json_is_boolean(value);
    return json_is_true(value);
}

/* The number of a word in a table of `count` words. */
static unsigned
read_word(struct reader *reader, const json_t *object, const char *key, const char *const *words,
          size_t count)
{
    const char *word = read_text(reader, object, key);
    for (size_t i = 0; i < count; i++)
        if (text_equal(word, words[i]))
            return (unsigned)i;
    reader->broken = true;
    return 0;
}

/* Room for the items of a list; in *list the list itself. */
static void *
read_list(struct reader *reader, const json_t *object, const char *key, size_t size, size_t *count,
          const json_t **list)
{
    *list = member(reader, object, key);
    reader->broken = reader->broken || !json_is_array(*list);
    *count = json_array_size(*list);
    return arena_array(reader->arena, *count, size);
}

static struct names
read_names(struct reader *reader, const json_t *object, const char *key)
{
    struct names names;
    const json_t *list = NULL;
    names.items = read_list(reader, object, key, sizeof *names.items, &names.count, &list);
    for (size_t i = 0; i < names.count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        reader->broken = reader->broken || text == NULL;
        names.items[i] = arena_intern(reader->arena, text);
    }
    return names;
}

static enum lock_mode
read_mode(struct reader *reader, const json_t *lock)
{
    const char *name = read_text(reader, lock, "mode");
    for (size_t i = 0; i < LOCK_MODES; i++)
        if (text_equal(name, lock_words[i].name))
            return (enum lock_mode)i;
    reader->broken = true;
    return LOCK_NONE;
}

static void
read_effects(struct reader *reader, const json_t *object, struct statement_evidence *statement)
{
    const json_t *list = NULL;
    statement->locks = read_list(reader, object, "locks", sizeof *statement->locks,
                                 &statement->lock_count, &list);
    for (size_t i = 0; i < statement->lock_count; i++) {
        const json_t *lock = json_array_get(list, i);
        statement->locks[i] = (struct lock_evidence){read_text(reader, lock, "relation"),
                                                     read_mode(reader, lock)};
    }
    statement->rewrites = read_list(reader, object, "rewrites", sizeof *statement->rewrites,
                                    &statement->rewrite_count, &list);
    for (size_t i = 0; i < statement->rewrite_count; i++) {
        const json_t *rewrite = json_array_get(list, i);
        statement->rewrites[i] = (struct rewrite_evidence){read_text(reader, rewrite, "relation"),
                                                           read_text(reader, rewrite, "reason")};
    }
    statement->scans = read_list(reader, object, "scans", sizeof *statement->scans,
                                 &statement->scan_count, &list);
    for (size_t i = 0; i < statement->scan_count; i++) {
        const json_t *scan = json_array_get(list, i);
        statement->scans[i] = (struct scan_evidence){read_text(reader, scan, "relation"),
                                                     read_number(reader, scan, "count")};
    }
    statement->waits = read_names(reader, object, "waits");
}

static void
read_statement(struct reader *reader, const json_t *object, struct statement_evidence *statement)
{
    *statement = (struct statement_evidence){
        .sql = read_text(reader, object, "sql"),
        .file = read_text(reader, object, "file"),
        .line = (unsigned)read_number(reader, object, "line"),
        .sight = read_word(reader, object, "observed", sight_words, SIGHTS),
        .microseconds = read_number(reader, object, "microseconds"),
        .words = read_text(reader, object, "words"),
    };
    read_effects(reader, object, statement);
}

static struct run_evidence
read_run(struct reader *reader, const json_t *parent, const char *key)
{
    const json_t *object = member(reader, parent, key);
    const json_t *list = NULL;
    struct run_evidence run = {
        .end = read_word(reader, object, "end", run_end_words, RUN_ENDS),
        .words = read_text(reader, object, "words"),
        .isolation = read_boolean(reader, object, "transaction") ? IN_TRANSACTION : NO_TRANSACTION,
        .command = json_object_get(object, "command") != NULL ? read_text(reader, object, "command")
                                                              : NULL,
    };
    run.statements = read_list(reader, object, "statements", sizeof *run.statements, &run.count,
                               &list);
    for (size_t i = 0; i < run.count; i++)
        read_statement(reader, json_array_get(list, i), &run.statements[i]);
    return run;
}

static struct differences
read_differences(struct reader *reader, const json_t *parent, const char *key)
{
    struct differences differences;
    const json_t *list = NULL;
    differences.items = read_list(reader, parent, key, sizeof *differences.items,
                                  &differences.count, &list);
    for (size_t i = 0; i < differences.count; i++) {
        const json_t *object = json_array_get(list, i);
        bool has_facet = json_object_get(object, "facet") != NULL;
        differences.items[i] = (struct difference){
            .kind = read_word(reader, object, "change", change_kind_words, CHANGES),
            .word = read_text(reader, object, "word"),
            .path = read_text(reader, object, "path"),
            .title = has_facet ? read_text(reader, object, "facet") : NULL,
            .before = has_facet ? read_text(reader, object, "before") : NULL,
            .after = has_facet ? read_text(reader, object, "after") : NULL,
            .physical = read_boolean(reader, object, "physical"),
        };
    }
    return differences;
}

static struct removals
read_removals(struct reader *reader, const json_t *parent, const char *key)
{
    struct removals removals;
    const json_t *list = NULL;
    removals.items = read_list(reader, parent, key, sizeof *removals.items, &removals.count, &list);
    for (size_t i = 0; i < removals.count; i++) {
        const json_t *object = json_array_get(list, i);
        removals.items[i] = (struct removal){
            read_text(reader, object, "word"), read_text(reader, object, "path"),
            read_boolean(reader, object, "made_by_up"), read_boolean(reader, object, "derived")};
    }
    return removals;
}

static struct fillings
read_fillings(struct reader *reader, const json_t *parent, const char *key)
{
    struct fillings fillings;
    const json_t *list = NULL;
    fillings.items = read_list(reader, parent, key, sizeof *fillings.items, &fillings.count, &list);
    for (size_t i = 0; i < fillings.count; i++) {
        const json_t *object = json_array_get(list, i);
        fillings.items[i] = (struct filling){read_text(reader, object, "relation"),
                                             read_number(reader, object, "made"),
                                             read_text(reader, object, "problem")};
    }
    return fillings;
}

static struct value_changes
read_value_changes(struct reader *reader, const json_t *parent)
{
    struct value_changes changes;
    const json_t *list = NULL;
    changes.items = read_list(reader, parent, "changed", sizeof *changes.items, &changes.count,
                              &list);
    for (size_t i = 0; i < changes.count; i++) {
        const json_t *object = json_array_get(list, i);
        changes.items[i] = (struct value_change){read_text(reader, object, "column"),
                                                 read_number(reader, object, "before"),
                                                 read_number(reader, object, "after")};
    }
    return changes;
}

static struct rows_evidence
read_rows(struct reader *reader, const json_t *parent)
{
    const json_t *object = member(reader, parent, "rows");
    return (struct rows_evidence){
        .fillings = read_fillings(reader, object, "invented"),
        .up = read_run(reader, object, "up"),
        .down = read_run(reader, object, "down"),
        .changes = read_value_changes(reader, object),
        .new_fillings = read_fillings(reader, object, "invented_after_up"),
        .down_again = read_run(reader, object, "down_again"),
    };
}

static struct prechecks
read_prechecks(struct reader *reader, const json_t *parent)
{
    static const char *const directions[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};
    struct prechecks prechecks;
    const json_t *list = NULL;
    prechecks.items = read_list(reader, parent, "prechecks", sizeof *prechecks.items,
                                &prechecks.count, &list);
    for (size_t i = 0; i < prechecks.count; i++) {
        const json_t *object = json_array_get(list, i);
        prechecks.items[i] = (struct precheck){
            .direction = read_word(reader, object, "direction", directions,
                                   G_N_ELEMENTS(directions)),
            .relation = read_text(reader, object, "relation"),
            .words = read_text(reader, object, "rows"),
            .query = read_text(reader, object, "query"),
            .refusal = read_text(reader, object, "refusal"),
            .unproved = read_text(reader, object, "not_proved"),
        };
    }
    return prechecks;
}

static void
read_migration(struct reader *reader, const json_t *object, struct migration_evidence *evidence)
{
    evidence->up = read_run(reader, object, "up");
    evidence->verify = read_run(reader, object, "verify");
    evidence->down = read_run(reader, object, "down");
    evidence->again = read_run(reader, object, "again");
    evidence->changes = read_differences(reader, object, "changes");
    evidence->left = read_differences(reader, object, "after_down");
    evidence->again_differs = read_differences(reader, object, "after_second_up");
    evidence->up_removes = read_removals(reader, object, "up_removes");
    evidence->down_removes = read_removals(reader, object, "down_removes");
    evidence->rows = read_rows(reader, object);
    evidence->prechecks = read_prechecks(reader, object);
    evidence->missing = read_names(reader, object, "without");
    if (!reader->broken)
        evidence->verdict = verdict_decide(reader->arena, evidence);
}

static void
read_all(struct reader *reader, const json_t *root, size_t wanted, struct rehearsal *rehearsal)
{
    const json_t *list = member(reader, root, "migrations");
    rehearsal->server = read_text(reader, root, "server");
    rehearsal->settings = read_names(reader, root, "settings");
    rehearsal->caveats = read_names(reader, root, "caveats");
    rehearsal->items = arena_array(reader->arena, rehearsal->count, sizeof *rehearsal->items);
    reader->broken = reader->broken || json_array_size(list) < wanted;
    for (size_t i = 0; i < rehearsal->count && !reader->broken; i++) {
        rehearsal->items[i].migration = &rehearsal->migrations->items[i];
        rehearsal->items[i].transactions = rehearsal->migrations->transactions;
        if (i < wanted)
            read_migration(reader, json_array_get(list, i), &rehearsal->items[i]);
    }
}

bool
evidence_read(struct arena *arena, const GString *text, size_t count, struct rehearsal *rehearsal)
{
    struct reader reader = {.arena = arena};
    struct rehearsal found = *rehearsal;
    json_t *root = json_loadb(text->str, text->len, 0, NULL);
    read_all(&reader, root, count, &found);
    json_decref(root);
    if (reader.broken)
        return false;
    *rehearsal = found;
    return true;
}
