/* snapshot_format.h - what writer, reader and schema of the JSON files agree on. */
#ifndef DBDOC_SNAPSHOT_FORMAT_H
#define DBDOC_SNAPSHOT_FORMAT_H

#define SNAPSHOT_TAG "dbdoc" /* first key of both files; its value says which of the two */
#define FORMAT_KEY   "format"
#define FORMAT_MAJOR 1
#define FORMAT_MINOR 3

#endif
