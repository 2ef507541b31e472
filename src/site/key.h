/* key.h - one key for everything that a site is made from: catalog, observations, words, schema
 * modules, findings, migrations, configuration, and the binary's own templates. Same key, same
 * bytes. */
#ifndef DBDOC_SITE_KEY_H
#define DBDOC_SITE_KEY_H

#include "checks/checks.h"
#include "model/model.h"

/* The keys stand for the migrations (NULL: none) and the templates. Free with g_free. */
char *site_key(const struct model *model, const struct findings *findings,
               const char *rehearsal_key, const char *templates_key);

#endif
