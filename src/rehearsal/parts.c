/* parts.c - evidence comes back from each process as the JSON that the cache keeps, in a file
 * without a name. */
#include "rehearsal/parts.h"

#include "base/failure.h"
#include "base/progress.h"
#include "base/workers.h"
#include "rehearsal/evidence_json.h"
#include "rehearsal/line.h"
#include "rehearsal/rehearsal.h"

#include <errno.h>
#include <stdio.h>

#define PARTS        2
#define WORTH_IT     40   /* migrations; a second server takes as long as a few of them */
#define FIRST_PART   0.58 /* of them: going up through it takes the second part some time */
#define PROBLEM_STEP "cannot keep evidence in a temporary file (%s). Make room in TMPDIR."

struct share {
    struct part part;
    FILE *evidence;
};

struct shares {
    struct share items[PARTS];
    part_rehearse *rehearse;
};

bool
parts_are_worth_it(const struct part *whole)
{
    return whole->first == 0 && whole->end >= WORTH_IT && whole->limits->server == NULL &&
           whole->rehearsal->migrations->probe == NULL && workers_available() >= PARTS;
}

static bool
write_evidence(const struct share *share, GError **error)
{
    GString *text = evidence_write(share->part.rehearsal);
    bool written = fwrite(text->str, 1, text->len, share->evidence) == text->len &&
                   fflush(share->evidence) == 0;
    g_string_free(text, TRUE);
    return written || failure_set(error, FAILURE_WRITE, PROBLEM_STEP, g_strerror(errno));
}

/* In a process of its own, which cannot be doubtful: nothing was known. One status line is for the
 * last part alone: its counts go up to the whole. */
static bool
rehearse_share(void *data, size_t i, unsigned *answer, GError **error)
{
    struct shares *shares = data;
    const struct share *share = &shares->items[i];
    bool doubtful = false;
    *answer = 0;
    if (i + 1 < PARTS)
        progress_begin(VERBOSITY_QUIET);
    return shares->rehearse(&share->part, &doubtful, error) && write_evidence(share, error);
}

static GString *
read_back(FILE *file)
{
    char piece[65536];
    GString *text = g_string_new(NULL);
    rewind(file);
    for (size_t length = 0; (length = fread(piece, 1, sizeof piece, file)) > 0;)
        g_string_append_len(text, piece, (gssize)length);
    return text;
}

/* The evidence of a share; all of the others' is dropped but how the ways up ended. */
static bool
take_evidence(const struct share *share, bool *doubtful)
{
    const struct part *part = &share->part;
    struct rehearsal *rehearsal = part->rehearsal;
    struct rehearsal found = *rehearsal;
    GString *text = read_back(share->evidence);
    bool whole = evidence_read(part->arena, text, part->end, &found);
    g_string_free(text, TRUE);
    if (!whole)
        return false;
    for (size_t i = 0; i < part->first; i++)
        *doubtful = *doubtful || found.items[i].up.end != rehearsal->items[i].up.end;
    for (size_t i = part->first; i < part->end; i++)
        rehearsal->items[i] = found.items[i];
    rehearsal->server = found.server;
    rehearsal->settings = found.settings;
    rehearsal->caveats = found.caveats;
    return true;
}

static bool
run_shares(struct shares *shares, bool *doubtful, GError **error)
{
    const struct work work = {"Rehearsing in two parts", PARTS, rehearse_share, shares};
    size_t sum = 0;
    if (!workers_run(&work, PARTS, &sum, error))
        return false;
    for (size_t i = 0; i < PARTS; i++)
        if (!take_evidence(&shares->items[i], doubtful))
            return failure_set(error, FAILURE_BUG, "a part of the rehearsal cannot be read back.");
    return true;
}

bool
parts_rehearse(const struct part *whole, part_rehearse *rehearse_one, bool *doubtful,
               GError **error)
{
    struct shares shares = {.rehearse = rehearse_one};
    struct cache keeps_nothing = *whole->cache;
    keeps_nothing.place = NULL; /* the last part has the last states */
    size_t middle = (size_t)((double)whole->end * FIRST_PART);
    bool good = true;
    for (size_t i = 0; i < PARTS; i++) {
        struct share *share = &shares.items[i];
        share->part = *whole;
        share->part.first = i == 0 ? 0 : middle;
        share->part.end = i == 0 ? middle : whole->end;
        share->evidence = tmpfile();
        good = good && share->evidence != NULL;
    }
    shares.items[0].part.cache = &keeps_nothing;
    good = good ? run_shares(&shares, doubtful, error)
                : failure_set(error, FAILURE_WRITE, PROBLEM_STEP, g_strerror(errno));
    for (size_t i = 0; i < PARTS; i++)
        if (shares.items[i].evidence != NULL)
            fclose(shares.items[i].evidence);
    return good;
}
