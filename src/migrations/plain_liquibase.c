/* plain_liquibase.c - Liquibase's formatted SQL: several changesets in a file, each with its
 * rollback in comments. */
#include "migrations/plain.h"

#include <string.h>

#define CHANGESET                                                                                  \
    "^[ \\t]*--[ \\t]*changeset[ \\t]+(\"[^\"]+\"|[^:\\n]+):[ \\t]*(\"[^\"]+\"|\\S+)(.*)$"

static char *
unquote(char *text)
{
    size_t length = strlen(text);
    if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
        memmove(text, text + 1, length - 2);
        text[length - 2] = '\0';
    }
    return text;
}

static void
end_last(GArray *items, guint first, const char *at)
{
    if (items->len == first)
        return;
    struct plain_item *last = &g_array_index(items, struct plain_item, items->len - 1);
    last->span = (size_t)(at - last->from);
}

static void
list_file(struct plain_reader *reader, const struct plain_file *file, GRegex *changeset)
{
    guint first = reader->items->len;
    GMatchInfo *match = NULL;
    g_regex_match(changeset, file->text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        gint start = 0;
        g_match_info_fetch_pos(match, 0, &start, NULL);
        g_autofree char *author = unquote(g_match_info_fetch(match, 1));
        g_autofree char *id = unquote(g_match_info_fetch(match, 2));
        end_last(reader->items, first, file->text + start);
        struct plain_item *item = plain_item_add(reader, id, g_strstrip(author), file->path);
        item->up = file;
        item->from = file->text + start;
    }
    g_match_info_free(match);
    end_last(reader->items, first, file->text + file->length);
}

bool
liquibase_list(struct plain_reader *reader, GError **error)
{
    (void)error;
    g_autoptr(GRegex) changeset = plain_regex(CHANGESET);
    g_autoptr(GRegex) directive = plain_regex(reader->format->directive);
    for (guint i = 0; i < reader->files->len; i++) {
        const struct plain_file *file = reader->files->pdata[i];
        if (g_regex_match(directive, file->text, 0, NULL))
            list_file(reader, file, changeset);
    }
    return true;
}

/* ---- One changeset ---- */

struct changeset {
    struct plain_cut *cut;
    char *text;       /* with its properties filled in */
    char *attributes; /* of its first line */
    unsigned line;
};

/* The value of an attribute; NULL when it is not set. Free with g_free. */
static char *
attribute(const struct changeset *changeset, const char *name)
{
    g_autofree char *pattern = g_strdup_printf("\\b%s:(\"[^\"]*\"|\\S+)", name);
    g_autoptr(GRegex) regex = plain_regex(pattern);
    GMatchInfo *match = NULL;
    char *value = NULL;
    if (g_regex_match(regex, changeset->attributes, 0, &match))
        value = unquote(g_match_info_fetch(match, 1));
    g_match_info_free(match);
    return value;
}

/* "--property name:x value:y" anywhere in the file. */
static char *
fill_properties(const struct plain_file *file, const char *from, size_t length)
{
    g_autoptr(GString) text = g_string_new_len(from, (gssize)length);
    if (strstr(text->str, "${") == NULL)
        return g_strdup(text->str); /* most have none, and the file may be long */
    g_autoptr(GRegex) property = plain_regex(
        "^[ \\t]*--[ \\t]*property[ \\t]+name:(\\S+)[ \\t]+value:(\"[^\"\\n]*\"|\\S+)");
    GMatchInfo *match = NULL;
    g_regex_match(property, file->text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *name = unquote(g_match_info_fetch(match, 1));
        g_autofree char *value = unquote(g_match_info_fetch(match, 2));
        g_autofree char *written = g_strdup_printf("${%s}", name);
        if (strstr(value, written) == NULL)
            g_string_replace(text, written, value, 0);
    }
    g_match_info_free(match);
    return g_strdup(text->str);
}

