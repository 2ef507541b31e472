/* keeper.c - a child of dbdoc in a session of its own: it starts the postmaster, waits for the
 * leash to break (dbdoc ended, whichever way), stops the postmaster and removes the folder. */
#include "cluster/keeper.h"

#include "base/claim.h"
#include "base/failure.h"
#include "base/interrupt.h"
#include "cluster/kept.h"
#include "cluster/log.h"
#include "cluster/remains.h"
#include "cluster/template.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEMORY_LIMIT ((rlim_t)1024 * 1024 * 1024) /* private memory of one backend */
#define SEGMENT      ((rlim_t)1024 * 1024 * 1024) /* PostgreSQL's files end here */
#define WATCH_MS     200
#define STOP_MS      20000 /* more than remains_bury takes when it must use force */
#define STOP_STEP_MS 5
#define END_MS       10000 /* for the server's last checkpoint */

static void
set_limit(int resource, rlim_t most)
{
    struct rlimit limit = {most, most};
    if (setrlimit(resource, &limit) != 0)
        _exit(EXIT_FAILURE);
}

static void
add_setting(GPtrArray *arguments, const char *setting)
{
    g_ptr_array_add(arguments, g_strdup("-c"));
    g_ptr_array_add(arguments, g_strdup(setting));
}

static GPtrArray *
server_arguments(const struct keeper_task *task)
{
    static const char *const settings[] = {
        "listen_addresses=",
        "unix_socket_permissions=0700",
        "dynamic_shared_memory_type=mmap",
        "timezone=UTC",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "autovacuum=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "max_wal_size=256MB",
        "wal_recycle=off", /* what may be kept is small */
        "wal_init_zero=off",
        "checkpoint_timeout=1h",
        "shared_buffers=64MB",
        "max_connections=12",
        "max_locks_per_transaction=4096", /* thousands of tables in one transaction */
        "max_worker_processes=0",
        "max_parallel_workers=0",
        "max_logical_replication_workers=0",
        "jit=off",
        "logging_collector=off",
        "log_min_messages=fatal",
        "log_min_error_statement=panic",
        "lc_messages=C",
        "log_timezone=UTC",
    };
    GPtrArray *arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, g_build_filename(task->home->bin, "postgres", NULL));
    g_ptr_array_add(arguments, g_strdup("-D"));
    g_ptr_array_add(arguments, g_build_filename(task->folder, "data", NULL));
    g_ptr_array_add(arguments, g_strdup("-k"));
    g_ptr_array_add(arguments, g_strdup(task->folder));
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
        add_setting(arguments, settings[i]);
    add_setting(arguments, "log_line_prefix=" LOG_PREFIX);
    if (task->home->major >= 18)
        add_setting(arguments, "io_method=sync");
    g_autofree char *name = g_strdup_printf("cluster_name=%s", task->token);
    g_autofree char *files = g_strdup_printf("temp_file_limit=%" G_GUINT64_FORMAT "kB",
                                             task->bytes / 1024);
    add_setting(arguments, name);
    add_setting(arguments, files);
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

/* Becomes the postmaster; dies with the keeper. */
static void
exec_server(const struct keeper_task *task)
{
    g_autofree char *path = g_build_filename(task->folder, "log", NULL);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (log < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(log, STDOUT_FILENO) < 0 ||
        dup2(log, STDERR_FILENO) < 0)
        _exit(EXIT_FAILURE);
    interrupt_uninstall();
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    GPtrArray *arguments = server_arguments(task);
    char *const no_environment[] = {NULL};
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, MAX((rlim_t)task->bytes, SEGMENT));
    set_limit(RLIMIT_DATA, MEMORY_LIMIT); /* the last: dbdoc itself may have more already */
    execve(arguments->pdata[0], (char *const *)arguments->pdata, no_environment);
    _exit(EXIT_FAILURE);
}

static void
report(int reports, const char *words)
{
    g_autofree char *line = g_strdelimit(g_strdup(words), "\n", ' ');
    g_autofree char *ended = g_strconcat(line, "\n", NULL);
    ssize_t written = write(reports, ended, strlen(ended));
    (void)written; /* dbdoc may be gone; the leash says so */
}

/* Wherever an earlier run may have put its folder. */
static void
sweep(void)
{
    const char *const parents[] = {"/dev/shm", g_get_tmp_dir(), "/tmp"};
    for (size_t i = 0; i < G_N_ELEMENTS(parents); i++)
        claim_sweep(parents[i], CLUSTER_PREFIX, remains_bury);
}

static void
ignore_signals(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &ignore, NULL);
}

static bool
become_keeper(const struct keeper_task *task, GError **error)
{
    setsid();
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int standard = STDIN_FILENO; standard <= STDERR_FILENO; standard++)
        dup2(nothing, standard);
    sweep(); /* folders that root could not give away any more */
    bool became = process_become(&task->home->identity);
    prctl(PR_SET_PDEATHSIG, 0); /* the keeper is the one that outlives */
    ignore_signals();
    if (!became)
        return failure_set(error, FAILURE_DATABASE, "cannot become the user of PostgreSQL (%s).",
                           g_strerror(errno));
    sweep();
    return true;
}

