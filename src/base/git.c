/* git.c - git as a child process whose input and output are files in memory. */
#include "base/git.h"

#include "base/failure.h"
#include "base/process.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* In a CI job the checkout often belongs to another user. That git then refuses it protects from
 * programs which its configuration names; here none of them is run. */
static const char *const settings[] = {
    "-c", "safe.directory=*",     "-c", "core.quotePath=false",     "-c", "log.showSignature=false",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
};

static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                          "LC_ALL=C",
                                          "GIT_TERMINAL_PROMPT=0",
                                          "GIT_OPTIONAL_LOCKS=0",
                                          "GIT_NO_LAZY_FETCH=1",
                                          "GIT_NO_REPLACE_OBJECTS=1",
                                          "GIT_LITERAL_PATHSPECS=1",
                                          NULL};

static void
add(GPtrArray *argv, const char *argument)
{
    g_ptr_array_add(argv, (gpointer)(guintptr)argument);
}

static GPtrArray *
argv_of(const char *folder, const char *const *arguments)
{
    GPtrArray *argv = g_ptr_array_new();
    add(argv, "git");
    add(argv, "--no-pager");
    add(argv, "-C");
    add(argv, folder);
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
        add(argv, settings[i]);
    for (; *arguments != NULL; arguments++)
        add(argv, *arguments);
    add(argv, NULL);
    return argv;
}

static bool
write_all(int descriptor, const GString *text)
{
    for (gsize done = 0; done < text->len;) {
        ssize_t count = write(descriptor, text->str + done, text->len - done);
        if (count < 0 && errno != EINTR)
            return false;
        done += count > 0 ? (gsize)count : 0;
    }
    return lseek(descriptor, 0, SEEK_SET) == 0;
}

/* A file in memory that holds the text; -1 when there is none to be had. */
static int
make_file(const GString *text)
{
    int descriptor = memfd_create("git", MFD_CLOEXEC);
    if (descriptor < 0 || text == NULL || write_all(descriptor, text))
        return descriptor;
    close(descriptor);
    return -1;
}

static GString *
read_back(int descriptor)
{
    GString *text = g_string_new(NULL);
    char buffer[64 * 1024];
    if (lseek(descriptor, 0, SEEK_SET) != 0)
        return text;
    for (ssize_t count; (count = read(descriptor, buffer, sizeof buffer)) != 0;) {
        if (count < 0 && errno != EINTR)
            break;
        if (count > 0)
            g_string_append_len(text, buffer, count);
    }
    return text;
}

GString *
git_run(const char *folder, const char *const *arguments, const GString *input, GError **error)
{
    g_autoptr(GPtrArray) argv = argv_of(folder, arguments);
    struct process process = {
        .argv = (const char *const *)(const void *)argv->pdata,
        .environment = environment,
        .input = make_file(input),
        .result = make_file(NULL),
    };
    GString *output = NULL;
    if (process.input < 0 || process.result < 0)
        failure_set(error, FAILURE_USAGE, "cannot talk to git (%s). Give this machine more memory.",
                    g_strerror(errno));
    else if (process_run(&process, NULL, error))
        output = read_back(process.result);
    else if (error != NULL && g_error_matches(*error, FAILURE, FAILURE_DATABASE))
        (*error)->code = FAILURE_USAGE;
    if (process.input >= 0)
        close(process.input);
    if (process.result >= 0)
        close(process.result);
    return output;
}

char *
git_ask(const char *folder, const char *const *arguments, GError **error)
{
    GString *output = git_run(folder, arguments, NULL, error);
    return output == NULL ? NULL : g_strchomp(g_string_free(output, FALSE));
}

char *
git_find_commit(const char *folder, const char *name)
{
    g_autofree char *commit = g_strconcat(name, "^{commit}", NULL);
    const char *const arguments[] = {"rev-parse",        "--verify", "--quiet",
                                     "--end-of-options", commit,     NULL};
    return git_ask(folder, arguments, NULL);
}

bool
git_is_shallow(const char *folder)
{
    static const char *const arguments[] = {"rev-parse", "--is-shallow-repository", NULL};
    g_autofree char *answer = git_ask(folder, arguments, NULL);
    return answer != NULL && g_str_equal(answer, "true");
}

char *
git_find_top(const char *folder)
{
    static const char *const arguments[] = {"rev-parse", "--show-toplevel", NULL};
    return git_ask(folder, arguments, NULL);
}

char *
git_find_place(const char *folder, GError **error)
{
    static const char *const arguments[] = {"rev-parse", "--show-prefix", NULL};
    return git_ask(folder, arguments, error);
}

GString *
git_find_file(const char *folder, const char *commit, const char *path)
{
    g_autofree char *object = g_strconcat(commit, ":./", path, NULL);
    const char *const arguments[] = {"cat-file", "blob", object, NULL};
    return git_run(folder, arguments, NULL, NULL);
}
