/* plain_sqitch.c - Sqitch keeps a plan of its changes: sqitch.plan, "Sqitch plan" in its manual.
 * The plan says all that its registry holds of a change, ids included. */
#include "migrations/plain.h"

#include "postgres/connection.h"

#include <string.h>

#define PLAN "sqitch.plan"

/* Behind its note: "+name [needs] 2024-01-31T10:00:00Z Planner <mail>", "@name 2024-…". */
#define PLAN_LINE                                                                                  \
    "^[ \\t]*(?:[@+-][ \\t]*)?(?<name>[^ \\t\\[]+)[ \\t]*(?:\\[(?<needs>[^\\]]+)\\][ \\t]*)?"      \
    "(?:(?<when>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)[ \\t]*)?"                              \
    "(?:(?<planner>[^<]+)[ \\t]+<(?<mail>[^>]+)>)?[ \\t]*$"

struct plan {
    char *project;
    char *uri;
    GArray *changes; /* struct change */
    GRegex *line;
};

/* What stands behind the name on a line. */
struct planned {
    char *when;
    char *planner;
    char *mail;
    char *note;
};

struct tag {
    char *name; /* "@v1.0" */
    char *id;
    struct planned planned;
};

/* A change of the plan. One that is reworked keeps its old scripts under NAME@TAG. */
struct change {
    char *name;
    char *id;
    char **needs; /* as written: "users", "users@v1.0", "!old", "other:users" */
    struct planned planned;
    GPtrArray *tags;    /* struct tag *: of the lines behind it */
    const char *suffix; /* the first tag behind it; NULL: none */
    bool reworked;
};

static void
planned_clear(struct planned *planned)
{
    g_free(planned->when);
    g_free(planned->planner);
    g_free(planned->mail);
    g_free(planned->note);
}

static void
tag_free(gpointer data)
{
    struct tag *tag = data;
    g_free(tag->name);
    g_free(tag->id);
    planned_clear(&tag->planned);
    g_free(tag);
}

static void
change_clear(gpointer data)
{
    struct change *change = data;
    g_free(change->name);
    g_free(change->id);
    g_strfreev(change->needs);
    planned_clear(&change->planned);
    g_ptr_array_unref(change->tags);
}

static struct change *
change_at(const struct plan *plan, guint i)
{
    return &g_array_index(plan->changes, struct change, i);
}

static void
plan_clear(struct plan *plan)
{
    g_free(plan->project);
    g_free(plan->uri);
    g_array_unref(plan->changes);
    g_regex_unref(plan->line);
}

/* ---- Ids: SHA-1 of what is planned, as git makes those of its objects ---- */

static char *
make_id(const char *kind, const GString *content)
{
    g_autofree char *head = g_strdup_printf("%s %zu", kind, content->len);
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
    g_checksum_update(sum, (const guchar *)head, (gssize)strlen(head) + 1);
    g_checksum_update(sum, (const guchar *)content->str, (gssize)content->len);
    char *id = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return id;
}

static GString *
begin_content(const struct plan *plan)
{
    GString *content = g_string_new(NULL);
    g_string_append_printf(content, "project %s\n", plan->project);
    if (plan->uri != NULL)
        g_string_append_printf(content, "uri %s\n", plan->uri);
    return content;
}

static void
add_planned(GString *content, const struct planned *planned)
{
    g_string_append_printf(content, "planner %s <%s>\ndate %s", planned->planner, planned->mail,
                           planned->when);
}

static void
add_note(GString *content, const struct planned *planned)
{
    if (*planned->note != '\0')
        g_string_append_printf(content, "\n\n%s", planned->note);
}

/* What it is called in the project itself; NULL: it belongs to another one. */
static const char *
need_of(const struct plan *plan, const char *written)
{
    written += *written == '!';
    const char *colon = strchr(written, ':');
    if (colon == NULL)
        return written;
    bool own = strlen(plan->project) == (size_t)(colon - written) &&
               g_str_has_prefix(written, plan->project);
    return own ? colon + 1 : NULL;
}

