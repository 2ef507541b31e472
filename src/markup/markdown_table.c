/* markdown_table.c - cmark reads a pipe table as a paragraph. Its lines are taken from the text
 * again, cut into cells, and all cells of all tables are parsed as paragraphs of a second document
 * that ends with the first, so that link definitions of the text hold in cells too. */
#include "markup/markdown_table.h"

#include <string.h>

#define COLUMNS 64 /* a wider one is no table but an attempt to make many empty cells */

static void
row_free(void *row)
{
    g_free(((struct pipe_row *)row)->cells);
    g_free(row);
}

static void
table_free(void *table)
{
    g_array_unref(((struct pipe_table *)table)->alignments);
    g_ptr_array_unref(((struct pipe_table *)table)->rows);
    g_free(table);
}

static unsigned
count_quotes(cmark_node *node)
{
    unsigned quotes = 0;
    for (; node != NULL; node = cmark_node_parent(node))
        quotes += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    return quotes;
}

/* A line of a paragraph without the marks of the quotes and list items around it. A quote's mark
 * may be missing: a paragraph goes on without it. */
static char *
paragraph_line(const struct markdown *markdown, cmark_node *paragraph, unsigned line,
               unsigned quotes)
{
    size_t length = 0;
    const char *start = markdown_line(markdown, line, &length);
    if (start == NULL)
        return g_strdup("");
    const char *end = start + length;
    if (line == (unsigned)cmark_node_get_start_line(paragraph)) {
        start += MIN(length, (size_t)cmark_node_get_start_column(paragraph) - 1);
        quotes = 0;
    }
    start += strspn(start, " \t");
    for (; quotes > 0 && *start == '>'; quotes--)
        start += 1 + strspn(start + 1, " \t");
    return g_strstrip(g_strndup(start, (size_t)(end - start)));
}

/* Behind the code span that opens at `c`; NULL when it is never closed. */
static const char *
code_span_end(const char *c)
{
    size_t ticks = strspn(c, "`");
    for (const char *close = c + ticks; (close = strchr(close, '`')) != NULL;) {
        size_t run = strspn(close, "`");
        close += run;
        if (run == ticks)
            return close;
    }
    return NULL;
}

/* Appends what begins at a backtick: a code span, or backticks that open none. `open` holds the
 * lengths of runs that are known to be closed nowhere. */
static const char *
take_ticks(const char *c, GString *cell, guint64 *open)
{
    size_t ticks = strspn(c, "`");
    guint64 bit = ticks < 64 ? G_GUINT64_CONSTANT(1) << ticks : 0;
    const char *end = (*open & bit) == 0 && bit != 0 ? code_span_end(c) : NULL;
    if (end == NULL) {
        *open |= bit;
        g_string_append_len(cell, c, (gssize)ticks);
        return c + ticks;
    }
    for (; c < end; c++) {
        c += c[0] == '\\' && c[1] == '|';
        g_string_append_c(cell, *c);
    }
    return end;
}

/* One cell; *cursor moves behind the pipe that ends it. */
static char *
take_cell(const char **cursor)
{
    GString *cell = g_string_new(NULL);
    guint64 open = 0;
    const char *c = *cursor;
    while (*c != '\0' && *c != '|') {
        if (*c == '`') {
            c = take_ticks(c, cell, &open);
            continue;
        }
        if (c[0] == '\\' && c[1] == '|')
            c++;
        else if (c[0] == '\\' && g_ascii_ispunct(c[1]))
            g_string_append_c(cell, *c++);
        g_string_append_c(cell, *c++);
    }
    *cursor = c + (*c == '|');
    return g_strstrip(g_string_free(cell, FALSE));
}

/* What stands behind the last column stays in it, so that nothing is lost. */
static void
append_rest(GPtrArray *cells, const char *cursor)
{
    GString *last = g_string_new(cells->pdata[cells->len - 1]);
    while (*cursor != '\0') {
        g_autofree char *cell = take_cell(&cursor);
        if (*cell != '\0')
            g_string_append_printf(last, " | %s", cell);
    }
    g_free(cells->pdata[cells->len - 1]);
    cells->pdata[cells->len - 1] = g_string_free(last, FALSE);
}

/* The cells of a row, at most as many as there are columns; pipes at its ends part nothing. */
static GPtrArray *
split_row(const char *line, size_t columns)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    const char *cursor = line + (*line == '|');
    while (*cursor != '\0' && cells->len < columns)
        g_ptr_array_add(cells, take_cell(&cursor));
    if (*cursor != '\0')
        append_rest(cells, cursor);
    return cells;
}

/* "---", ":--", ":-:" or "--:" */
static bool
read_alignment(const char *cell, enum alignment *alignment)
{
    size_t length = strlen(cell);
    bool left = length > 0 && cell[0] == ':';
    bool right = length > 1 && cell[length - 1] == ':';
    size_t dashes = strspn(cell + left, "-");
    static const enum alignment sides[2][2] = {{ALIGNMENT_NONE, ALIGNMENT_RIGHT},
                                               {ALIGNMENT_LEFT, ALIGNMENT_CENTER}};
    *alignment = sides[left][right];
    return dashes > 0 && left + dashes + right == length;
}

