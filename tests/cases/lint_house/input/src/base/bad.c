/* bad.c - one breach of each rule. */
#include "base/text.h"
#include "bare.h"
#include "site/site.h"

#include <cmark.h>
#include <libpq-fe.h>

/* sprintf(words) in a comment is none */
static void
calls(void)
{
    sprintf(text, "strcpy(x)");
    popen ("ls", "r");
    g_string_append(text, "<a href=");
}

/* FIX ME and TO DO, written in one word: */
static int todo; /* TODO: later */
#if 0
#endif

static void
endless(void)
{
    more(1);
    more(2);
    more(3);
    more(4);
    more(5);
    more(6);
    more(7);
    more(8);
    more(9);
    more(10);
    more(11);
    more(12);
    more(13);
    more(14);
    more(15);
    more(16);
    more(17);
    more(18);
    more(19);
    more(20);
    more(21);
    more(22);
    more(23);
    more(24);
    more(25);
    more(26);
    more(27);
    more(28);
    more(29);
    more(30);
    more(31);
    more(32);
    more(33);
    more(34);
    more(35);
    more(36);
    more(37);
    more(38);
    more(39);
    more(40);
    more(41);
    more(42);
    more(43);
    more(44);
    more(45);
    more(46);
    more(47);
    more(48);
    more(49);
    more(50);
    more(51);
    more(52);
    more(53);
    more(54);
    more(55);
    more(56);
    more(57);
    more(58);
    more(59);
    more(60);
    more(61);
}
