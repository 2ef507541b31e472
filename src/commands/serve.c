/* serve.c - "dbdoc serve": builds, shows, watches, and builds again. One loop waits for all of it:
 * peers of the server, files, the build that runs, and Enter. */
#include "base/failure.h"
#include "base/interrupt.h"
#include "commands/builder.h"
#include "commands/command.h"
#include "commands/message.h"
#include "serve/watch.h"
#include "serve/web.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SETTLE (G_USEC_PER_SEC / 10) /* one save of an editor is several events */

struct serving {
    const struct invocation *invocation;
    struct web *web;
    struct watch *watch;
    struct builder builder;
    bool is_wanted;   /* another build */
    gint64 look_at;   /* when to look at the files, on the monotonic clock; 0: nothing happened */
    char *seen;       /* what they looked like before the newest build */
    GPtrArray *reads; /* what is watched */
    gint64 began;     /* the newest build, in microseconds since 1970 */
    bool has_input;   /* somebody may press Enter */
    bool has_warned;
};

/* ---- builds ---- */

static char *
look(struct serving *serving, gint64 *newest)
{
    struct look look = watch_look(serving->watch);
    if (!look.is_watched && !serving->has_warned) {
        serving->has_warned = true;
        message_warning("the machine gives no more watches, so that some changes go unseen. Press "
                        "Enter to build, or raise fs.inotify.max_user_watches.");
    }
    *newest = look.newest;
    return look.sum;
}

static bool
start_build(struct serving *serving, GError **error)
{
    gint64 newest = 0;
    g_free(serving->seen);
    serving->seen = look(serving, &newest);
    serving->began = g_get_real_time();
    serving->is_wanted = false;
    return builder_start(&serving->builder, serving->invocation, error);
}

static bool
knows(const GPtrArray *reads, const struct read *wanted)
{
    for (guint i = 0; i < reads->len; i++) {
        const struct read *read = reads->pdata[i];
        if (read->kind == wanted->kind && g_str_equal(read->path, wanted->path) &&
            g_str_equal(read->suffix, wanted->suffix))
            return true;
    }
    return false;
}

static bool
are_equal(const GPtrArray *a, const GPtrArray *b)
{
    bool equal = a->len == b->len;
    for (guint i = 0; equal && i < a->len; i++) {
        const struct read *one = a->pdata[i];
        const struct read *other = b->pdata[i];
        equal = one->kind == other->kind && g_str_equal(one->path, other->path) &&
                g_str_equal(one->suffix, other->suffix);
    }
    return equal;
}

/* A build that failed has not read everything: what the one before it read still counts. */
static void
keep_old(const GPtrArray *old, struct build_report *report)
{
    guint count = report->reads->len;
    for (guint i = 0; report->error != NULL && i < old->len; i++) {
        const struct read *read = old->pdata[i];
        if (i >= count || !knows(report->reads, read))
            g_ptr_array_add(report->reads, read_new(read->kind, read->path, read->suffix));
    }
}

/* Watches what the build read. What it read for the first time may have changed since. */
static void
follow(struct serving *serving, struct build_report *report)
{
    keep_old(serving->reads, report);
    bool same = are_equal(serving->reads, report->reads);
    g_ptr_array_unref(serving->reads);
    serving->reads = g_ptr_array_ref(report->reads);
    watch_set(serving->watch, serving->reads);
    gint64 newest = 0;
    g_autofree char *sum = look(serving, &newest);
    if (same) {
        serving->is_wanted = serving->is_wanted || !g_str_equal(sum, serving->seen);
        return;
    }
    serving->is_wanted = serving->is_wanted || newest >= serving->began;
    g_free(serving->seen);
    serving->seen = g_steal_pointer(&sum);
}

static void
finish_build(struct serving *serving)
{
    struct build_report report;
    builder_finish(&serving->builder, &report);
    if (report.error == NULL) {
        web_publish(serving->web, report.target);
    } else if (!interrupt_pending()) {
        message_error(report.error->message);
        web_complain(serving->web, report.target, report.error->message);
    }
    follow(serving, &report);
    build_report_clear(&report);
}

/* ---- the loop ---- */

/* Files have changed when they look different; something beside them is nothing. */
static void
look_again(struct serving *serving)
{
    gint64 newest = 0;
    g_autofree char *sum = look(serving, &newest);
    serving->look_at = 0;
    if (!g_str_equal(sum, serving->seen))
        serving->is_wanted = true;
}

/* In the background, what is typed is for somebody else, and reading it would stop this process. */
static bool
is_in_front(void)
{
    return !isatty(STDIN_FILENO) || tcgetpgrp(STDIN_FILENO) == getpgrp();
}