static struct changeset
open_changeset(struct plain_cut *cut, const struct plain_item *item)
{
    return (struct changeset){
        .cut = cut,
        .text = fill_properties(item->up, item->from, item->span),
        .attributes = g_strndup(item->from, strcspn(item->from, "\n")),
        .line = plain_line(item->up, item->from),
    };
}

static void
close_changeset(struct changeset *changeset)
{
    g_free(changeset->text);
    g_free(changeset->attributes);
}

/* Statements end at semicolons or at what the changeset's first line says. */
static void
add_text(const struct changeset *changeset, const char *text)
{
    text += strcspn(text, "\n");
    g_autofree char *written = attribute(changeset, "endDelimiter");
    g_autofree char *delimiter = written != NULL ? g_strcompress(written) : NULL;
    unsigned line = changeset->line;
    while (delimiter != NULL && *delimiter != '\0' && !g_str_equal(delimiter, ";")) {
        const char *next = strstr(text, delimiter);
        if (next == NULL)
            break;
        plain_add(changeset->cut, text, (size_t)(next - text), line);
        for (const char *c = text; c < next + strlen(delimiter); c++)
            line += *c == '\n';
        text = next + strlen(delimiter);
    }
    plain_add(changeset->cut, text, strlen(text), line);
}

/* What stands behind "--rollback" on a line; NULL: it is no such line. */
static const char *
rollback_of(const char *line)
{
    line += strspn(line, " \t");
    if (!g_str_has_prefix(line, "--"))
        return NULL;
    line += 2;
    line += strspn(line, " \t");
    if (g_ascii_strncasecmp(line, "rollback", strlen("rollback")) != 0)
        return NULL;
    line += strlen("rollback");
    return *line == '\0' || g_ascii_isspace(*line) ? line + strspn(line, " \t") : NULL;
}

static bool
opens_block(const char *line)
{
    return g_regex_match_simple("^\\s*/\\*\\s*liquibase\\s+rollback\\b", line, G_REGEX_CASELESS, 0);
}

/* The lines of the rollback, each at its place in a text of otherwise empty lines. */
static bool
collect_rollback(const struct changeset *changeset, GString *rollback)
{
    g_auto(GStrv) lines = g_strsplit(changeset->text, "\n", -1);
    bool found = false;
    bool block = false;
    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *words = rollback_of(lines[i]);
        const char *end = strstr(lines[i], "*/");
        if (block && end != NULL)
            g_string_append_len(rollback, lines[i], end - lines[i]);
        else if (block || words != NULL)
            g_string_append(rollback, block ? lines[i] : words);
        found = found || words != NULL || block;
        block = (block || opens_block(lines[i])) && end == NULL;
        g_string_append_c(rollback, '\n');
    }
    return found;
}

/* "changesetId:x changesetAuthor:y": the way up of another one. */
static bool
add_other(const struct changeset *changeset, const char *words)
{
    const struct plain_reader *reader = changeset->cut->reader;
    const struct changeset other = {.attributes = (char *)(guintptr)words};
    g_autofree char *id = attribute(&other, "changesetId");
    g_autofree char *author = attribute(&other, "changesetAuthor");
    for (guint i = 0; id != NULL && i < reader->items->len; i++) {
        const struct plain_item *item = &g_array_index(reader->items, struct plain_item, i);
        if (!g_str_equal(item->migration.version, id) ||
            (author != NULL && !g_str_equal(item->migration.name, author)))
            continue;
        struct changeset found = open_changeset(changeset->cut, item);
        changeset->cut->file = item->up;
        add_text(&found, found.text);
        close_changeset(&found);
        return true;
    }
    return false;
}

