/* branch.c - which branch of each open \if is taken. */
#include "source/branch.h"

#include <string.h>

enum branch {
    BRANCH_TAKEN,
    BRANCH_WAITING, /* none was true yet */
    BRANCH_OVER,    /* another one was taken, or the whole \if lies in a branch that is not */
};

GArray *
branches_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(enum branch));
}

static enum branch *
innermost(const GArray *branches)
{
    return branches->len == 0 ? NULL : &((enum branch *)(void *)branches->data)[branches->len - 1];
}

/* psql takes any beginning of "true" and "yes", and "on". */
static bool
is_true(const char *value)
{
    if (value == NULL || *value == '\0')
        return false;
    size_t length = strlen(value);
    return g_ascii_strncasecmp("true", value, length) == 0 ||
           g_ascii_strncasecmp("yes", value, length) == 0 || g_ascii_strcasecmp("on", value) == 0 ||
           g_str_equal(value, "1");
}

void
branch_open(GArray *branches, const char *value)
{
    enum branch branch = !branch_is_active(branches) ? BRANCH_OVER
                         : is_true(value)            ? BRANCH_TAKEN
                                                     : BRANCH_WAITING;
    g_array_append_val(branches, branch);
}

bool
branch_next(GArray *branches, const char *value)
{
    enum branch *branch = innermost(branches);
    if (branch == NULL)
        return false;
    if (*branch == BRANCH_TAKEN)
        *branch = BRANCH_OVER;
    else if (*branch == BRANCH_WAITING && is_true(value))
        *branch = BRANCH_TAKEN;
    return true;
}

bool
branch_close(GArray *branches)
{
    if (branches->len == 0)
        return false;
    g_array_set_size(branches, branches->len - 1);
    return true;
}

bool
branch_is_active(const GArray *branches)
{
    const enum branch *branch = innermost(branches);
    return branch == NULL || *branch == BRANCH_TAKEN;
}
