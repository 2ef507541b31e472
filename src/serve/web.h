/* web.h - a web server for one person: on the machine's own addresses alone, for reading alone.
 * It has no thread; its owner polls its descriptors and lets it run. The only user of
 * libmicrohttpd. */
#ifndef DBDOC_SERVE_WEB_H
#define DBDOC_SERVE_WEB_H

#include <glib.h>
#include <poll.h>
#include <stdbool.h>

struct web;

enum { WEB_DESCRIPTORS = 2 };

/* Listens on 127.0.0.1 and, where there is one, on [::1]. Port 0 takes a free one. FAILURE_USAGE
 * when the port is taken. */
struct web *web_start(unsigned port, GError **error);

/* Answers those who wait, and ends. */
void web_stop(struct web *web);

unsigned web_port(const struct web *web);

/* A build was published in that folder. */
void web_publish(struct web *web, const char *folder);

/* A build failed; what is in the folder (NULL: not known) stays. */
void web_complain(struct web *web, const char *folder, const char *problem);

/* What to poll for (WEB_DESCRIPTORS of them), and for how many milliseconds at most (-1: ever)
 * before the server must run. */
void web_descriptors(const struct web *web, struct pollfd *descriptors);
int web_patience(const struct web *web);
void web_run(struct web *web);

#endif
