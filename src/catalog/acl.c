/* acl.c - aclitem of the server to the catalog's texts, and these to sets. */
#include "catalog/acl.h"

#include "catalog/address.h"

#include <string.h>

#define GRANT_OPTION " WITH GRANT OPTION"

#define PRIVILEGE_ROW(constant, letter_, word_) [constant] = {letter_, word_},
static const struct {
    char letter;
    const char *word;
} privileges[] = {PRIVILEGES(PRIVILEGE_ROW)};

static const char *const words_of_grantees[] = {
    [GRANTEE_ROLE] = NULL,
    [GRANTEE_PUBLIC] = "PUBLIC",
    [GRANTEE_OWNER] = "OWNER",
};

const char *
privilege_word(enum privilege privilege)
{
    return privileges[privilege].word;
}

void
acl_entry_clear(struct acl_entry *entry)
{
    g_clear_pointer(&entry->role, g_free);
}

char *
privileges_text(unsigned set, unsigned grantable)
{
    GString *text = g_string_new(NULL);
    for (unsigned i = 0; i < PRIVILEGE_COUNT; i++)
        if ((set & 1U << i) != 0)
            g_string_append_printf(text, "%s%s%s", text->len > 0 ? ", " : "", privileges[i].word,
                                   (grantable & 1U << i) != 0 ? GRANT_OPTION : "");
    if (text->len == 0)
        g_string_append(text, "nothing");
    return g_string_free(text, FALSE);
}

/* "SELECT WITH GRANT OPTION" */
static bool
read_privilege(const char *text, struct acl_entry *entry)
{
    for (unsigned i = 0; i < PRIVILEGE_COUNT; i++) {
        size_t length = strlen(privileges[i].word);
        if (strncmp(text, privileges[i].word, length) != 0)
            continue;
        bool with_option = g_str_equal(text + length, GRANT_OPTION);
        if (!with_option && text[length] != '\0')
            continue;
        entry->privileges |= 1U << i;
        entry->grantable |= with_option ? 1U << i : 0;
        return true;
    }
    return g_str_equal(text, "nothing");
}

static bool
read_grantee(const char *path, struct acl_entry *entry)
{
    for (size_t i = GRANTEE_PUBLIC; i < G_N_ELEMENTS(words_of_grantees); i++) {
        if (g_str_equal(path, words_of_grantees[i])) {
            entry->grantee = (enum grantee)i;
            return true;
        }
    }
    struct address_parts parts = {0};
    if (!address_parse(path, &parts))
        return false;
    bool one = parts.count == 1 && parts.arguments == NULL;
    if (one)
        entry->role = g_strdup(parts.names[0]);
    address_parts_clear(&parts);
    return one;
}

bool
acl_entry_read(const char *text, struct acl_entry *entry)
{
    *entry = (struct acl_entry){.grantee = GRANTEE_ROLE};
    /* Neither a privilege nor an option has a colon. */
    const char *colon = g_strrstr(text, ": ");
    if (colon == NULL)
        return false;
    g_autofree char *path = g_strndup(text, (size_t)(colon - text));
    g_auto(GStrv) words = g_strsplit(colon + 2, ", ", -1);
    bool good = read_grantee(path, entry);
    for (char **word = words; good && *word != NULL; word++)
        good = read_privilege(*word, entry);
    if (!good)
        acl_entry_clear(entry);
    return good;
}

static void
clear_entry(void *entry)
{
    acl_entry_clear(entry);
}

/* Up to the next "; " that is not within quotes. */
static size_t
text_length(const char *texts)
{
    const char *c = texts;
    for (bool quoted = false; *c != '\0' && (quoted || strncmp(c, "; ", 2) != 0); c++)
        quoted = quoted != (*c == '"');
    return (size_t)(c - texts);
}

GArray *
acl_entries_read(const char *texts)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct acl_entry));
    g_array_set_clear_func(entries, clear_entry);
    while (texts != NULL && *texts != '\0') {
        size_t length = text_length(texts);
        g_autofree char *text = g_strndup(texts, length);
        struct acl_entry entry;
        if (acl_entry_read(text, &entry))
            g_array_append_val(entries, entry);
        texts += length + (texts[length] == '\0' ? 0 : strlen("; "));
    }
    return entries;
}

