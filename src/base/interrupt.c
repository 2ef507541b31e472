/* interrupt.c - a flag set by a signal handler. */
#include "base/interrupt.h"

#include "base/failure.h"

#include <signal.h>

static volatile sig_atomic_t pending;

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};

static void
remember(int signal_number)
{
    (void)signal_number;
    pending = 1;
}

static void
set_all(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler}; /* no SA_RESTART: poll() must wake up */
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &action, NULL);
}

void
interrupt_install(void)
{
    set_all(remember);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
}

void
interrupt_uninstall(void)
{
    set_all(SIG_DFL);
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigemptyset(&standard.sa_mask);
    sigaction(SIGPIPE, &standard, NULL);
}

bool
interrupt_pending(void)
{
    return pending != 0;
}

int
interrupt_poll(struct pollfd *descriptors, size_t count, int milliseconds)
{
    const struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaddset(&blocked, signals[i]);
    for (size_t i = 0; i < count; i++)
        descriptors[i].revents = 0; /* which an interrupted poll leaves as they are */
    sigprocmask(SIG_BLOCK, &blocked, &before);
    int ready = interrupt_pending()
                    ? 0
                    : ppoll(descriptors, count, milliseconds < 0 ? NULL : &time, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return MAX(ready, 0);
}

bool
interrupt_check(GError **error)
{
    if (!interrupt_pending())
        return true;
    return failure_set(error, FAILURE_INTERRUPTED, "stopped on request. Nothing was published.");
}
