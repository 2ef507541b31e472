/* finding.c - the words for how bad and how sure. */
#include "model/finding.h"

const char *const severity_words[] = {
    [SEVERITY_NOTE] = "note",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_ERROR] = "error",
};

const char *const strength_words[] = {
    [STRENGTH_PROVED] = "proved",
    [STRENGTH_OBSERVED] = "observed",
    [STRENGTH_HINT] = "hint",
};
