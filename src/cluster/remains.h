/* remains.h - what is left of a server, and how to remove it. */
#ifndef DBDOC_CLUSTER_REMAINS_H
#define DBDOC_CLUSTER_REMAINS_H

/* Ends every process that works in <folder>/data (even one whose postmaster was killed), removes
 * the shared memory that its postmaster.pid names, and the folder. Safe to call again. */
void remains_bury(const char *folder);

#endif
