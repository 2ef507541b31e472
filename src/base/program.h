/* program.h - which dbdoc this is. */
#ifndef DBDOC_PROGRAM_H
#define DBDOC_PROGRAM_H

/* The linker's checksum over the code of this program, in hex: two builds from different sources
 * differ, even when the version does not. "" when the linker wrote none. Free with g_free. */
char *program_build_id(void);

#endif