static const struct {
    const struct kind *kind;
    const char *letters;
    const char *for_all; /* what PUBLIC has where nothing was said */
} wholes[] = {
    {&kind_table, "rawdDxtm", ""},   {&kind_view, "rawdDxtm", ""},
    {&kind_sequence, "rwU", ""},     {&kind_schema, "UC", ""},
    {&kind_function, "X", "X"},      {&kind_enum_type, "U", "U"},
    {&kind_domain, "U", "U"},        {&kind_composite_type, "U", "U"},
    {&kind_range_type, "U", "U"},    {&kind_base_type, "U", "U"},
    {&kind_catalog, "CTc", "Tc"},    {&kind_foreign_data_wrapper, "U", ""},
    {&kind_foreign_server, "U", ""}, {&kind_procedural_language, "U", "U"},
    {&kind_tablespace, "C", ""},
};

static unsigned
set_of(const char *letters)
{
    unsigned set = 0;
    for (unsigned i = 0; i < PRIVILEGE_COUNT; i++)
        if (strchr(letters, privileges[i].letter) != NULL)
            set |= 1U << i;
    return set;
}

unsigned
acl_owner_privileges(const struct kind *kind, int64_t major)
{
    for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++)
        if (wholes[i].kind == kind)
            return set_of(wholes[i].letters) & ~(major < 17 ? 1U << PRIVILEGE_MAINTAIN : 0);
    return 0;
}

static unsigned
privileges_for_all(const struct kind *kind)
{
    for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++)
        if (wholes[i].kind == kind)
            return set_of(wholes[i].for_all);
    return 0;
}

bool
acl_is_default(const struct kind *kind, const struct names *grants)
{
    unsigned for_all = privileges_for_all(kind);
    if (grants->count != (for_all != 0))
        return false;
    if (grants->count == 0)
        return true;
    struct acl_entry entry;
    bool same = acl_entry_read(grants->items[0], &entry) && entry.grantee == GRANTEE_PUBLIC &&
                entry.privileges == for_all;
    acl_entry_clear(&entry);
    return same;
}

/* The role at the start of an aclitem, as putid() of PostgreSQL writes it; "" for PUBLIC. */
static char *
take_role(const char **item)
{
    GString *role = g_string_new(NULL);
    const char *c = *item;
    bool quoted = *c == '"';
    for (c += quoted; *c != '\0' && (quoted || *c != '='); c++) {
        if (*c == '"' && c[1] != '"')
            quoted = false;
        else
            g_string_append_c(role, *c);
        c += *c == '"' && c[1] == '"';
    }
    *item = *c == '=' ? c + 1 : c;
    return g_string_free(role, FALSE);
}

/* The letters of an aclitem, each with a star when it may be granted on. */
static void
take_privileges(const char *letters, struct acl_entry *entry)
{
    for (; *letters != '\0' && *letters != '/'; letters++)
        for (unsigned i = 0; i < PRIVILEGE_COUNT; i++)
            if (privileges[i].letter == *letters) {
                entry->privileges |= 1U << i;
                entry->grantable |= letters[1] == '*' ? 1U << i : 0;
            }
}

static struct acl_entry
entry_of_item(const char *item, const struct acl_reading *reading)
{
    struct acl_entry entry = {.grantee = GRANTEE_ROLE, .role = take_role(&item)};
    take_privileges(item, &entry);
    if (*entry.role == '\0')
        entry.grantee = GRANTEE_PUBLIC;
    else if (reading->whole != 0 && g_strcmp0(entry.role, reading->owner) == 0)
        entry.grantee = GRANTEE_OWNER;
    if (entry.grantee != GRANTEE_ROLE)
        acl_entry_clear(&entry);
    if (entry.grantee == GRANTEE_OWNER)
        entry.grantable = 0; /* an owner may grant whatever is left */
    if (entry.role != NULL && g_strcmp0(entry.role, reading->login) == 0) {
        acl_entry_clear(&entry);
        entry.role = g_strdup(MIGRATING_ROLE);
    }
    return entry;
}

/* What several roles have granted to one is one entry. */
static void
merge(GArray *entries, struct acl_entry entry)
{
    for (guint i = 0; i < entries->len; i++) {
        struct acl_entry *other = &g_array_index(entries, struct acl_entry, i);
        if (other->grantee == entry.grantee && g_strcmp0(other->role, entry.role) == 0) {
            other->privileges |= entry.privileges;
            other->grantable |= entry.grantable;
            acl_entry_clear(&entry);
            return;
        }
    }
    g_array_append_val(entries, entry);
}

static gint
compare_entries(gconstpointer a, gconstpointer b)
{
    const struct acl_entry *x = a;
    const struct acl_entry *y = b;
    if (x->grantee != y->grantee)
        return x->grantee > y->grantee ? -1 : 1;
    return g_strcmp0(x->role, y->role);
}