static void
cut_rollback(const struct changeset *changeset, enum plain_sending sending)
{
    struct plain_cut *cut = changeset->cut;
    struct migration_plan *plan = &cut->item->migration.down;
    g_autoptr(GString) rollback = g_string_new(NULL);
    if (!collect_rollback(changeset, rollback)) {
        plain_plan_absent(cut, plan);
        return;
    }
    g_autofree char *words = g_strstrip(g_strdup(rollback->str));
    plain_plan_begin(cut, cut->item->up);
    bool nothing = g_ascii_strcasecmp(words, "empty") == 0 ||
                   g_ascii_strcasecmp(words, "not required") == 0;
    if (g_ascii_strncasecmp(words, "changesetid:", strlen("changesetid:")) == 0) {
        if (!add_other(changeset, words))
            plain_add_opaque(cut, words, changeset->line, "no file here holds that changeset");
    } else if (!nothing) {
        add_text(changeset, rollback->str);
    }
    plain_plan_end(cut, plan, sending);
}

/* What may keep Liquibase from running it. */
static void
remark_on_conditions(const struct changeset *changeset)
{
    static const char *const names[] = {"context", "contextFilter", "labels", "runAlways",
                                        "runOnChange"};
    struct plain_cut *cut = changeset->cut;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *value = attribute(changeset, names[i]);
        if (value != NULL)
            plain_remark(
                cut, cut->item->up, changeset->line,
                arena_printf(cut->reader->arena, "Liquibase runs it with %s:%s", names[i], value));
    }
    if (g_regex_match_simple("^\\s*--\\s*preconditions\\b", changeset->text,
                             G_REGEX_MULTILINE | G_REGEX_CASELESS, 0))
        plain_remark(cut, cut->item->up, changeset->line,
                     "Liquibase runs it only when its preconditions hold");
}

static bool
is_for_postgresql(const struct changeset *changeset)
{
    g_autofree char *systems = attribute(changeset, "dbms");
    if (systems == NULL || strstr(systems, "!postgresql") != NULL)
        return systems == NULL;
    return strstr(systems, "postgresql") != NULL || strstr(systems, "all") != NULL ||
           strchr(systems, '!') != NULL;
}

/* "--comment: words" on a line of its own. Free with g_free. */
static char *
comment_of(const struct changeset *changeset)
{
    g_autoptr(GRegex) regex = plain_regex("^--\\s*(?i:comment):? (.*)$");
    GMatchInfo *match = NULL;
    char *words = NULL;
    g_regex_match(regex, changeset->text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_free(words);
        words = g_match_info_fetch(match, 1); /* the last one counts */
    }
    g_match_info_free(match);
    return words != NULL ? g_strstrip(words) : NULL;
}

/* What databasechangelog holds of it. A filter of several words stands in parentheses. */
static void
note_history(const struct changeset *changeset)
{
    struct plain_reader *reader = changeset->cut->reader;
    struct plain_item *item = changeset->cut->item;
    g_autofree char *comment = comment_of(changeset);
    g_autofree char *labels = attribute(changeset, "labels");
    g_autofree char *filter = attribute(changeset, "contextFilter");
    g_autofree char *context = filter != NULL ? g_steal_pointer(&filter)
                                              : attribute(changeset, "context");
    bool several = context != NULL && strpbrk(context, ", ") != NULL;
    g_autofree char *contexts = several ? g_strdup_printf("(%s)", context) : g_strdup(context);
    g_autofree char *checksum = liquibase_checksum(changeset->text);
    plain_fact_add(reader, item, "comments", comment);
    plain_fact_add(reader, item, "contexts", contexts);
    plain_fact_add(reader, item, "labels", labels);
    item->migration.checksum = arena_intern(reader->arena, checksum);
}

void
liquibase_cut(struct plain_cut *cut)
{
    struct plain_item *item = cut->item;
    struct changeset changeset = open_changeset(cut, item);
    enum plain_sending sending = plain_sending_of(cut->reader, item->up, changeset.attributes);
    bool here = is_for_postgresql(&changeset);
    if (!here)
        plain_remark(cut, item->up, changeset.line, "it is for other database systems");
    remark_on_conditions(&changeset);
    note_history(&changeset);
    plain_plan_begin(cut, item->up);
    if (here)
        add_text(&changeset, changeset.text);
    plain_plan_end(cut, &item->migration.up, sending);
    if (here)
        cut_rollback(&changeset, sending);
    close_changeset(&changeset);
}