enum need { NEED_REQUIRED, NEED_CONFLICT };

/* How Sqitch writes the needs of that kind. Free with g_ptr_array_unref; the texts are the
 * change's. */
static GPtrArray *
needs_of(const struct plan *plan, const struct change *change, enum need kind)
{
    GPtrArray *needs = g_ptr_array_new();
    for (size_t i = 0; change->needs != NULL && change->needs[i] != NULL; i++) {
        const char *written = change->needs[i];
        const char *own = need_of(plan, written);
        if ((*written == '!') == (kind == NEED_CONFLICT))
            g_ptr_array_add(needs,
                            (gpointer)(guintptr)(own != NULL ? own : written + (*written == '!')));
    }
    return needs;
}

static void
add_needs(GString *content, const struct plan *plan, const struct change *change, enum need kind)
{
    static const char *const words[][2] = {
        [NEED_REQUIRED] = {"\nrequires", "\n  + "},
        [NEED_CONFLICT] = {"\nconflicts", "\n  - "},
    };
    g_autoptr(GPtrArray) needs = needs_of(plan, change, kind);
    if (needs->len > 0)
        g_string_append(content, words[kind][0]);
    for (guint i = 0; i < needs->len; i++)
        g_string_append_printf(content, "%s%s", words[kind][1], (const char *)needs->pdata[i]);
}

/* NULL where the plan does not say who planned it when: Sqitch refuses that. */
static char *
change_id(const struct plan *plan, const struct change *change)
{
    bool first = plan->changes->len == 0;
    const char *parent = first ? NULL : change_at(plan, plan->changes->len - 1)->id;
    if (plan->project == NULL || change->planned.when == NULL || change->planned.mail == NULL ||
        (!first && parent == NULL))
        return NULL;
    g_autoptr(GString) content = begin_content(plan);
    g_string_append_printf(content, "change %s\n", change->name);
    if (!first)
        g_string_append_printf(content, "parent %s\n", parent);
    add_planned(content, &change->planned);
    add_needs(content, plan, change, NEED_REQUIRED);
    add_needs(content, plan, change, NEED_CONFLICT);
    add_note(content, &change->planned);
    return make_id("change", content);
}

static char *
tag_id(const struct plan *plan, const struct tag *tag, const struct change *change)
{
    if (change->id == NULL || tag->planned.when == NULL || tag->planned.mail == NULL)
        return NULL;
    g_autoptr(GString) content = begin_content(plan);
    g_string_append_printf(content, "tag %s\nchange %s\n", tag->name, change->id);
    add_planned(content, &tag->planned);
    add_note(content, &tag->planned);
    return make_id("tag", content);
}

/* ---- Reading ---- */

/* Cuts the note off the line; "\n", "\r" and "\\" in it are written out. */
static char *
take_note(char *line)
{
    char *sign = strchr(line, '#');
    g_autoptr(GString) note = g_string_new(NULL);
    if (sign != NULL)
        *sign++ = '\0';
    for (const char *c = sign != NULL ? g_strstrip(sign) : ""; *c != '\0'; c++) {
        bool escape = *c == '\\' && c[1] != '\0' && strchr("nr\\", c[1]) != NULL;
        if (escape)
            c++;
        g_string_append_c(note, !escape ? *c : *c == 'n' ? '\n' : *c == 'r' ? '\r' : '\\');
    }
    return g_strdup(note->str);
}

/* NULL for what is not there. Free with g_free. */
static char *
part(const GMatchInfo *match, const char *group)
{
    char *text = g_match_info_fetch_named(match, group);
    if (text != NULL && *text != '\0')
        return text;
    g_free(text);
    return NULL;
}

static void
take_planned(const GMatchInfo *match, char *note, struct planned *planned)
{
    *planned = (struct planned){part(match, "when"), part(match, "planner"), part(match, "mail"),
                                note};
}

