/* findings_world.h - a small database with its model and its findings, for unit tests. */
#ifndef DBDOC_FINDINGS_WORLD_H
#define DBDOC_FINDINGS_WORLD_H

#include "checks/checks.h"
#include "fixture.h"

struct world {
    struct database *database;
    struct model *model;
    struct findings *findings;
};

#define TODAY "2026-03-20"

/* `config` and `rehearsal` may be NULL. */
static inline struct world
world_rehearsed(const char *catalog, const struct config *config, const struct rehearsal *rehearsal)
{
    struct world world = {.database = fixture_read(catalog, NULL)};
    const struct model_parts parts = {.database = world.database, .config = config};
    world.model = model_new(&parts);
    world.findings = findings_new(world.model, rehearsal, TODAY);
    return world;
}

static inline struct world
world_new(const char *catalog, const struct config *config)
{
    return world_rehearsed(catalog, config, NULL);
}

static inline void
world_free(struct world *world)
{
    findings_free(world->findings);
    model_free(world->model);
    database_free(world->database);
}

/* The nth finding of a rule, from 0; NULL for none. */
static inline const struct finding *
world_find(const struct world *world, const char *slug, size_t nth)
{
    for (size_t i = 0; i < world->findings->count; i++)
        if (g_str_equal(world->findings->items[i].slug, slug) && nth-- == 0)
            return &world->findings->items[i];
    return NULL;
}

#endif
