/* process.c - fork and exec, with output captured through one pipe. */
#include "base/process.h"

#include "base/failure.h"
#include "base/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_LIMIT ((gsize)1024 * 1024)
#define EXEC_FAILED  127
#define GUARD_MS     50
#define GRACE_MS     2000 /* between asking a group to end and ending it */

const char *const process_minimal_environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C",
                                                   NULL};

bool
process_become(const struct identity *identity)
{
    interrupt_uninstall();
    if (identity->switches &&
        (setgroups(0, NULL) != 0 || setgid(identity->group) != 0 || setuid(identity->user) != 0))
        return false;
    /* After setuid, which clears it. */
    return prctl(PR_SET_PDEATHSIG, SIGTERM) == 0;
}

static void
child_run(const struct process *process, int output)
{
    int input = process->input != 0 ? process->input : open("/dev/null", O_RDONLY);
    int result = process->result != 0 ? process->result : output;
    if (!process_become(&process->identity) || dup2(input, STDIN_FILENO) < 0 ||
        dup2(result, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0 ||
        (process->folder != NULL && chdir(process->folder) != 0))
        _exit(EXEC_FAILED);
    const char *const *environment = process->environment != NULL ? process->environment
                                                                  : process_minimal_environment;
    execvpe(process->argv[0], (char *const *)(gconstpointer)process->argv,
            (char *const *)(gconstpointer)environment);
    g_autofree char *words = g_strdup_printf("cannot run %s: %s\n", process->argv[0],
                                             g_strerror(errno));
    ssize_t written = write(STDERR_FILENO, words, strlen(words));
    (void)written; /* the status says that it did not run */
    _exit(EXEC_FAILED);
}

static GString *
collect(int input)
{
    GString *text = g_string_new(NULL);
    char buffer[4096];
    for (ssize_t count; (count = read(input, buffer, sizeof buffer)) != 0;) {
        if (count < 0 && errno != EINTR)
            break;
        if (count > 0 && text->len < OUTPUT_LIMIT)
            g_string_append_len(text, buffer, count);
    }
    return text;
}

/* Takes what is there to be read; false at its end. */
static bool
take(int input, GString *text)
{
    char buffer[4096];
    ssize_t count = 0;
    while ((count = read(input, buffer, sizeof buffer)) > 0)
        if (text->len < OUTPUT_LIMIT)
            g_string_append_len(text, buffer, count);
    return count < 0 && (errno == EAGAIN || errno == EINTR);
}

static int
wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

bool
process_run(const struct process *process, char **output, GError **error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return failure_set(error, FAILURE_DATABASE,
                           "cannot make a pipe (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    pid_t child = fork();
    if (child == 0)
        child_run(process, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return failure_set(error, FAILURE_DATABASE,
                           "cannot start a process (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    }
    GString *text = collect(ends[0]);
    close(ends[0]);
    int status = wait_for(child);
    bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!done) {
        g_strchomp(text->str);
        const char *words = *text->str != '\0' ? text->str : "it said nothing";
        /* Ctrl-C reaches the whole group: the child may have ended first. */
        if (interrupt_check(error))
            failure_set(error, FAILURE_DATABASE, "%s failed (%s).", process->argv[0], words);
    }
    if (output != NULL && done)
        *output = g_string_free(g_steal_pointer(&text), FALSE);
    if (text != NULL)
        g_string_free(text, TRUE);
    return done;
}

/* ---- A program that nobody vouches for ---- */

/* In a child of dbdoc's, which has its PATH from `process`. */
static void
child_watch(const struct process *process, int output)
{
    setpgid(0, 0);
    /* execvpe looks where the parent's PATH says. */
    const char *path = g_environ_getenv((char **)(guintptr)process->environment, "PATH");
    g_setenv("PATH", path != NULL ? path : "/usr/bin:/bin", TRUE);
    child_run(process, output);
}

/* Asks a group to end, then ends it. The child is waited for. */
static void
end_group(pid_t child)
{
    int status = 0;
    kill(-child, SIGTERM);
    for (int waited = 0; waited < GRACE_MS && waitpid(child, &status, WNOHANG) == 0;
         waited += GUARD_MS)
        poll(NULL, 0, GUARD_MS);
    kill(-child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
}

/* Puts a process into the group that ends it when dbdoc itself is killed: a child learns of that,
 * but not what it has started. Only SIGKILL ends the sentry, and it keeps nothing open. */
static pid_t
post_sentry(pid_t group)
{
    pid_t parent = getpid();
    pid_t sentry = fork();
    if (sentry > 0)
        setpgid(sentry, group); /* whoever comes first */
    if (sentry != 0)
        return sentry;
    sigset_t all;
    sigfillset(&all);
    if (sigprocmask(SIG_SETMASK, &all, NULL) != 0 || setpgid(0, group) != 0 ||
        close_range(0, ~0u, 0) != 0)
        _exit(EXIT_FAILURE);
    while (getppid() == parent)
        poll(NULL, 0, GUARD_MS);
    kill(-group, SIGTERM);
    poll(NULL, 0, GRACE_MS);
    kill(-group, SIGKILL);
    _exit(EXIT_SUCCESS);
}

/* Until the program ends; what it has started may go on. */
static bool
watch(pid_t child, int input, const struct process_guard *guard, GString *text, int *status,
      GError **error)
{
    bool open = true;
    while (waitpid(child, status, WNOHANG) == 0) {
        struct pollfd ready = {.fd = open ? input : -1, .events = POLLIN};
        if (interrupt_poll(&ready, 1, GUARD_MS) > 0)
            open = take(input, text);
        if (interrupt_check(error) && guard->check(guard->data, error))
            continue;
        end_group(child);
        return false;
    }
    kill(-child, SIGKILL);
    take(input, text);
    return true;
}

bool
process_watch(const struct process *process, const struct process_guard *guard, char **output,
              int *status, GError **error)
{
    int ends[2];
    *output = NULL;
    if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
        return failure_set(error, FAILURE_DATABASE,
                           "cannot make a pipe (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    pid_t child = fork();
    if (child == 0)
        child_watch(process, ends[1]);
    if (child > 0)
        setpgid(child, child); /* whoever comes first */
    close(ends[1]);
    pid_t sentry = child > 0 ? post_sentry(child) : -1;
    GString *text = g_string_new(NULL);
    bool done = sentry > 0 ? watch(child, ends[0], guard, text, status, error)
                           : failure_set(error, FAILURE_DATABASE,
                                         "cannot start a process (%s). Raise the limits of this "
                                         "user (ulimit).",
                                         g_strerror(errno));
    if (sentry > 0) {
        kill(sentry, SIGKILL);
        wait_for(sentry);
    } else if (child > 0) {
        end_group(child);
    }
    close(ends[0]);
    *output = g_string_free(text, FALSE);
    return done;
}