/* The columns when the line is the one below a table's head; NULL when it is not. */
static GArray *
read_delimiters(const char *line)
{
    if (*line == '\0' || line[strspn(line, "|:- \t")] != '\0')
        return NULL;
    g_autoptr(GPtrArray) cells = split_row(line, COLUMNS + 1);
    GArray *alignments = g_array_new(FALSE, FALSE, sizeof(enum alignment));
    for (guint i = 0; i < cells->len; i++) {
        enum alignment alignment;
        if (!read_alignment(cells->pdata[i], &alignment)) {
            g_array_unref(alignments);
            return NULL;
        }
        g_array_append_val(alignments, alignment);
    }
    return alignments;
}

/* The columns of a table whose first two lines these are; NULL when they begin none. */
static GArray *
read_head(const char *head, const char *delimiters)
{
    if (strchr(head, '|') == NULL && strchr(delimiters, '|') == NULL)
        return NULL;
    GArray *alignments = read_delimiters(delimiters);
    if (alignments == NULL)
        return NULL;
    g_autoptr(GPtrArray) cells = split_row(head, COLUMNS + 1);
    if (alignments->len > 0 && alignments->len <= COLUMNS && cells->len == alignments->len)
        return alignments;
    g_array_unref(alignments);
    return NULL;
}

struct finder {
    struct markdown *markdown;
    GString *units;     /* the second document: one top-level block per unit */
    GPtrArray *waiting; /* cmark_node **: where the block of each unit goes */
    GHashTable *tables;
};

/* Remembers to put the next block of the second document there. */
static void
await_unit(struct finder *finder, cmark_node **place)
{
    g_ptr_array_add(finder->waiting, place);
}

static void
add_row(struct finder *finder, struct pipe_table *table, unsigned line, const char *text)
{
    g_autoptr(GPtrArray) cells = split_row(text, table->alignments->len);
    struct pipe_row *row = g_new0(struct pipe_row, 1);
    row->line = line;
    row->count = cells->len;
    row->cells = g_new0(cmark_node *, cells->len);
    for (guint i = 0; i < cells->len; i++) {
        g_string_append_printf(finder->units, TABLE_CELL_MARK "%s\n\n", (char *)cells->pdata[i]);
        await_unit(finder, &row->cells[i]);
    }
    g_ptr_array_add(table->rows, row);
}

/* Lines above the head become a quote of the second document: there, definitions at their start are
 * understood as in the text itself. */
static void
add_lead(struct finder *finder, struct pipe_table *table, const GPtrArray *lines, guint count)
{
    for (guint i = 0; i < count; i++)
        g_string_append_printf(finder->units, "> %s%s\n", i == 0 ? "" : "    ",
                               (char *)lines->pdata[i]);
    g_string_append_c(finder->units, '\n');
    await_unit(finder, &table->lead);
}

static void
add_table(struct finder *finder, cmark_node *paragraph, const GPtrArray *lines, guint head,
          GArray *alignments)
{
    struct pipe_table *table = g_new0(struct pipe_table, 1);
    unsigned first = (unsigned)cmark_node_get_start_line(paragraph);
    table->alignments = alignments;
    table->rows = g_ptr_array_new_with_free_func(row_free);
    if (head > 0)
        add_lead(finder, table, lines, head);
    add_row(finder, table, first + head, lines->pdata[head]);
    for (guint i = head + 2; i < lines->len; i++)
        add_row(finder, table, first + i, lines->pdata[i]);
    g_hash_table_insert(finder->tables, paragraph, table);
}

static void
look_at_paragraph(struct finder *finder, cmark_node *paragraph)
{
    unsigned first = (unsigned)cmark_node_get_start_line(paragraph);
    unsigned last = (unsigned)cmark_node_get_end_line(paragraph);
    if (last <= first)
        return;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    unsigned quotes = count_quotes(paragraph);
    for (unsigned line = first; line <= last; line++)
        g_ptr_array_add(lines, paragraph_line(finder->markdown, paragraph, line, quotes));
    for (guint i = 0; i + 1 < lines->len; i++) {
        GArray *alignments = read_head(lines->pdata[i], lines->pdata[i + 1]);
        if (alignments != NULL) {
            add_table(finder, paragraph, lines, i, alignments);
            return;
        }
    }
}

static void
parse_units(struct finder *finder)
{
    g_string_append(finder->units, finder->markdown->text);
    cmark_node *document = cmark_parse_document(finder->units->str, finder->units->len,
                                                CMARK_OPT_DEFAULT);
    cmark_node *unit = cmark_node_first_child(document);
    for (guint i = 0; i < finder->waiting->len; i++) {
        g_assert(unit != NULL); /* each unit is one block */
        *(cmark_node **)finder->waiting->pdata[i] = unit;
        unit = cmark_node_next(unit);
    }
    finder->markdown->cells = document;
}

GHashTable *
pipe_tables_find(struct markdown *markdown)
{
    struct finder finder = {
        .markdown = markdown,
        .units = g_string_new(NULL),
        .waiting = g_ptr_array_new(),
        .tables = g_hash_table_new_full(NULL, NULL, NULL, table_free),
    };
    cmark_iter *iter = cmark_iter_new(markdown->document);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
            look_at_paragraph(&finder, node);
            markdown_skip(iter, node);
        }
    }
    cmark_iter_free(iter);
    if (finder.waiting->len > 0)
        parse_units(&finder);
    g_string_free(finder.units, TRUE);
    g_ptr_array_unref(finder.waiting);
    return finder.tables;
}
