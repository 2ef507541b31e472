/* offload.c - fork, a pipe for the answer, a limit on the processor's time. */
#include "base/offload.h"

#include "base/interrupt.h"
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    TICK_MS = 200,
    PATIENCE = 30, /* times the limit, for a child that waits instead of computing */
};

static bool refused;

/* Nothing that a library prints reaches the terminal; no core is written when it aborts. */
static bool
confine(unsigned seconds)
{
    static const struct identity same = {0};
    const struct rlimit time = {seconds, seconds};
    const struct rlimit nothing = {0, 0};
    int sink = open("/dev/null", O_WRONLY);
    return process_become(&same) && setrlimit(RLIMIT_CPU, &time) == 0 &&
           setrlimit(RLIMIT_CORE, &nothing) == 0 && dup2(sink, STDOUT_FILENO) >= 0 &&
           dup2(sink, STDERR_FILENO) >= 0;
}

static bool
write_all(int output, const GByteArray *bytes)
{
    for (guint done = 0; done < bytes->len;) {
        ssize_t count = write(output, bytes->data + done, bytes->len - done);
        if (count < 0 && errno != EINTR)
            return false;
        done += count > 0 ? (guint)count : 0;
    }
    return true;
}

static void
run_child(void (*compute)(const void *data, GByteArray *answer), const void *data, unsigned seconds,
          int output)
{
    g_autoptr(GByteArray) answer = g_byte_array_new();
    if (!confine(seconds))
        _exit(1);
    compute(data, answer);
    _exit(write_all(output, answer) ? 0 : 1);
}

/* Appends what there is to read; false at the end. */
static bool
take(int input, GByteArray *answer)
{
    guint8 buffer[4096];
    ssize_t count = read(input, buffer, sizeof buffer);
    if (count > 0)
        g_byte_array_append(answer, buffer, (guint)count);
    return count > 0 || (count < 0 && errno == EINTR);
}

/* Until the child has said everything; false when it takes too long. */
static bool
listen_to(int input, unsigned seconds, GByteArray *answer)
{
    gint64 end = g_get_monotonic_time() + (gint64)seconds * PATIENCE * G_USEC_PER_SEC;
    struct pollfd pipe = {.fd = input, .events = POLLIN};
    while (!interrupt_pending() && g_get_monotonic_time() < end)
        if (poll(&pipe, 1, TICK_MS) > 0 && !take(input, answer))
            return true;
    return false;
}

static bool
end_child(pid_t child, bool finished)
{
    int status = 0;
    if (!finished)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return finished && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool
offload_run(void (*compute)(const void *data, GByteArray *answer), const void *data,
            unsigned seconds, GByteArray *answer)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        refused = true;
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(compute, data, seconds, ends[1]);
    }
    close(ends[1]);
    refused = refused || child < 0;
    bool finished = child > 0 && listen_to(ends[0], seconds, answer);
    close(ends[0]);
    bool done = child > 0 && end_child(child, finished);
    if (!done)
        g_byte_array_set_size(answer, 0);
    return done;
}

bool
offload_was_refused(void)
{
    return refused;
}
