/* log.c - lines of the server's log become entries. */
#include "cluster/log.h"

#include <stdbool.h>
#include <string.h>

/* A line that begins a message, in parts; the strings are its own. */
struct line {
    char *process;
    char *database;
    char *transaction;
    char *severity;
    char *text;
};

static void
entry_free(gpointer data)
{
    struct log_entry *entry = data;
    g_free(entry->process);
    g_free(entry->transaction);
    g_free(entry->text);
    g_free(entry->statement);
    g_free(entry);
}

static void
line_clear(struct line *line)
{
    g_free(line->process);
    g_free(line->database);
    g_free(line->transaction);
    g_free(line->severity);
    g_free(line->text);
}

static GRegex *
line_pattern(void)
{
    static const char pattern[] =
        "^[0-9-]+ [0-9:.]+ \\w+ \\[([0-9]+)\\] <(.*) ([0-9]*/[0-9]+)?> ([A-Z]+):  ";
    GError *error = NULL;
    GRegex *regex = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, &error);
    g_assert_no_error(error);
    return regex;
}

static bool
line_read(GRegex *pattern, const char *whole, struct line *line)
{
    GMatchInfo *match = NULL;
    gint end = 0;
    bool fits = g_regex_match(pattern, whole, 0, &match);
    if (fits) {
        g_match_info_fetch_pos(match, 0, NULL, &end);
        *line = (struct line){
            .process = g_match_info_fetch(match, 1),
            .database = g_match_info_fetch(match, 2),
            .transaction = g_match_info_fetch(match, 3),
            .severity = g_match_info_fetch(match, 4),
            .text = g_strdup(whole + end),
        };
    }
    g_match_info_free(match);
    return fits;
}

/* "statement: SQL", or of the extended protocol "execute NAME: SQL". NULL: it is no statement. */
static const char *
statement_of(const char *text)
{
    static const char simple[] = "statement: ";
    static const char extended[] = "execute ";
    if (g_str_has_prefix(text, simple))
        return text + strlen(simple);
    const char *colon = g_str_has_prefix(text, extended) ? strstr(text, ": ") : NULL;
    return colon != NULL ? colon + strlen(": ") : NULL;
}

/* What a line that begins a message says; NULL: nothing that is asked for. */
static struct log_entry *
entry_of(const struct line *line)
{
    static const char duration[] = "duration: ";
    static const char told[] = "dbdoc ";
    const char *statement = statement_of(line->text);
    struct log_entry found = {.text = NULL};
    if (g_str_equal(line->severity, "ERROR") || g_str_equal(line->severity, "FATAL"))
        found = (struct log_entry){.kind = LOG_REFUSAL, .text = g_strdup(line->text)};
    else if (!g_str_equal(line->severity, "LOG"))
        return NULL;
    else if (statement != NULL)
        found = (struct log_entry){.kind = LOG_STATEMENT, .text = g_strdup(statement)};
    else if (g_str_has_prefix(line->text, duration))
        found = (struct log_entry){
            .kind = LOG_DURATION,
            .microseconds = (gint64)(g_ascii_strtod(line->text + strlen(duration), NULL) * 1000 +
                                     0.5)};
    else if (g_str_has_prefix(line->text, told))
        found = (struct log_entry){.kind = LOG_TOLD, .text = g_strdup(line->text + strlen(told))};
    else
        return NULL;
    found.process = g_strdup(line->process);
    found.transaction = g_strdup(line->transaction);
    return g_memdup2(&found, sizeof found);
}

/* Where the server itself speaks there is no context; a function that raises a message of the same
 * words has one. */
static bool
is_genuine(const struct log_entry *entry, const char *context)
{
    switch (entry->kind) {
    case LOG_STATEMENT:
    case LOG_DURATION:
        return false;
    case LOG_REFUSAL:
        return true;
    case LOG_TOLD:
        return g_str_has_prefix(context, "PL/pgSQL function dbdoc_tell() line ");
    }
    g_assert_not_reached();
}

/* A further part of a message. */
static void
take_part(GPtrArray *entries, struct log_entry *entry, const struct line *line)
{
    if (g_str_equal(line->severity, "CONTEXT") && !is_genuine(entry, line->text)) {
        g_ptr_array_remove(entries, entry);
        return;
    }
    if (entry->kind != LOG_REFUSAL)
        return;
    if (g_str_equal(line->severity, "DETAIL")) {
        char *longer = g_strdup_printf("%s. %s", entry->text, line->text);
        g_free(entry->text);
        entry->text = longer;
    } else if (g_str_equal(line->severity, "STATEMENT") && entry->statement == NULL) {
        entry->statement = g_strdup(line->text);
    }
}

static bool
is_part(const struct line *line)
{
    static const char *const parts[] = {"DETAIL",  "HINT",     "QUERY",
                                        "CONTEXT", "LOCATION", "STATEMENT"};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if (g_str_equal(line->severity, parts[i]))
            return true;
    return false;
}

/* `whole` is the entry that the last message of the log became; NULL: none. Sessions write each
 * message at once. */
static struct log_entry *
take_line(GPtrArray *entries, const struct line *line, struct log_entry *whole)
{
    if (is_part(line)) {
        bool same = whole != NULL && g_str_equal(whole->process, line->process);
        guint before = entries->len;
        if (same)
            take_part(entries, whole, line);
        return entries->len == before ? whole : NULL;
    }
    struct log_entry *entry = entry_of(line);
    if (entry != NULL)
        g_ptr_array_add(entries, entry);
    return entry;
}

/* The message that begins here, its lines joined again; *next is the one behind it. */
static char *
take_message(const char *text, const char **next)
{
    GString *message = g_string_new(NULL);
    for (bool first = true; *text != '\0' && (first || *text == '\t'); first = false) {
        const char *end = text + strcspn(text, "\n");
        if (!first)
            g_string_append_c(message, '\n');
        text += !first;
        g_string_append_len(message, text, end - text);
        text = *end == '\n' ? end + 1 : end;
    }
    *next = text;
    return g_string_free(message, FALSE);
}

GPtrArray *
log_read(const char *text, const char *database)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func(entry_free);
    g_autoptr(GRegex) pattern = line_pattern();
    struct log_entry *whole = NULL;
    for (const char *next = NULL; *text != '\0'; text = next) {
        g_autofree char *message = take_message(text, &next);
        struct line line;
        if (!line_read(pattern, message, &line))
            continue;
        if (g_str_equal(line.database, database))
            whole = take_line(entries, &line, whole);
        line_clear(&line);
    }
    return entries;
}