static void
read_change(struct plan *plan, const GMatchInfo *match, char *note)
{
    g_autofree char *needs = part(match, "needs");
    struct change change = {.name = g_match_info_fetch_named(match, "name"),
                            .tags = g_ptr_array_new_with_free_func(tag_free)};
    take_planned(match, note, &change.planned);
    if (needs != NULL)
        change.needs = g_strsplit_set(needs, " \t", -1);
    change.id = change_id(plan, &change);
    for (guint i = 0; i < plan->changes->len; i++)
        if (g_str_equal(change_at(plan, i)->name, change.name))
            change_at(plan, i)->reworked = true;
    g_array_append_val(plan->changes, change);
}

/* The first tag behind a change names the scripts that it had before it was reworked. */
static void
read_tag(struct plan *plan, const GMatchInfo *match, char *note)
{
    struct tag *tag = g_new0(struct tag, 1);
    g_autofree char *name = part(match, "name");
    tag->name = g_strconcat("@", name, NULL);
    take_planned(match, note, &tag->planned);
    if (plan->changes->len == 0) {
        tag_free(tag);
        return;
    }
    struct change *last = change_at(plan, plan->changes->len - 1);
    tag->id = tag_id(plan, tag, last);
    g_ptr_array_add(last->tags, tag);
    for (guint i = plan->changes->len; i-- > 0 && change_at(plan, i)->suffix == NULL;)
        change_at(plan, i)->suffix = tag->name;
}

static void
read_line(struct plan *plan, char *line)
{
    char *note = take_note(line);
    GMatchInfo *match = NULL;
    line = g_strstrip(line);
    if (*line == '\0' || *line == '-' || !g_regex_match(plan->line, line, 0, &match))
        g_free(note);
    else if (*line == '@')
        read_tag(plan, match, note);
    else
        read_change(plan, match, note);
    g_match_info_free(match);
}

/* "%project=blog" */
static void
read_pragma(struct plan *plan, char *line)
{
    g_free(take_note(line));
    g_auto(GStrv) parts = g_strsplit(line + 1, "=", 2);
    char **member = parts[0] == NULL || parts[1] == NULL           ? NULL
                    : g_str_equal(g_strstrip(parts[0]), "project") ? &plan->project
                    : g_str_equal(parts[0], "uri")                 ? &plan->uri
                                                                   : NULL;
    if (member == NULL)
        return;
    g_free(*member);
    *member = g_strdup(g_strstrip(parts[1]));
}

static void
read_plan(struct plan *plan, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        char *line = g_strstrip(lines[i]);
        if (*line == '%')
            read_pragma(plan, line);
        else
            read_line(plan, line);
    }
}

/* ---- What the registry holds ---- */

/* The place of the change before `end` that a need means: "name", "name@tag", "@tag"; -1: none. */
static int
find_need(const struct plan *plan, guint end, const char *need)
{
    const char *at = strchr(need, '@');
    g_autofree char *name = at != NULL ? g_strndup(need, (gsize)(at - need)) : g_strdup(need);
    bool behind_tag = at == NULL;
    for (guint i = end; i-- > 0;) {
        const struct change *change = change_at(plan, i);
        for (guint k = 0; !behind_tag && k < change->tags->len; k++)
            behind_tag = g_str_equal(((struct tag *)change->tags->pdata[k])->name, at);
        if (behind_tag && (*name == '\0' || g_str_equal(change->name, name)))
            return (int)i;
    }
    return -1;
}

static void
add_array(struct plain_reader *reader, struct plain_item *item, const char *name,
          const GPtrArray *texts)
{
    g_autofree char *array = array_join((const char *const *)texts->pdata, texts->len);
    plain_fact_add(reader, item, name, array);
}

