/* sequences.c - sequences that run out. Only shares are printed: how far a sequence has come says
 * how much business was done. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#define WARN_AT  0.50
#define ERROR_AT 0.75

/* What a column of this type holds at most. */
struct room {
    const char *type;
    double most;
};
static const struct room rooms[] = {
    {"smallint", INT16_MAX},
    {"integer", INT32_MAX},
};

/* The last value that still fits: the sequence's own end, or the end of its column's type. */
static double
last_fitting(const struct sequence *sequence)
{
    bool falls = sequence->increment < 0;
    double end = falls ? (double)sequence->minimum : (double)sequence->maximum;
    const struct column *column = sequence->owned_by.object;
    const char *type = column == NULL ? NULL : column_base_type(column);
    for (size_t i = 0; i < G_N_ELEMENTS(rooms); i++)
        if (text_equal(rooms[i].type, type))
            end = falls ? MAX(end, -rooms[i].most - 1) : MIN(end, rooms[i].most);
    return end;
}

/* From 0 to 1: how much of the way from its start to the end is used up. */
static double
used_share(const struct sequence_observation *seen)
{
    const struct sequence *sequence = seen->sequence.object;
    double end = last_fitting(sequence);
    double first = sequence->increment < 0 ? (double)sequence->maximum : (double)sequence->minimum;
    if (end == first)
        return 0;
    return CLAMP(((double)seen->last_value - first) / (end - first), 0, 1);
}

static bool
is_known(const struct sequence_observation *seen)
{
    const struct sequence *sequence = seen->sequence.object;
    return sequence != NULL && sequence->cycle != YES && seen->last_value != NUMBER_UNKNOWN &&
           sequence->increment != NUMBER_UNKNOWN && sequence->minimum != NUMBER_UNKNOWN &&
           sequence->maximum != NUMBER_UNKNOWN && !check_skips_name(sequence->name);
}

/* The narrowest part decides: the column, then the sequence's type, then the end somebody gave it.
 */
static void
propose_room(struct check_run *run, struct finding *finding, const struct sequence *sequence)
{
    const struct column *column = sequence->owned_by.object;
    g_autofree char *table = NULL;
    g_autofree char *own = NULL;
    if (column != NULL && !text_equal(column->type, "bigint"))
        table = sql_text("ALTER TABLE %O ALTER COLUMN %I TYPE bigint", column->object.parent,
                         column->name);
    if (!text_equal(sequence->type, "bigint") && sequence->identity != YES)
        own = sql_text("ALTER SEQUENCE %O AS bigint", &sequence->object);
    else if (table == NULL)
        own = sql_text("ALTER SEQUENCE %O %S", &sequence->object,
                       sequence->increment < 0 ? "NO MINVALUE" : "NO MAXVALUE");
    const char *statements[] = {table != NULL ? table : own, table != NULL ? own : NULL, NULL};
    fix_statements(run, finding, statements);
    if (table != NULL)
        check_advice(run, finding,
                     "Make %s and the columns that point to it bigint while there is "
                     "time: PostgreSQL writes the table anew and nobody can read it "
                     "meanwhile.",
                     check_path(run, column));
    else
        check_advice(run, finding, "Give the sequence more room.");
}

static void
report(struct check_run *run, const struct sequence_observation *seen, double share)
{
    const struct sequence *sequence = seen->sequence.object;
    int percent = (int)(share * 100);
    struct finding *finding = check_report(run, sequence, "Sequence %s is %d %% used up",
                                           check_path(run, sequence), percent);
    finding->severity = share > ERROR_AT ? SEVERITY_ERROR : SEVERITY_WARNING;
    finding->strength = STRENGTH_OBSERVED;
    const struct column *column = sequence->owned_by.object;
    if (column != NULL)
        check_detail(run, finding, "When it is used up, every insert into %s fails.",
                     check_path(run, column->object.parent));
    else
        check_detail(run, finding, "When it is used up, whatever asks it for a number fails.");
    g_autofree char *used = g_strdup_printf("%d %%", percent);
    check_evidence(run, finding, "Used", used);
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    check_evidence(run, finding, "Type of the column", column == NULL ? NULL : column->type);
    check_evidence(run, finding, "Type of the sequence", sequence->type);
    propose_room(run, finding, sequence);
}

void
check_sequence_exhaustion(struct check_run *run)
{
    if (run->model->observations == NULL)
        return;
    const struct sequence_observation_list *sequences = &run->model->observations->sequences;
    for (size_t i = 0; i < sequences->count; i++) {
        double share = is_known(&sequences->items[i]) ? used_share(&sequences->items[i]) : 0;
        if (share > WARN_AT)
            report(run, &sequences->items[i], share);
    }
}
