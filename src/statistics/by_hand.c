/* by_hand.c - statistics that people write: how many rows tables have, and how many values columns.
 *
 *   date: 2026-11-27
 *   tables:
 *     blog.posts:
 *       rows: 120000
 *       columns:
 *         author_id: {distinct: 800}
 *         published_at: {nulls: 0.2} */
#include "statistics/statistics.h"

#include "base/json.h"
#include "base/text.h"
#include "base/yaml.h"
#include "catalog/address.h"

#include <math.h>
#include <string.h>

struct hand {
    struct yaml_source source;
    struct json json;
};

struct document {
    const char *date;
    const struct yaml *tables;
};

struct told_table {
    const char *rows;
    const struct yaml *columns;
};

/* The keys of a column, in the order of the members. */
struct told_column {
    const char *distinct;
    const char *nulls;
    const char *width;
    const char *correlation;
};

/* What import.sql calls them, and what they may be. */
static const struct {
    const char *key;
    const char *name;
    size_t offset;
    double least;
    double most;
    const char *words;
} numbers[] = {
    {"distinct", "distinct", offsetof(struct told_column, distinct), -1, 1e15,
     "how many values there are, or minus their share of the rows: -1 when no two are equal"},
    {"nulls", "null_fraction", offsetof(struct told_column, nulls), 0, 1,
     "the share of rows without a value, from 0 to 1"},
    {"width", "width", offsetof(struct told_column, width), 1, 1e6, "bytes of a value, from 1"},
    {"correlation", "correlation", offsetof(struct told_column, correlation), -1, 1,
     "how far rows lie in the order of the values, from -1 to 1"},
};

static bool
read_number(const char *text, double least, double most, double *number)
{
    char *end = NULL;
    *number = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number) && *number >= least && *number <= most;
}

static void
write_number(struct json *json, const char *key, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    json_key(json, key);
    json_text(json, g_ascii_dtostr(text, sizeof text, number));
}

static bool
read_column(struct hand *hand, const char *name, const struct yaml *map, GError **error)
{
    static const struct yaml_field fields[] = {
        {"distinct", YAML_TEXT, YAML_OPTIONAL, offsetof(struct told_column, distinct)},
        {"nulls", YAML_TEXT, YAML_OPTIONAL, offsetof(struct told_column, nulls)},
        {"width", YAML_TEXT, YAML_OPTIONAL, offsetof(struct told_column, width)},
        {"correlation", YAML_TEXT, YAML_OPTIONAL, offsetof(struct told_column, correlation)},
        {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
    };
    struct told_column column = {0};
    if (!yaml_bind(&hand->source, map, fields, &column, error))
        return false;
    json_object(&hand->json);
    json_key(&hand->json, "name");
    json_text(&hand->json, name);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        const char *text = *(const char **)((char *)&column + numbers[i].offset);
        double number = 0;
        if (text == NULL)
            continue;
        if (!read_number(text, numbers[i].least, numbers[i].most, &number))
            return yaml_complain(&hand->source, yaml_get(map, numbers[i].key), error, "%s: is %s.",
                                 numbers[i].key, numbers[i].words);
        write_number(&hand->json, numbers[i].name,
                     g_str_equal(numbers[i].key, "width") ? round(number) : number);
    }
    json_close(&hand->json);
    return true;
}

static bool
read_columns(struct hand *hand, const struct yaml *map, GError **error)
{
    bool good = true;
    json_key(&hand->json, "columns");
    json_array(&hand->json);
    for (size_t i = 0; good && map != NULL && i < map->count; i++)
        good = read_column(hand, map->keys[i]->text, map->items[i], error);
    json_close(&hand->json);
    return good;
}

/* Of "blog.posts", or "posts" of public. */
static bool
write_name(struct hand *hand, const struct yaml *key, GError **error)
{
    struct address_parts parts;
    bool good = address_parse(key->text, &parts);
    if (good && parts.count <= 2 && parts.arguments == NULL) {
        json_key(&hand->json, "schema");
        json_text(&hand->json, parts.count == 2 ? parts.names[0] : "public");
        json_key(&hand->json, "name");
        json_text(&hand->json, parts.names[parts.count - 1]);
    } else {
        yaml_complain(&hand->source, key, error, "this is no name of a table, such as blog.posts.");
    }
    if (good)
        address_parts_clear(&parts);
    return *error == NULL;
}

static bool
read_table(struct hand *hand, const struct yaml *key, const struct yaml *map, GError **error)
{
    static const struct yaml_field fields[] = {
        {"rows", YAML_TEXT, YAML_REQUIRED, offsetof(struct told_table, rows)},
        {"columns", YAML_MAP, YAML_OPTIONAL, offsetof(struct told_table, columns)},
        {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
    };
    struct told_table table = {0};
    double rows = 0;
    if (!yaml_bind(&hand->source, map, fields, &table, error))
        return false;
    if (!read_number(table.rows, 0, 1e12, &rows))
        return yaml_complain(&hand->source, yaml_get(map, "rows"), error,
                             "rows: is how many there are, such as 120000.");
    json_object(&hand->json);
    bool good = write_name(hand, key, error);
    write_number(&hand->json, "rows", rows);
    good = good && read_columns(hand, table.columns, error);
    json_close(&hand->json);
    return good;
}

static bool
read_document(struct hand *hand, const struct yaml *map, struct document *document, GError **error)
{
    static const struct yaml_field fields[] = {
        {"date", YAML_TEXT, YAML_OPTIONAL, offsetof(struct document, date)},
        {"tables", YAML_MAP, YAML_REQUIRED, offsetof(struct document, tables)},
        {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
    };
    return yaml_bind(&hand->source, map, fields, document, error) &&
           (document->date == NULL || text_is_day(document->date) ||
            yaml_complain(&hand->source, yaml_get(map, "date"), error,
                          "date: is the day of the figures, such as 2026-11-27."));
}

bool
statistics_by_hand(struct arena *arena, const char *name, const GString *text,
                   struct row_statistics *statistics, GError **error)
{
    struct hand hand = {.source = {name, text->str, text->len, 1}};
    struct yaml *map = NULL;
    struct document document = {0};
    GError *problem = NULL;
    if (!yaml_read(arena, &hand.source, &map, error) ||
        !read_document(&hand, map, &document, error))
        return false;
    json_begin(&hand.json);
    json_object(&hand.json);
    json_key(&hand.json, "relations");
    json_array(&hand.json);
    for (size_t i = 0; problem == NULL && i < document.tables->count; i++)
        read_table(&hand, document.tables->keys[i], document.tables->items[i], &problem);
    while (hand.json.depth > 0)
        json_close(&hand.json);
    GString *written = json_end(&hand.json);
    statistics->date = document.date;
    statistics->document = arena_text(arena, written->str, (gssize)written->len);
    g_string_free(written, TRUE);
    if (problem != NULL)
        g_propagate_error(error, problem);
    return problem == NULL;
}
