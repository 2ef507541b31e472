/* fuzz_plain.c - a file of SQL migrations as every tool that could have written it. */
#include "base/secret_sql.h"
#include "base/sql_lexer.h"
#include "input.h"
#include "migrations/plain.h"

#include <glib.h>
#include <string.h>

/* The names under which a tool would read the file. */
static const char *const names[] = {
    "1_a.sql",   "1_a.up.sql", "1_a/up.sql",   "1_a/migration.sql",
    "V1__a.sql", "000001.sql", "deploy/a.sql",
};

/* Steps come in the order of their lines, hold what they promise, and hide their passwords once and
 * for all. */
static void
look_at_plan(const struct migration_plan *plan)
{
    g_assert((plan->end == PLAN_COMPLETE) == (plan->reason == NULL));
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        g_assert(step->line > 0 && step->file != NULL);
        if (step->kind == STEP_OPAQUE) {
            g_assert(step->source != NULL && step->reason != NULL);
            continue;
        }
        const char *cursor = step->sql;
        struct sql_token token;
        g_assert(sql_next_word(&cursor, &token) && token.text == step->sql);
        g_autofree char *once = secret_mask_sql(step->sql, SECRET_FOR_READING);
        g_autofree char *run = secret_mask_sql(step->sql, SECRET_FOR_RUNNING);
        g_assert(once != NULL && run != NULL);
    }
}

static void
read_as(struct arena *arena, const struct plain_format *format, GPtrArray *files)
{
    struct plain_reader reader = {
        .arena = arena,
        .format = format,
        .root = "/nowhere",
        .folder = "m",
        .files = files,
        .warnings = g_ptr_array_new(),
    };
    struct migrations migrations = {0};
    g_autoptr(GError) error = NULL;
    bool good = plain_read(&reader, &migrations, &error);
    g_assert(good == (error == NULL));
    for (size_t i = 0; good && i < migrations.count; i++) {
        look_at_plan(&migrations.items[i].up);
        look_at_plan(&migrations.items[i].down);
    }
    g_ptr_array_unref(reader.warnings);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = input_text(data, size);
    struct arena *arena = arena_new();
    g_autoptr(GPtrArray) files = g_ptr_array_new();
    if (!g_utf8_validate(text, -1, NULL))
        text[0] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        struct plain_file *file = arena_alloc(arena, sizeof *file);
        *file = (struct plain_file){
            .path = names[i], .name = names[i], .text = text, .length = strlen(text)};
        g_ptr_array_add(files, file);
    }
    for (const struct plain_format *format = plain_formats; format->key != NULL; format++)
        read_as(arena, format, files);
    const struct plain_format *found = NULL;
    g_autoptr(GError) error = NULL;
    plain_detect("/nowhere", "m", files, &found, &error);
    arena_free(arena);
    return 0;
}
