/* progress.c - the status line. Its state is the terminal's: one per process. */
#include "base/progress.h"

#include "base/text.h"

#include <stdio.h>
#include <unistd.h>

#define CLEAR_LINE "\r\033[K"
#define INTERVAL   (G_USEC_PER_SEC / 10)

static bool visible;
static bool drawn;
static gint64 last_count;

void
progress_begin(enum verbosity verbosity)
{
    const char *terminal = g_getenv("TERM");
    visible = verbosity == VERBOSITY_NORMAL && isatty(STDERR_FILENO) &&
              !(terminal != NULL && g_str_equal(terminal, "dumb"));
    drawn = false;
}

static void
draw(const char *text)
{
    g_autofree char *safe = text_for_terminal(text);
    fprintf(stderr, CLEAR_LINE "%.100s", safe);
    fflush(stderr);
    drawn = true;
}

void
progress_step(const char *format, ...)
{
    if (!visible)
        return;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    draw(text);
    last_count = 0;
}

void
progress_count(const char *what, size_t done, size_t total)
{
    gint64 now = visible ? g_get_monotonic_time() : 0;
    if (!visible || (now - last_count < INTERVAL && done != total))
        return;
    last_count = now;
    g_autofree char *text = g_strdup_printf("%s: %zu of %zu", what, done, total);
    draw(text);
}

void
progress_clear(void)
{
    if (drawn)
        fputs(CLEAR_LINE, stderr);
    drawn = false;
}
