/* communities.c - Louvain's method: every node moves to the neighbouring group where it raises the
 * modularity most; then each group becomes one node, and so on until nothing moves. Whole numbers
 * only, so that no rounding decides. */
#include "diagram/communities.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { ROUNDS = 16 }; /* over all nodes; more change hardly anything */

/* Half of a link: where it leads from its node. */
struct arm {
    unsigned to;
    unsigned weight;
};

/* A graph whose nodes are groups of nodes of the one before. */
struct level {
    unsigned count;
    unsigned *sizes;    /* first nodes in each */
    int64_t *strengths; /* weights of all its links, those inside twice */
    size_t *starts;     /* of each node's arms; count + 1 of them */
    struct arm *arms;
    int64_t total; /* of all strengths */
};

/* Where the nodes of a level are. */
struct division {
    unsigned *group_of;
    unsigned *sizes;
    int64_t *strengths;
    int64_t *weights_to; /* from the node in hand, by group; zero in between */
    GArray *touched;     /* unsigned: groups with a weight */
};

static void
level_free(struct level *level)
{
    g_free(level->sizes);
    g_free(level->strengths);
    g_free(level->starts);
    g_free(level->arms);
}

/* Arms of all links between different nodes, by node. */
static void
level_add_arms(struct level *level, const struct link *links, size_t link_count)
{
    level->starts = g_new0(size_t, level->count + 1);
    for (size_t i = 0; i < link_count; i++) {
        if (links[i].a == links[i].b)
            continue;
        level->starts[links[i].a + 1]++;
        level->starts[links[i].b + 1]++;
    }
    for (unsigned i = 0; i < level->count; i++)
        level->starts[i + 1] += level->starts[i];
    level->arms = g_new0(struct arm, level->starts[level->count]);
    g_autofree size_t *ends = g_memdup2(level->starts, (level->count + 1) * sizeof(size_t));
    for (size_t i = 0; i < link_count; i++) {
        if (links[i].a == links[i].b)
            continue;
        level->arms[ends[links[i].a]++] = (struct arm){links[i].b, links[i].weight};
        level->arms[ends[links[i].b]++] = (struct arm){links[i].a, links[i].weight};
    }
}

static struct level
level_first(unsigned node_count, const struct link *links, size_t link_count)
{
    struct level level = {.count = node_count};
    level_add_arms(&level, links, link_count);
    level.sizes = g_new0(unsigned, node_count);
    level.strengths = g_new0(int64_t, node_count);
    for (unsigned i = 0; i < node_count; i++) {
        level.sizes[i] = 1;
        for (size_t j = level.starts[i]; j < level.starts[i + 1]; j++)
            level.strengths[i] += level.arms[j].weight;
        level.total += level.strengths[i];
    }
    return level;
}

static struct division
division_new(const struct level *level)
{
    struct division division = {
        .group_of = g_new0(unsigned, level->count),
        .sizes = g_memdup2(level->sizes, level->count * sizeof(unsigned)),
        .strengths = g_memdup2(level->strengths, level->count * sizeof(int64_t)),
        .weights_to = g_new0(int64_t, level->count),
        .touched = g_array_new(FALSE, FALSE, sizeof(unsigned)),
    };
    for (unsigned i = 0; i < level->count; i++)
        division.group_of[i] = i;
    return division;
}

/* All but group_of. */
static void
division_free(struct division *division)
{
    g_free(division->sizes);
    g_free(division->strengths);
    g_free(division->weights_to);
    g_array_unref(division->touched);
}

static void
weigh_neighbours(const struct level *level, unsigned node, struct division *division)
{
    g_array_set_size(division->touched, 0);
    for (size_t i = level->starts[node]; i < level->starts[node + 1]; i++) {
        unsigned group = division->group_of[level->arms[i].to];
        if (division->weights_to[group] == 0)
            g_array_append_val(division->touched, group);
        division->weights_to[group] += level->arms[i].weight;
    }
}

/* What the node adds to the modularity there, in a unit that is the same for all groups. */
static int64_t
gain(const struct level *level, unsigned node, const struct division *division, unsigned group)
{
    return division->weights_to[group] * level->total -
           level->strengths[node] * division->strengths[group];
}