/* Those of other projects have an id that only their own plan tells. */
static void
add_needs_facts(struct plain_reader *reader, struct plain_item *item, const struct plan *plan,
                guint number)
{
    const struct change *change = change_at(plan, number);
    g_autoptr(GPtrArray) required = needs_of(plan, change, NEED_REQUIRED);
    g_autoptr(GPtrArray) conflicts = needs_of(plan, change, NEED_CONFLICT);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < required->len; i++) {
        int place = find_need(plan, number, required->pdata[i]);
        g_ptr_array_add(ids, place >= 0 ? change_at(plan, (guint)place)->id : NULL);
    }
    add_array(reader, item, "requires", required);
    add_array(reader, item, "require_ids", ids);
    add_array(reader, item, "conflicts", conflicts);
}

static void
add_tag_facts(struct plain_reader *reader, struct plain_item *item, const struct change *change)
{
    static const char *const names[] = {"tags",      "tag_ids",      "tag_notes",
                                        "tag_times", "tag_planners", "tag_mails"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GPtrArray) texts = g_ptr_array_new();
        for (guint k = 0; k < change->tags->len; k++) {
            const struct tag *tag = change->tags->pdata[k];
            char *const values[] = {tag->name,
                                    tag->id,
                                    tag->planned.note,
                                    tag->planned.when,
                                    tag->planned.planner,
                                    tag->planned.mail};
            if (tag->id != NULL)
                g_ptr_array_add(texts, values[i]);
        }
        add_array(reader, item, names[i], texts);
    }
}

static void
add_facts(struct plain_reader *reader, struct plain_item *item, const struct plan *plan,
          guint number)
{
    const struct change *change = change_at(plan, number);
    const struct {
        const char *name;
        const char *value;
    } facts[] = {
        {"change_id", change->id},
        {"project", plan->project},
        {"uri", plan->uri},
        {"note", change->planned.note},
        {"planned_at", change->planned.when},
        {"planner_name", change->planned.planner},
        {"planner_email", change->planned.mail},
    };
    if (change->id == NULL)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        plain_fact_add(reader, item, facts[i].name, facts[i].value);
    add_needs_facts(reader, item, plan, number);
    add_tag_facts(reader, item, change);
}

/* ---- Scripts ---- */

static const struct plain_file *
script_of(const struct plain_reader *reader, const char *kind, const char *script)
{
    g_autofree char *name = g_strdup_printf("%s/%s.sql", kind, script);
    return plain_file_find(reader->files, name);
}

static bool
add_change(struct plain_reader *reader, const struct plan *plan, guint number, GError **error)
{
    const struct change *change = change_at(plan, number);
    bool old = change->reworked && change->suffix != NULL;
    g_autofree char *script = g_strconcat(change->name, old ? change->suffix : "", NULL);
    const struct plain_file *deploy = script_of(reader, "deploy", script);
    if (deploy == NULL) {
        g_autofree char *name = g_strdup_printf("deploy/%s.sql", script);
        return plain_list_fail(PLAN, name, error);
    }
    const char *title = *change->planned.note != '\0' ? change->planned.note : change->name;
    g_autofree char *words = g_strdelimit(g_strdup(title), "\r\n", ' ');
    struct plain_item *item = plain_item_add(reader, script, words, deploy->path);
    item->migration.recorded = arena_intern(reader->arena, change->name);
    item->up = deploy;
    item->down = script_of(reader, "revert", script);
    item->verify = script_of(reader, "verify", script);
    add_facts(reader, item, plan, number);
    return true;
}

bool
sqitch_list(struct plain_reader *reader, GError **error)
{
    GString *text = NULL;
    if (!plain_list_read(reader, PLAN, &text, error))
        return false;
    struct plan plan = {.changes = g_array_new(FALSE, TRUE, sizeof(struct change)),
                        .line = plain_regex(PLAN_LINE)};
    g_array_set_clear_func(plan.changes, change_clear);
    read_plan(&plan, text->str);
    g_string_free(text, TRUE);
    bool good = true;
    for (guint i = 0; good && i < plan.changes->len; i++)
        good = add_change(reader, &plan, i, error);
    plan_clear(&plan);
    return good;
}
