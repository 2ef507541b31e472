/* main.c - argv to a command, its answer to an exit status. */
#include <stdio.h>

int
main(void)
{
    puts("dbdoc " DBDOC_VERSION);
    return 0;
}
