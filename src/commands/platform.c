/* platform.c - a row for each CI. Git is asked alone, no network. */
#include "commands/platform.h"

#include "base/embedded.h"
#include "base/git.h"
#include "base/yaml.h"
#include "source/repository.h"

#include <string.h>

#define BRANCHES       "    branches: [main]\n" /* of the pattern for GitHub */
#define DEFAULT_BRANCH "main"
#define ORIGIN         "origin/"

static const struct platform platforms[] = {
    {CI_GITHUB, "GitHub Actions", ".github/workflows/dbdoc.yml", NULL, "share/ci/github.yml",
     "Set the variables that its first lines name, and publish Pages from GitHub Actions."},
    {CI_GITLAB, "GitLab CI", ".gitlab-ci.yml", ".gitlab/dbdoc.yml", "share/ci/gitlab.yml",
     "Set the variables that its first lines name."},
    {CI_SHELL, "a CI that runs a shell", "ci/dbdoc.sh", NULL, "share/ci/dbdoc.sh",
     "Its first lines say what to run when, such as \"sh ci/dbdoc.sh build\"."},
};

static const struct platform *
find_choice(enum ci_choice choice)
{
    for (size_t i = 0; i < G_N_ELEMENTS(platforms); i++)
        if (platforms[i].choice == choice)
            return &platforms[i];
    return NULL;
}

/* "git@github.com:us/shop.git", "https://gitlab.example.org/us/shop" → "github.com" … */
static char *
host_of(const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *host = scheme != NULL ? scheme + strlen("://") : url;
    g_autofree char *place = g_strndup(host, strcspn(host, "/"));
    const char *at = strrchr(place, '@');
    const char *begin = at != NULL ? at + 1 : place;
    return g_ascii_strdown(begin, (gssize)strcspn(begin, ":"));
}

static enum ci_choice
choice_of_remote(const char *root)
{
    static const char *const question[] = {"config", "--get", "remote.origin.url", NULL};
    g_autofree char *url = git_ask(root, question, NULL);
    g_autofree char *host = host_of(url != NULL ? url : "");
    if (strstr(host, "github") != NULL)
        return CI_GITHUB;
    return strstr(host, "gitlab") != NULL ? CI_GITLAB : CI_NONE;
}

const struct platform *
platform_find(const char *root, enum ci_choice choice)
{
    if (choice != CI_AUTO)
        return find_choice(choice);
    if (!repository_has(root, ".git"))
        return NULL;
    const struct platform *of_remote = find_choice(choice_of_remote(root));
    if (of_remote != NULL)
        return of_remote;
    if (repository_has(root, ".gitlab-ci.yml"))
        return find_choice(CI_GITLAB);
    return repository_has(root, ".github") ? find_choice(CI_GITHUB) : NULL;
}

/* What origin's HEAD is, else the branch that is checked out in a repository without one. */
static char *
default_branch(const char *root)
{
    static const char *const remote[] = {"symbolic-ref", "--quiet", "--short",
                                         "refs/remotes/origin/HEAD", NULL};
    static const char *const local[] = {"symbolic-ref", "--quiet", "--short", "HEAD", NULL};
    g_autofree char *of_remote = git_ask(root, remote, NULL);
    if (of_remote != NULL && g_str_has_prefix(of_remote, ORIGIN))
        return g_strdup(of_remote + strlen(ORIGIN));
    char *here = git_ask(root, local, NULL);
    return here != NULL ? here : g_strdup(DEFAULT_BRANCH);
}

GString *
platform_write(const struct platform *platform, const char *root)
{
    GString *text = g_string_new(embedded_find(platform->pattern)->text);
    if (strstr(text->str, BRANCHES) == NULL)
        return text;
    g_autofree char *branch = default_branch(root);
    g_autofree char *written = yaml_scalar(branch);
    if (written == NULL)
        return text;
    g_autofree char *line = g_strdup_printf("    branches: [%s]\n", written);
    g_string_replace(text, BRANCHES, line, 1);
    return text;
}
