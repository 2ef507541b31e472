/* authorship.h - who wrote the notes and the documentation of schema modules, as git says. */
#ifndef DBDOC_AUTHORSHIP_H
#define DBDOC_AUTHORSHIP_H

#include "commands/subject.h"

/* Fills `authored` of the notes that are files, and of the words of schema modules. */
void authorship_read(struct subject *subject);

#endif