/* What dbdoc said before it let go; NULL when it said nothing, or not to its end. */
static char *
read_label(int leash)
{
    char text[KEPT_LABEL + 1];
    ssize_t length = 0;
    ssize_t count = 0;
    while (length < KEPT_LABEL &&
           (count = read(leash, text + length, (size_t)(KEPT_LABEL - length))) > 0)
        length += count;
    return length > 0 && text[length - 1] == '\n' ? g_strndup(text, (gsize)length) : NULL;
}

/* Whether the server wrote down all that it had, and ended. */
static bool
end_in_order(pid_t server)
{
    int status = 0;
    kill(server, SIGINT);
    for (int waited = 0; waited < END_MS; waited += STOP_STEP_MS) {
        if (waitpid(server, &status, WNOHANG) == server)
            return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
        poll(NULL, 0, STOP_STEP_MS);
    }
    return false;
}

static void
end_at_once(pid_t server)
{
    kill(server, SIGQUIT);
    while (waitpid(server, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* Waits for the leash to break; hangs up the reports when the server ends before. */
static void
keep(const struct keeper_task *task, int leash, int reports, pid_t server)
{
    struct pollfd end = {.fd = leash, .events = POLLIN};
    bool lives = true;
    while (poll(&end, 1, WATCH_MS) <= 0) {
        if (lives && waitpid(server, NULL, WNOHANG) == server) {
            lives = false;
            close(reports);
        }
    }
    g_autofree char *label = read_label(leash);
    bool keeps = label != NULL && task->kept != NULL;
    if (lives && !keeps)
        end_at_once(server);
    else if (lives && end_in_order(server))
        kept_store(task->kept, task->folder, label);
}

static bool
make_data(const struct keeper_task *task, GError **error)
{
    if (!task->resumes)
        return template_copy(task->home, task->cache, task->folder, error);
    return kept_restore(task->kept, task->folder) ||
           failure_set(error, FAILURE_DATABASE, "what was kept of a server cannot be used.");
}

static void
run_keeper(const struct keeper_task *task, int leash, int reports)
{
    g_autoptr(GError) error = NULL;
    pid_t server = -1;
    if (become_keeper(task, &error) && make_data(task, &error)) {
        server = fork();
        if (server == 0)
            exec_server(task);
    }
    report(reports, server > 0 ? "ready" : error != NULL ? error->message : "cannot fork");
    if (server > 0)
        keep(task, leash, reports, server);
    remains_bury(task->folder);
    _exit(EXIT_SUCCESS);
}

static void
close_quietly(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* The keeper's first line. */
static bool
read_report(int reports, GError **error)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (char c = '\0'; c != '\n';) {
        struct pollfd input = {.fd = reports, .events = POLLIN};
        if (!interrupt_check(error))
            return false;
        if (poll(&input, 1, WATCH_MS) <= 0)
            continue;
        ssize_t count = read(reports, &c, 1);
        if (count == 0)
            break;
        if (count == 1 && c != '\n')
            g_string_append_c(words, c);
    }
    if (g_str_equal(words->str, "ready"))
        return true;
    return failure_set(error, FAILURE_DATABASE, "the throw-away PostgreSQL cannot be made: %s",
                       words->len > 0 ? words->str : "its keeper was killed.");
}

bool
keeper_server_lives(const struct keeper *keeper)
{
    struct pollfd reports = {.fd = keeper->reports};
    return poll(&reports, 1, 0) == 0;
}

bool
keeper_start(struct keeper *keeper, const struct keeper_task *task, GError **error)
{
    int leash[2];
    int reports[2];
    if (pipe2(leash, O_CLOEXEC) != 0 || pipe2(reports, O_CLOEXEC) != 0)
        return failure_set(error, FAILURE_DATABASE,
                           "cannot make a pipe (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    keeper->process = fork();
    if (keeper->process == 0) {
        close(leash[1]);
        close(reports[0]);
        run_keeper(task, leash[0], reports[1]);
    }
    close(leash[0]);
    close(reports[1]);
    keeper->leash = leash[1];
    keeper->reports = reports[0];
    if (keeper->process < 0)
        failure_set(error, FAILURE_DATABASE,
                    "cannot start a process (%s). Raise the limits of this user (ulimit).",
                    g_strerror(errno));
    if (keeper->process > 0 && read_report(keeper->reports, error))
        return true;
    if (keeper->process > 0 && interrupt_pending())
        kill(keeper->process, SIGKILL); /* it may wait for initdb, which ends with it */
    keeper_stop(keeper, NULL);
    return false;
}

void
keeper_stop(struct keeper *keeper, const char *label)
{
    if (label != NULL && keeper->leash >= 0) {
        ssize_t written = write(keeper->leash, label, strlen(label));
        (void)written; /* the pipe takes it whole or, when the keeper is gone, not at all */
    }
    close_quietly(&keeper->leash);
    close_quietly(&keeper->reports);
    for (int waited = 0; keeper->process > 0; waited += STOP_STEP_MS) {
        if (waitpid(keeper->process, NULL, WNOHANG) != 0)
            keeper->process = -1;
        else if (waited >= STOP_MS)
            kill(keeper->process, SIGKILL);
        else
            poll(NULL, 0, STOP_STEP_MS);
    }
}
