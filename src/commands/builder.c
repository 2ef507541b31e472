/* builder.c - fork, a pipe for the report. The child keeps the signals as they are: told to stop,
 * it takes back what it staged. */
#include "commands/builder.h"

#include "base/failure.h"
#include "base/reads.h"
#include "commands/build.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Target, reads (kind, path, suffix), code of the failure (0: none) and its words. Names of files
 * are bytes; numbers stay on this machine. */
#define REPORT "(aya(uayay)is)"

/* ---- the child ---- */

static GVariant *
report_reads(void)
{
    GVariantBuilder list;
    const GPtrArray *reads = reads_noted();
    g_variant_builder_init(&list, G_VARIANT_TYPE("a(uayay)"));
    for (guint i = 0; reads != NULL && i < reads->len; i++) {
        const struct read *read = reads->pdata[i];
        g_variant_builder_add(&list, "(u^ay^ay)", (guint32)read->kind, read->path, read->suffix);
    }
    return g_variant_builder_end(&list);
}

static bool
write_all(int output, const void *bytes, size_t length)
{
    for (const char *rest = bytes; length > 0;) {
        ssize_t count = write(output, rest, length);
        if (count < 0 && errno != EINTR)
            return false;
        rest += MAX(count, 0);
        length -= (size_t)MAX(count, 0);
    }
    return true;
}

/* Its length first: the pipe may stay open in a process that outlives this one. */
static bool
send_report(int output, const char *target, const GError *error)
{
    g_autofree char *words = error == NULL ? g_strdup("") : g_utf8_make_valid(error->message, -1);
    g_autoptr(GVariant) report = g_variant_ref_sink(
        g_variant_new("(^ay@a(uayay)is)", target == NULL ? "" : target, report_reads(),
                      error == NULL ? 0 : error->code, words));
    const guint64 length = g_variant_get_size(report);
    return write_all(output, &length, sizeof length) &&
           write_all(output, g_variant_get_data(report), length);
}

/* The peers of the parent's server must not wait for this process. */
static bool
isolate(int *output)
{
    const int kept = STDERR_FILENO + 1;
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    bool done = prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
                (*output == kept || dup3(*output, kept, O_CLOEXEC) >= 0) &&
                close_range((unsigned)kept + 1, ~0u, 0) == 0;
    *output = kept;
    return done;
}

static void
run_child(const struct invocation *invocation, int output)
{
    g_autoptr(GError) error = NULL;
    int status = STATUS_DONE;
    if (!isolate(&output))
        _exit(1);
    reads_begin();
    g_autofree char *target = build_target(invocation, &error);
    if (target != NULL)
        command_build.run(invocation, &status, &error);
    _exit(send_report(output, target, error) ? 0 : 1);
}

/* ---- the parent ---- */

bool
builder_start(struct builder *builder, const struct invocation *invocation, GError **error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return failure_set(error, FAILURE_WRITE,
                           "cannot make a pipe (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    pid_t child = fork();
    if (child == 0)
        run_child(invocation, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return failure_set(error, FAILURE_WRITE,
                           "cannot start a process (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    }
    *builder = (struct builder){child, ends[0], g_byte_array_new()};
    return true;
}

/* Whether the length that stands first is there. */
static bool
is_complete(const GByteArray *said)
{
    guint64 length = 0;
    if (said->len < sizeof length)
        return false;
    memcpy(&length, said->data, sizeof length);
    return said->len - sizeof length >= length;
}

bool
builder_take(struct builder *builder)
{
    guint8 buffer[16384];
    ssize_t count = read(builder->reports, buffer, sizeof buffer);
    if (count > 0)
        g_byte_array_append(builder->said, buffer, (guint)count);
    return (count > 0 || (count < 0 && errno == EINTR)) && !is_complete(builder->said);
}

static int
wait_for(struct builder *builder)
{
    int status = 0;
    while (waitpid(builder->process, &status, 0) < 0 && errno == EINTR)
        ;
    close(builder->reports);
    builder->process = 0;
    builder->reports = -1;
    return status;
}

static void
read_report(const GByteArray *said, struct build_report *report)
{
    g_autoptr(GBytes)
        bytes = g_bytes_new(said->data + sizeof(guint64), said->len - sizeof(guint64));
    g_autoptr(GVariant)
        all = g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(REPORT), bytes, FALSE));
    g_autofree char *target = NULL;
    g_autoptr(GVariantIter) reads = NULL;
    const char *words = NULL;
    gint32 code = 0;
    g_variant_get(all, "(^aya(uayay)i&s)", &target, &reads, &code, &words);
    guint32 kind = 0;
    char *path = NULL;
    char *suffix = NULL;
    while (g_variant_iter_next(reads, "(u^ay^ay)", &kind, &path, &suffix)) {
        g_ptr_array_add(report->reads, read_new((enum read_kind)kind, path, suffix));
        g_free(path);
        g_free(suffix);
    }
    if (*target != '\0')
        report->target = g_steal_pointer(&target);
    if (code != 0)
        failure_set(&report->error, (enum failure)code, "%s", words);
}

void
builder_finish(struct builder *builder, struct build_report *report)
{
    *report = (struct build_report){.reads = g_ptr_array_new_with_free_func(read_free)};
    int status = wait_for(builder);
    if (is_complete(builder->said))
        read_report(builder->said, report);
    else
        failure_set(&report->error, FAILURE_BUG,
                    "the build ended before its end (%s %d). Was it killed, or out of memory? Try "
                    "again with fewer --jobs.",
                    WIFSIGNALED(status) ? "signal" : "status",
                    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    g_clear_pointer(&builder->said, g_byte_array_unref);
}

void
build_report_clear(struct build_report *report)
{
    g_free(report->target);
    g_ptr_array_unref(report->reads);
    g_clear_error(&report->error);
}

void
builder_stop(struct builder *builder)
{
    if (builder->process == 0)
        return;
    kill(builder->process, SIGTERM);
    wait_for(builder);
    g_clear_pointer(&builder->said, g_byte_array_unref);
}