static const char *
keep_entry(struct arena *arena, const struct acl_entry *entry)
{
    g_autoptr(GString) text = g_string_new(words_of_grantees[entry->grantee]);
    g_autofree char *words = privileges_text(entry->privileges, entry->grantable);
    if (entry->grantee == GRANTEE_ROLE)
        address_append_name(text, entry->role);
    g_string_append_printf(text, ": %s", words);
    return arena_intern(arena, text->str);
}

void
acl_settle(struct arena *arena, const struct acl_reading *reading, struct names *grants)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct acl_entry));
    g_array_set_clear_func(entries, clear_entry);
    if (reading->whole != 0)
        merge(entries, (struct acl_entry){.grantee = GRANTEE_OWNER});
    for (size_t i = 0; i < grants->count; i++)
        merge(entries, entry_of_item(grants->items[i], reading));
    g_array_sort(entries, compare_entries);
    grants->items = arena_array(arena, entries->len, sizeof *grants->items);
    grants->count = 0;
    for (guint i = 0; i < entries->len; i++) {
        const struct acl_entry *entry = &g_array_index(entries, struct acl_entry, i);
        if (entry->grantee != GRANTEE_OWNER || entry->privileges != reading->whole)
            grants->items[grants->count++] = keep_entry(arena, entry);
    }
}

/* ---- what became of them ---- */

/* NULL: those of a new object. Adds what the owner has by default, which the catalog leaves out. */
static GArray *
read_entries(const struct kind *kind, int64_t major, const struct names *grants)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct acl_entry));
    g_array_set_clear_func(entries, clear_entry);
    const struct acl_entry owner = {
        .grantee = GRANTEE_OWNER,
        .privileges = acl_owner_privileges(kind, major),
    };
    const struct acl_entry all = {
        .grantee = GRANTEE_PUBLIC,
        .privileges = privileges_for_all(kind),
    };
    bool owner_has_all = owner.privileges != 0;
    for (size_t i = 0; grants != NULL && i < grants->count; i++) {
        struct acl_entry entry;
        if (!acl_entry_read(grants->items[i], &entry))
            continue;
        owner_has_all = owner_has_all && entry.grantee != GRANTEE_OWNER;
        g_array_append_val(entries, entry);
    }
    if (grants == NULL)
        g_array_append_val(entries, all);
    if (owner_has_all)
        g_array_append_val(entries, owner);
    return entries;
}

static const struct acl_entry *
find_entry(const GArray *entries, const struct acl_entry *of)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct acl_entry *entry = &g_array_index(entries, struct acl_entry, i);
        if (entry->grantee == of->grantee && g_strcmp0(entry->role, of->role) == 0)
            return entry;
    }
    return NULL;
}

/* "app gains SELECT" */
static void
append_verb(GString *text, const struct acl_entry *who, const char *verb, unsigned set,
            unsigned grantable)
{
    static const char *const names[] = {
        [GRANTEE_ROLE] = NULL, [GRANTEE_PUBLIC] = "everybody", [GRANTEE_OWNER] = "the owner"};
    if (set == 0)
        return;
    g_autofree char *words = privileges_text(set, grantable);
    g_string_append(text, text->len > 0 ? "; " : "");
    if (who->grantee == GRANTEE_ROLE)
        address_append_name(text, who->role);
    else
        g_string_append(text, names[who->grantee]);
    g_string_append_printf(text, " %s %s", verb, words);
}

/* NULL: it had, or has, nothing. */
static void
append_change(GString *text, const struct acl_entry *before, const struct acl_entry *after)
{
    static const struct acl_entry none = {0};
    const struct acl_entry *who = after != NULL ? after : before;
    before = before != NULL ? before : &none;
    after = after != NULL ? after : &none;
    unsigned gained = after->privileges & ~before->privileges;
    append_verb(text, who, "gains", gained, after->grantable);
    append_verb(text, who, "may grant", after->grantable & ~before->grantable & ~gained, 0);
    append_verb(text, who, "loses", before->privileges & ~after->privileges, 0);
    append_verb(text, who, "may no longer grant",
                before->grantable & ~after->grantable & after->privileges, 0);
}

char *
acl_difference(const struct kind *kind, int64_t major, const struct names *before,
               const struct names *after)
{
    g_autoptr(GArray) old = read_entries(kind, major, before);
    g_autoptr(GArray) now = read_entries(kind, major, after);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < now->len; i++) {
        const struct acl_entry *entry = &g_array_index(now, struct acl_entry, i);
        append_change(text, find_entry(old, entry), entry);
    }
    for (guint i = 0; i < old->len; i++) {
        const struct acl_entry *entry = &g_array_index(old, struct acl_entry, i);
        if (find_entry(now, entry) == NULL)
            append_change(text, entry, NULL);
    }
    return g_string_free(text, text->len == 0);
}