static void
take_input(struct serving *serving)
{
    char text[512];
    ssize_t count = read(STDIN_FILENO, text, sizeof text);
    if (count == 0 || (count < 0 && errno != EINTR))
        serving->has_input = false;
    else if (count > 0 && memchr(text, '\n', (size_t)count) != NULL)
        serving->is_wanted = true;
}

enum { WATCH = WEB_DESCRIPTORS, BUILD, INPUT, DESCRIPTORS };

static int
patience(const struct serving *serving)
{
    int patience = web_patience(serving->web);
    if (serving->look_at == 0 || serving->builder.process != 0)
        return patience;
    gint64 rest = MAX(0, serving->look_at - g_get_monotonic_time()) / 1000 + 1;
    return patience < 0 ? (int)rest : MIN(patience, (int)rest);
}

static void
wait_for_all(const struct serving *serving, struct pollfd *descriptors)
{
    web_descriptors(serving->web, descriptors);
    descriptors[WATCH] = (struct pollfd){.fd = watch_descriptor(serving->watch), .events = POLLIN};
    descriptors[BUILD] = (struct pollfd){
        .fd = serving->builder.process != 0 ? serving->builder.reports : -1, .events = POLLIN};
    descriptors[INPUT] = (struct pollfd){
        .fd = serving->has_input && is_in_front() ? STDIN_FILENO : -1, .events = POLLIN};
    interrupt_poll(descriptors, DESCRIPTORS, patience(serving));
}

static bool
step(struct serving *serving, GError **error)
{
    struct pollfd descriptors[DESCRIPTORS];
    wait_for_all(serving, descriptors);
    web_run(serving->web);
    if (descriptors[INPUT].revents != 0)
        take_input(serving);
    if (descriptors[WATCH].revents != 0 && watch_take(serving->watch) && serving->look_at == 0)
        serving->look_at = g_get_monotonic_time() + SETTLE;
    if (descriptors[BUILD].revents != 0 && !builder_take(&serving->builder))
        finish_build(serving);
    if (serving->builder.process != 0 || interrupt_pending())
        return true;
    if (serving->look_at != 0 && g_get_monotonic_time() >= serving->look_at)
        look_again(serving);
    return !serving->is_wanted || start_build(serving, error);
}

/* ---- begin and end ---- */

/* A pipe, such as <(pg_dump …), can be read once. */
static bool
check_source(const struct invocation *invocation, GError **error)
{
    struct stat status;
    const char *source = invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
    if (source == NULL || stat(source, &status) != 0 || S_ISREG(status.st_mode) ||
        S_ISDIR(status.st_mode))
        return true;
    return failure_set(
        error, FAILURE_USAGE,
        "%s can be read once alone, and serve reads its SOURCE again and again. Write "
        "it to a file first.",
        source);
}

static void
greet(const struct serving *serving)
{
    enum verbosity verbosity = serving->invocation->options.verbosity;
    message_summary(verbosity, "Serving http://localhost:%u/ until Ctrl-C. Enter builds again.",
                    web_port(serving->web));
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    struct serving serving = {.invocation = invocation,
                              .reads = g_ptr_array_new_with_free_func(read_free),
                              .has_input = true};
    bool good = check_source(invocation, error) && (serving.watch = watch_new(error)) != NULL &&
                (serving.web = web_start(invocation->options.port, error)) != NULL;
    if (good)
        greet(&serving);
    good = good && start_build(&serving, error);
    while (good && !interrupt_pending())
        good = step(&serving, error);
    builder_stop(&serving.builder);
    web_stop(serving.web);
    watch_free(serving.watch);
    g_ptr_array_unref(serving.reads);
    g_free(serving.seen);
    return good;
}

const struct command command_serve = {
    .name = "serve",
    .arguments = "[SOURCE]",
    .completes = COMPLETES_FILES,
    .most = 1,
    .options = OPTION_OUTPUT_FOLDER | OPTION_PORT | OPTION_READ_OBSERVATIONS | OPTION_SIZES |
               OPTION_JOBS | OPTION_REHEARSE | OPTION_PUBLISH | OPTION_COMMANDS | OPTION_HISTORY |
               OPTIONS_OF_SOURCES,
    .summary = "build, show in a browser, and build again on changes",
    .help = "Builds the site as dbdoc build does, into the same folder, and shows it at\n"
            "http://localhost:8432/, for this machine alone. When dbdoc.yml, a note, a\n"
            "template, a file of the theme, the dump, or whatever else the site is made from\n"
            "changes, it is built again and open pages reload. A build that fails leaves the\n"
            "last good site, and says why on the page and here. Published pages hold nothing\n"
            "of this.\n"
            "\n"
            "A live database is not asked whether it has changed: press Enter to build again.\n"
            "Ctrl-C ends.\n"
            "\n"
            "Examples:\n"
            "  dbdoc serve\n"
            "  dbdoc serve --port 8080 priv/repo/structure.sql\n"
            "  dbdoc serve --rehearse\n",
    .run = run,
};
