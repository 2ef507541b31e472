/* module.h - reads a module's body: functions, attributes, aliases, imports, and what `use` adds.
 */
#ifndef DBDOC_MODULE_H
#define DBDOC_MODULE_H

#include "elixir/project.h"

/* Fills a registered module from its syntax. */
void module_fill(struct arena *arena, struct project *project, struct module *module);

#endif
