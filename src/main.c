/* main.c - argv to a command, its answer to an exit status. What the environment says about the
 * documented database is taken out of it first: nothing that dbdoc starts may reach that server. */
#include "base/failure.h"
#include "base/interrupt.h"
#include "commands/command.h"
#include "postgres/connection.h"

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <unistd.h>

static void
clear_environment(char **variables)
{
    for (char **variable = variables; *variable != NULL; variable++) {
        g_auto(GStrv) parts = g_strsplit(*variable, "=", 2);
        if (g_str_has_prefix(parts[0], "PG") || g_str_has_suffix(parts[0], "DATABASE_URL"))
            g_unsetenv(parts[0]);
    }
}

/* A failed assertion or worse. The old site is intact, and the keeper removes the cluster. */
static void
report_bug(int signal_number)
{
    (void)signal_number;
    static const char words[] =
        "dbdoc: error: this is a bug in dbdoc. Please report it with what you did.\n";
    (void)!write(STDERR_FILENO, words, sizeof words - 1);
    _exit(FAILURE_BUG);
}

static void
install_bug_report(void)
{
#ifndef __SANITIZE_ADDRESS__ /* which has a report of its own */
    static const int signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    struct sigaction action = {.sa_handler = report_bug};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &action, NULL);
#else
    (void)report_bug;
#endif
}

/* A file that is opened must not become standard output by chance. Writing there then fails. */
static void
fill_standard_files(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0)
            (void)open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

int
main(int argc, char **argv)
{
    (void)argc;
    fill_standard_files();
    install_bug_report();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of write() */
    struct target *target = target_from_environment();
    char **variables = g_get_environ();
    clear_environment(variables);
    interrupt_install();
    const struct surroundings surroundings = {target, variables};
    int status = command_main(argv, &surroundings);
    target_free(target);
    g_strfreev(variables);
    return status;
}
