/* gather.c - communities first, then what they leave over. */
#include "diagram/gather.h"

#include <glib.h>

/* Who stands for the whole group, by union-find. */
static unsigned
leader(unsigned *leaders, unsigned group)
{
    while (leaders[group] != group)
        group = leaders[group] = leaders[leaders[group]];
    return group;
}

/* The strongest first. */
static gint
compare_links(gconstpointer first, gconstpointer second)
{
    const struct link *x = first;
    const struct link *y = second;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static unsigned *
count_members(const unsigned *group_of, unsigned count, unsigned groups)
{
    unsigned *sizes = g_new0(unsigned, groups);
    for (unsigned i = 0; i < count; i++)
        sizes[group_of[i]]++;
    return sizes;
}

static void
join_small(unsigned *group_of, unsigned count, const GArray *links, struct group_size size,
           unsigned groups)
{
    g_autofree unsigned *leaders = g_new(unsigned, groups);
    g_autofree unsigned *sizes = count_members(group_of, count, groups);
    for (unsigned i = 0; i < groups; i++)
        leaders[i] = i;
    for (guint i = 0; i < links->len; i++) {
        const struct link *link = &g_array_index(links, struct link, i);
        unsigned a = leader(leaders, group_of[link->a]);
        unsigned b = leader(leaders, group_of[link->b]);
        if (a == b || MIN(sizes[a], sizes[b]) >= size.least || sizes[a] + sizes[b] > size.most)
            continue;
        leaders[MAX(a, b)] = MIN(a, b);
        sizes[MIN(a, b)] += sizes[MAX(a, b)];
    }
    for (unsigned i = 0; i < count; i++)
        group_of[i] = leader(leaders, group_of[i]);
}

/* Puts groups that are still small one after the other into packs. */
static void
pack_small(unsigned *group_of, unsigned count, struct group_size size, unsigned groups)
{
    g_autofree unsigned *sizes = count_members(group_of, count, groups);
    g_autofree unsigned *packs = g_new(unsigned,
                                       groups); /* where the group went; groups: nowhere */
    for (unsigned i = 0; i < groups; i++)
        packs[i] = groups;
    unsigned pack = groups;
    unsigned filled = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned group = group_of[i];
        if (sizes[group] >= size.least)
            continue;
        if (packs[group] == groups) {
            if (pack == groups || filled + sizes[group] > size.most) {
                pack = group;
                filled = 0;
            }
            packs[group] = pack;
            filled += sizes[group];
        }
        group_of[i] = packs[group];
    }
}

unsigned *
gather(unsigned count, const struct link *links, size_t link_count, struct group_size size,
       unsigned *groups)
{
    unsigned found = 0;
    unsigned *group_of = communities_find(count, links, link_count, size.most, &found);
    g_autoptr(GArray) strongest = g_array_new(FALSE, FALSE, sizeof(struct link));
    g_array_append_vals(strongest, links, (guint)link_count);
    g_array_sort(strongest, compare_links);
    join_small(group_of, count, strongest, size, found);
    pack_small(group_of, count, size, found);
    *groups = communities_renumber(group_of, count);
    return group_of;
}
