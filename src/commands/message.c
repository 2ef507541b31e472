/* message.c - standard error for people, standard output for results. */
#include "commands/message.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/progress.h"
#include "base/secret.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
say(const char *prefix, const char *words)
{
    g_autofree char *safe = secret_mask(words);
    g_autofree char *visible = text_for_terminal(safe);
    progress_clear();
    fprintf(stderr, "%s%s\n", prefix, visible);
}

void
message_error(const char *words)
{
    say("dbdoc: error: ", words);
}

void
message_warning(const char *words)
{
    say("dbdoc: warning: ", words);
}

/* Takes both. */
static bool
say_failure(GError *problem, char *words, GError **error)
{
    bool stopped = problem->code == FAILURE_INTERRUPTED;
    if (stopped) {
        g_propagate_error(error, problem);
    } else {
        message_warning(words);
        g_error_free(problem);
    }
    g_free(words);
    return !stopped;
}

bool
message_failure(GError *problem, const char *what, GError **error)
{
    return say_failure(problem, g_strdup_printf("%s: %s", what, problem->message), error);
}

bool
message_failure_only(GError *problem, const char *what, GError **error)
{
    const char *advice = g_strrstr(problem->message, ". ");
    size_t length = advice != NULL ? (size_t)(advice - problem->message) : strlen(problem->message);
    return say_failure(problem, g_strdup_printf("%s (%.*s).", what, (int)length, problem->message),
                       error);
}

void
message_summary(enum verbosity verbosity, const char *format, ...)
{
    if (verbosity == VERBOSITY_QUIET)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    say("", words);
}

bool
result_write(const char *path, const GString *text, GError **error)
{
    progress_clear();
    if (path != NULL)
        return file_deliver(path, text->str, text->len, error);
    if (fwrite(text->str, 1, text->len, stdout) == text->len && fflush(stdout) == 0)
        return true;
    return failure_set(error, FAILURE_WRITE, "cannot write to standard output (%s).",
                       g_strerror(errno));
}

enum colour
result_colour(const struct options *options)
{
    if (options->colour != COLOUR_AUTO)
        return options->colour == COLOUR_ALWAYS ? COLOUR_ANSI : COLOUR_NONE;
    const char *terminal = g_getenv("TERM");
    const char *refused = g_getenv("NO_COLOR");
    bool colours = options->output == NULL && isatty(STDOUT_FILENO) && terminal != NULL &&
                   !g_str_equal(terminal, "dumb") && text_is_empty(refused);
    return colours ? COLOUR_ANSI : COLOUR_NONE;
}
