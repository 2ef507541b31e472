/* values.c - the value of a parameter in a log, as the bytes that stand for it. They are compared
 * by a hash and not kept. */
#include "workload/log.h"

#include "base/sql_lexer.h"

#include <stdlib.h>
#include <string.h>

/* Behind the value of an Elixir list that begins at c: at its comma or its closing bracket. */
static const char *
elixir_end(const char *c, const char *end)
{
    unsigned depth = 0;
    for (; c < end; c++) {
        if (*c == '"') {
            for (c++; c < end && *c != '"'; c++)
                c += *c == '\\';
            continue;
        }
        if (strchr("[{(<", *c) != NULL)
            depth++;
        else if (depth == 0 && strchr(",]", *c) != NULL)
            return c;
        else if (strchr("]})>", *c) != NULL)
            depth -= depth > 0;
    }
    return end;
}

static bool
find_in_elixir(struct span list, unsigned parameter, struct span *value)
{
    const char *end = list.text + list.length;
    const char *c = list.text + 1;
    for (unsigned number = 1; c < end && *c != ']'; number++) {
        const char *stop = elixir_end(c, end);
        if (number == parameter) {
            *value = (struct span){(char *)(guintptr)c, (size_t)(stop - c)};
            return true;
        }
        c = stop < end && *stop == ',' ? stop + 1 : end;
        while (c < end && *c == ' ')
            c++;
    }
    return false;
}

/* Behind "$1 = 'it''s'" or "$1 = NULL" that begins at c. */
static const char *
server_end(const char *c, const char *end)
{
    bool quoted = false;
    for (; c < end; c++) {
        quoted = quoted != (*c == '\'');
        if (*c == ',' && !quoted)
            return c;
    }
    return end;
}

static bool
find_in_server(struct span list, unsigned parameter, struct span *value)
{
    const char *end = list.text + list.length;
    for (const char *c = list.text; c < end && *c == '$';) {
        const char *stop = server_end(c, end);
        const char *equals = memchr(c, '=', (size_t)(stop - c));
        unsigned number = 0;
        for (const char *digit = c + 1; digit < stop && g_ascii_isdigit(*digit); digit++)
            number = number * 10 + (unsigned)g_ascii_digit_value(*digit);
        if (number == parameter && equals != NULL) {
            *value = (struct span){(char *)(guintptr)equals, (size_t)(stop - equals)};
            return true;
        }
        c = stop + MIN((size_t)2, (size_t)(end - stop));
    }
    return false;
}

static bool
find_literal(const char *sql, unsigned number, struct span *value)
{
    struct sql_token token;
    while (sql_next_word(&sql, &token))
        if ((token.kind == SQL_STRING || token.kind == SQL_NUMBER) && --number == 0) {
            *value = (struct span){(char *)(guintptr)token.text, token.length};
            return true;
        }
    return false;
}

bool
value_find(const struct log_event *event, unsigned parameters, unsigned parameter,
           struct span *value)
{
    if (parameter > parameters)
        return find_literal(event->sql, parameter - parameters, value);
    if (event->form == VALUES_NONE || event->values.length == 0)
        return false;
    return event->form == VALUES_ELIXIR ? find_in_elixir(event->values, parameter, value)
                                        : find_in_server(event->values, parameter, value);
}
