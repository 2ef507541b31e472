/* workers.c - fork, a pipe for each child, and steps dealt out like cards. */
#include "base/workers.h"

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/process.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_JOBS 64
#define TICK_MS   200

/* What a child says: an answer, or a failure with its words behind it. */
struct message {
    enum { ANSWER, FAILED } kind;
    unsigned value; /* the answer, or the failure's code */
    size_t length;  /* of the words */
};

struct worker {
    pid_t process;
    int reports; /* -1 when it has said everything */
};

struct crew {
    const struct work *work;
    unsigned size;
    struct worker workers[MOST_JOBS];
    size_t done;
    size_t sum;
};

unsigned
workers_available(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    return (unsigned)CLAMP(CPU_COUNT(&set), 1, MOST_JOBS);
}

static bool
write_all(int descriptor, const void *bytes, size_t length)
{
    const char *rest = bytes;
    while (length > 0) {
        ssize_t count = write(descriptor, rest, length);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0) {
            rest += count;
            length -= (size_t)count;
        }
    }
    return true;
}

static bool
read_all(int descriptor, void *bytes, size_t length)
{
    char *rest = bytes;
    while (length > 0) {
        ssize_t count = read(descriptor, rest, length);
        if (count == 0 || (count < 0 && errno != EINTR))
            return false;
        if (count > 0) {
            rest += count;
            length -= (size_t)count;
        }
    }
    return true;
}

static void
run_child(const struct work *work, unsigned jobs, unsigned number, int reports)
{
    static const struct identity same = {0};
    g_autoptr(GError) error = NULL;
    bool good = process_become(&same);
    for (size_t i = number; good && i < work->count; i += jobs) {
        struct message message = {.kind = ANSWER};
        good = work->step(work->data, i, &message.value, &error) &&
               write_all(reports, &message, sizeof message);
    }
    if (error != NULL) {
        struct message message = {FAILED, (unsigned)error->code, strlen(error->message)};
        good = write_all(reports, &message, sizeof message) &&
               write_all(reports, error->message, message.length);
    }
    _exit(good ? 0 : 1);
}

static bool
start(struct crew *crew, unsigned number, GError **error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return failure_set(error, FAILURE_WRITE,
                           "cannot make a pipe (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        run_child(crew->work, crew->size, number, ends[1]);
    }
    close(ends[1]);
    crew->workers[number] = (struct worker){child, ends[0]};
    return child > 0 ||
           failure_set(error, FAILURE_WRITE,
                       "cannot start a process (%s). Raise the limits of this user (ulimit), or "
                       "try with fewer jobs.",
                       g_strerror(errno));
}

static bool
take_failure(const struct worker *worker, const struct message *message, GError **error)
{
    g_autofree char *words = g_malloc0(message->length + 1);
    if (!read_all(worker->reports, words, message->length))
        return false;
    return failure_set(error, (enum failure)message->value, "%s", words);
}

/* One message of a child, or its end. */
static bool
take_report(struct crew *crew, struct worker *worker, GError **error)
{
    struct message message;
    if (!read_all(worker->reports, &message, sizeof message)) {
        close(worker->reports);
        worker->reports = -1;
        return true;
    }
    if (message.kind == FAILED)
        return take_failure(worker, &message, error);
    crew->done++;
    crew->sum += message.value;
    progress_count(crew->work->title, crew->done, crew->work->count);
    return true;
}

/* False when nobody has anything more to say. */
static bool
wait_reports(const struct crew *crew, struct pollfd *inputs)
{
    bool open = false;
    for (unsigned i = 0; i < crew->size; i++) {
        inputs[i] = (struct pollfd){.fd = crew->workers[i].reports, .events = POLLIN};
        open = open || inputs[i].fd >= 0;
    }
    if (open)
        poll(inputs, crew->size, TICK_MS);
    return open;
}

static bool
listen_all(struct crew *crew, GError **error)
{
    struct pollfd inputs[MOST_JOBS];
    while (wait_reports(crew, inputs)) {
        if (!interrupt_check(error))
            return false;
        for (unsigned i = 0; i < crew->size; i++)
            if ((inputs[i].revents & (POLLIN | POLLHUP)) != 0 &&
                !take_report(crew, &crew->workers[i], error))
                return false;
    }
    return true;
}

static void
dismiss(struct crew *crew)
{
    for (unsigned i = 0; i < crew->size; i++) {
        const struct worker *worker = &crew->workers[i];
        if (worker->process <= 0)
            continue;
        if (worker->reports >= 0) {
            kill(worker->process, SIGKILL);
            close(worker->reports);
        }
        while (waitpid(worker->process, NULL, 0) < 0 && errno == EINTR)
            ;
    }
}

static bool
run_here(const struct work *work, size_t *sum, GError **error)
{
    for (size_t i = 0; i < work->count; i++) {
        unsigned answer = 0;
        if (!interrupt_check(error) || !work->step(work->data, i, &answer, error))
            return false;
        *sum += answer;
        progress_count(work->title, i + 1, work->count);
    }
    return true;
}

bool
workers_run(const struct work *work, unsigned jobs, size_t *sum, GError **error)
{
    *sum = 0;
    struct crew crew = {.work = work, .size = (unsigned)MIN(MIN(jobs, MOST_JOBS), work->count)};
    if (crew.size <= 1)
        return run_here(work, sum, error);
    bool done = true;
    for (unsigned i = 0; done && i < crew.size; i++)
        done = start(&crew, i, error);
    done = done && listen_all(&crew, error);
    dismiss(&crew);
    *sum = crew.sum;
    if (done && crew.done < work->count)
        return failure_set(
            error, FAILURE_BUG,
            "a worker process ended early (%s: %zu of %zu). Was it killed, or out of "
            "memory? Try again with fewer jobs.",
            work->title, crew.done, work->count);
    return done;
}
