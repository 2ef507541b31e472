/* test_offload.c - computations that end well, badly, or never. */
#include "base/offload.h"

#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
repeat(const void *data, GByteArray *answer)
{
    const char *word = data;
    for (int i = 0; i < 100000; i++)
        g_byte_array_append(answer, (const guint8 *)word, (guint)strlen(word));
}

static void
crash(const void *data, GByteArray *answer)
{
    g_byte_array_append(answer, data, 1);
    abort();
}

static void
leave(const void *data, GByteArray *answer)
{
    g_byte_array_append(answer, data, 1);
    exit(3);
}

static void
spin(const void *data, GByteArray *answer)
{
    const volatile char *word = data;
    while (*word != '\0')
        g_byte_array_set_size(answer, 0);
}

static void
chatter(const void *data, GByteArray *answer)
{
    (void)answer;
    if (write(STDOUT_FILENO, data, 1) != 1 || write(STDERR_FILENO, data, 1) != 1)
        abort();
}

static void
test_answer(void)
{
    g_autoptr(GByteArray) answer = g_byte_array_new();
    g_assert_true(offload_run(repeat, "0123456789", 10, answer));
    g_assert_cmpuint(answer->len, ==, 1000000);
    g_assert_cmpmem(answer->data + 999990, 10, "0123456789", 10);
}

static void
test_failures(void)
{
    void (*const computations[])(const void *, GByteArray *) = {crash, leave, spin};
    for (size_t i = 0; i < G_N_ELEMENTS(computations); i++) {
        g_autoptr(GByteArray) answer = g_byte_array_new();
        g_assert_false(offload_run(computations[i], "x", 1, answer));
        g_assert_cmpuint(answer->len, ==, 0);
    }
    g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1); /* no child is left */
}

static void
test_silence(void)
{
    g_autoptr(GByteArray) answer = g_byte_array_new();
    if (g_test_subprocess()) {
        g_assert_true(offload_run(chatter, "x", 10, answer));
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/offload/answer", test_answer);
    g_test_add_func("/offload/failures", test_failures);
    g_test_add_func("/offload/silence", test_silence);
    return g_test_run();
}
