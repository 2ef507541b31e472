/* test_workers.c - shares of work in forked processes: sums, failures, processes that die. */
#include "base/failure.h"
#include "base/workers.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool
answer_index(void *data, size_t i, unsigned *answer, GError **error)
{
    (void)data, (void)error;
    *answer = (unsigned)i;
    return true;
}

static void
test_sum(void)
{
    const struct work work = {"Testing", 1000, answer_index, NULL};
    static const unsigned jobs[] = {0, 1, 2, 7, 5000};
    for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
        size_t sum = 7;
        GError *error = NULL;
        g_assert_true(workers_run(&work, jobs[i], &sum, &error));
        g_assert_no_error(error);
        g_assert_cmpuint(sum, ==, 999 * 1000 / 2);
    }
}

static void
test_nothing(void)
{
    const struct work work = {"Testing", 0, answer_index, NULL};
    size_t sum = 7;
    g_assert_true(workers_run(&work, 4, &sum, NULL));
    g_assert_cmpuint(sum, ==, 0);
}

static bool
fail_at(void *data, size_t i, unsigned *answer, GError **error)
{
    const size_t *place = data;
    *answer = 1;
    return i != *place || failure_set(error, FAILURE_WRITE, "no room for step %zu", i);
}

static void
test_failure(void)
{
    size_t place = 41;
    const struct work work = {"Testing", 100, fail_at, &place};
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        size_t sum = 0;
        g_autoptr(GError) error = NULL;
        g_assert_false(workers_run(&work, jobs, &sum, &error));
        g_assert_error(error, FAILURE, FAILURE_WRITE);
        g_assert_cmpstr(error->message, ==, "no room for step 41");
    }
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1); /* no child is left */
}

static bool
die_at(void *data, size_t i, unsigned *answer, GError **error)
{
    const size_t *place = data;
    (void)error;
    *answer = 1;
    if (i == *place)
        kill(getpid(), SIGKILL);
    return true;
}

static void
test_death(void)
{
    size_t place = 10;
    const struct work work = {"Testing", 100, die_at, &place};
    size_t sum = 0;
    g_autoptr(GError) error = NULL;
    g_assert_false(workers_run(&work, 2, &sum, &error));
    g_assert_error(error, FAILURE, FAILURE_BUG);
    g_assert_nonnull(strstr(error->message, "ended early"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpuint(workers_available(), >=, 1);
    g_test_add_func("/workers/sum", test_sum);
    g_test_add_func("/workers/nothing", test_nothing);
    g_test_add_func("/workers/failure", test_failure);
    g_test_add_func("/workers/death", test_death);
    return g_test_run();
}
