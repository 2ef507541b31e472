/* found.h - what a run took from the repository because nobody named it. */
#ifndef DBDOC_FOUND_H
#define DBDOC_FOUND_H

#include "commands/subject.h"

/* One line about it; nothing when everything was named, or nothing but the SOURCE was found. */
void found_say(const struct invocation *invocation, const struct subject *subject);

#endif
