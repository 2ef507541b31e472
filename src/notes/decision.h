/* decision.h - what a file says between two lines "---" under `decision:`: what was decided, when,
 * about what, and what else was thought of. For notes/ alone. */
#ifndef DBDOC_NOTES_DECISION_H
#define DBDOC_NOTES_DECISION_H

#include "base/yaml.h"
#include "notes/notes.h"

/* Reads the map under the key. FAILURE_USAGE with the line. */
bool decision_read(struct arena *arena, const struct yaml_source *source, const struct yaml *map,
                   struct decision **decision, GError **error);

#endif