/* Moves the node to the group it fits best; on a draw it stays. */
static bool
move(const struct level *level, unsigned node, struct division *division, unsigned most)
{
    unsigned own = division->group_of[node];
    unsigned size = level->sizes[node];
    weigh_neighbours(level, node, division);
    division->sizes[own] -= size;
    division->strengths[own] -= level->strengths[node];
    unsigned best = own;
    int64_t best_gain = gain(level, node, division, own);
    for (guint i = 0; i < division->touched->len; i++) {
        unsigned group = g_array_index(division->touched, unsigned, i);
        int64_t group_gain = gain(level, node, division, group);
        if (group_gain > best_gain && division->sizes[group] + size <= most) {
            best = group;
            best_gain = group_gain;
        }
    }
    for (guint i = 0; i < division->touched->len; i++)
        division->weights_to[g_array_index(division->touched, unsigned, i)] = 0;
    division->group_of[node] = best;
    division->sizes[best] += size;
    division->strengths[best] += level->strengths[node];
    return best != own;
}

unsigned
communities_renumber(unsigned *group_of, unsigned count)
{
    g_autofree unsigned *numbers = g_new0(unsigned, count); /* one more than the number */
    unsigned groups = 0;
    for (unsigned i = 0; i < count; i++) {
        if (numbers[group_of[i]] == 0)
            numbers[group_of[i]] = ++groups;
        group_of[i] = numbers[group_of[i]] - 1;
    }
    return groups;
}

/* Divides the nodes of a level; true when at least two came together. */
static bool
divide(const struct level *level, unsigned most, unsigned **group_of, unsigned *groups)
{
    struct division division = division_new(level);
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS; round++) {
        moved = false;
        for (unsigned node = 0; node < level->count; node++)
            moved = move(level, node, &division, most) || moved;
    }
    division_free(&division);
    *group_of = division.group_of;
    *groups = communities_renumber(division.group_of, level->count);
    return *groups < level->count;
}

/* The links between the groups, those of the same two as one. */
static GArray *
links_between(const struct level *level, const unsigned *group_of)
{
    GArray *links = g_array_new(FALSE, FALSE, sizeof(struct link));
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (unsigned node = 0; node < level->count; node++) {
        for (size_t i = level->starts[node]; i < level->starts[node + 1]; i++) {
            struct link link = {group_of[node], group_of[level->arms[i].to], level->arms[i].weight};
            if (link.a >= link.b)
                continue; /* inside, or the other half of one already seen */
            gint64 key = ((gint64)link.a << 32) | link.b;
            guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, &key));
            if (place > 0) {
                g_array_index(links, struct link, place - 1).weight += link.weight;
                continue;
            }
            g_array_append_val(links, link);
            g_hash_table_insert(places, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(links->len));
        }
    }
    return links;
}

/* The groups as nodes. Takes the place of the level. */
static void
level_next(struct level *level, const unsigned *group_of, unsigned groups)
{
    g_autoptr(GArray) links = links_between(level, group_of);
    struct level next = {.count = groups, .total = level->total};
    next.sizes = g_new0(unsigned, groups);
    next.strengths = g_new0(int64_t, groups);
    for (unsigned i = 0; i < level->count; i++) {
        next.sizes[group_of[i]] += level->sizes[i];
        next.strengths[group_of[i]] += level->strengths[i];
    }
    level_add_arms(&next, (const struct link *)(gpointer)links->data, links->len);
    level_free(level);
    *level = next;
}

unsigned *
communities_find(unsigned node_count, const struct link *links, size_t link_count, unsigned most,
                 unsigned *count)
{
    unsigned *result = g_new(unsigned, node_count);
    for (unsigned i = 0; i < node_count; i++)
        result[i] = i;
    *count = node_count;
    struct level level = level_first(node_count, links, link_count);
    for (bool changed = true; changed;) {
        unsigned *group_of = NULL;
        unsigned groups = 0;
        changed = divide(&level, most, &group_of, &groups);
        if (changed) {
            for (unsigned i = 0; i < node_count; i++)
                result[i] = group_of[result[i]];
            level_next(&level, group_of, groups);
            *count = groups;
        }
        g_free(group_of);
    }
    level_free(&level);
    return result;
}
