/* review_server.h - on which server the migrations of a branch are rehearsed. A branch may come
 * from anybody, and a server of its own in dbdoc.yml would be sent the runner's variables: what
 * "rehearsal:" says of a server counts as the base has it. */
#ifndef DBDOC_REVIEW_SERVER_H
#define DBDOC_REVIEW_SERVER_H

#include "commands/reviewing.h"

/* Takes the server of the base's file in place of another one, and says so; where the base names
 * none, or is not known, a throw-away one is started. To be asked before anything is rehearsed. */
void review_server_choose(struct reviewing *reviewing);

#endif
