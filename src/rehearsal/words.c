/* words.c - what the enumerations of evidence are called. */
#include "rehearsal/evidence.h"

const struct lock_word lock_words[LOCK_MODES] = {
    [LOCK_NONE] = {"", "none", "nothing"},
    [LOCK_ACCESS_SHARE] = {"AccessShareLock", "ACCESS SHARE", "nothing that applications do"},
    [LOCK_ROW_SHARE] = {"RowShareLock", "ROW SHARE", "nothing that applications do"},
    [LOCK_ROW_EXCLUSIVE] = {"RowExclusiveLock", "ROW EXCLUSIVE", "nothing that applications do"},
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = {"ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE",
                                     "VACUUM and other changes of the schema"},
    [LOCK_SHARE] = {"ShareLock", "SHARE", "writes"},
    [LOCK_SHARE_ROW_EXCLUSIVE] = {"ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE", "writes"},
    [LOCK_EXCLUSIVE] = {"ExclusiveLock", "EXCLUSIVE", "writes, and SELECT FOR UPDATE"},
    [LOCK_ACCESS_EXCLUSIVE] = {"AccessExclusiveLock", "ACCESS EXCLUSIVE", "reads and writes"},
};

const struct class_word reversal_words[] = {
    [REVERSAL_UNKNOWN] = {NULL, "unknown", "no verdict"},
    [REVERSAL_EXACT] = {"R0", "exact", "down restores the schema exactly"},
    [REVERSAL_TRACE] = {"R1", "trace", "down restores the schema; a physical trace stays"},
    [REVERSAL_ORDER] = {"R2", "order", "down restores the schema, but not the order of columns"},
    [REVERSAL_LOSSY] = {"R3", "lossy", "down does not restore the schema"},
    [REVERSAL_DATA] = {"R4", "data-dependent", "whether down works depends on the rows"},
    [REVERSAL_DESTROYS] = {"R5", "destroys-data", "down restores the schema, but not the data"},
    [REVERSAL_IMPOSSIBLE] = {"R6", "impossible", "there is no way back"},
};

const struct class_word loss_words[] = {
    [LOSS_UNKNOWN] = {NULL, "unknown", "not known"},
    [LOSS_NONE] = {"L0", "none", "no data is lost"},
    [LOSS_EXTERNAL] = {"L6", "external", "what was done outside of the database stays"},
    [LOSS_DERIVED] = {"L1", "derived", "what is lost can be computed again"},
    [LOSS_SINCE] = {"L2", "since-up", "what was written since up is lost"},
    [LOSS_PRECISION] = {"L4", "precision", "values lose precision"},
    [LOSS_REWRITTEN] = {"L5", "rewritten", "values that were written anew do not come back"},
    [LOSS_PRE_EXISTING] = {"L3", "pre-existing", "data from before up is lost"},
};

const char *const run_end_words[RUN_ENDS] = {
    [RUN_NOT_TRIED] = "not tried",   [RUN_COMPLETE] = "complete", [RUN_FAILED] = "failed",
    [RUN_LIMITED] = "limit reached", [RUN_LOST] = "session lost", [RUN_RAISED] = "refused",
    [RUN_ABSENT] = "not written",
};

const char *const sight_words[SIGHTS] = {
    [SIGHT_TRANSACTION] = "in its transaction",
    [SIGHT_WAITING] = "while it waited",
    [SIGHT_NONE] = "not seen",
    [SIGHT_OUTSIDE] = "not observed",
    [SIGHT_STOOD_IN] = "stood in",
    [SIGHT_NOT_RUN] = "not run",
};

const char *const change_kind_words[CHANGES] = {
    [CHANGE_ADDED] = "added",
    [CHANGE_REMOVED] = "removed",
    [CHANGE_CHANGED] = "changed",
    [CHANGE_MOVED] = "moved",
};
