/* web.c - libmicrohttpd without threads: two daemons, one for each address. Whoever asks for
 * news that there is none of is suspended until there is, or until PATIENCE is over: browsers open
 * few connections to one host, and a tab in the background must not hold one for ever. */
#include "serve/web.h"

#include "base/failure.h"
#include "serve/answer.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEWS         "/.dbdoc/news.js"
#define PATIENCE     ((gint64)20 * G_USEC_PER_SEC)
#define MOST_PEERS   512u
#define IDLE_SECONDS 60u

struct listener {
    int socket; /* -1: there is no such address */
    struct MHD_Daemon *daemon;
};

struct web {
    struct listener listeners[WEB_DESCRIPTORS];
    unsigned port;
    struct exhibit exhibit;
    char *start; /* tells this server's editions from those of an earlier one */
    unsigned editions;
    unsigned moments;
    GPtrArray *waiting; /* struct visit, suspended */
};

/* One request. */
struct visit {
    struct MHD_Connection *connection;
    bool has_waited;
    gint64 end; /* of waiting, on the monotonic clock */
};

/* Pages bring the same policy along; here it also holds for what is no page, and keeps pages out of
 * others' frames and their scripts out of others' pages. */
static const struct {
    const char *name;
    const char *value;
} headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

/* ---- answers ---- */

static void
free_body(void *body)
{
    g_string_free(body, TRUE);
}

static enum MHD_Result
send_answer(struct MHD_Connection *connection, const struct answer *answer)
{
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        answer->body->len, answer->body->str, free_body, answer->body);
    if (response == NULL) {
        free_body(answer->body);
        return MHD_NO;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++)
        MHD_add_response_header(response, headers[i].name, headers[i].value);
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    enum MHD_Result result = MHD_queue_response(connection, answer->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Whether the request names this machine. A page elsewhere whose name was made to point here
 * ("DNS rebinding") names itself. */
static bool
is_for_us(struct MHD_Connection *connection)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                   MHD_HTTP_HEADER_HOST);
    for (size_t i = 0; host != NULL && i < G_N_ELEMENTS(names); i++) {
        size_t length = strlen(names[i]);
        if (g_ascii_strncasecmp(host, names[i], length) != 0)
            continue;
        const char *port = host + length;
        if (*port == '\0' || (*port == ':' && port[1 + strspn(port + 1, "0123456789")] == '\0'))
            return true;
    }
    return false;
}

/* Whether it has to wait for news. */
static bool
waits(const struct web *web, const struct visit *visit, const char *path)
{
    const char *after = MHD_lookup_connection_value(visit->connection, MHD_GET_ARGUMENT_KIND,
                                                    "after");
    return g_str_equal(path, NEWS) && !visit->has_waited && after != NULL &&
           g_str_equal(after, web->exhibit.moment);
}

static void
suspend(struct web *web, struct visit *visit)
{
    visit->has_waited = true;
    visit->end = g_get_monotonic_time() + PATIENCE;
    g_ptr_array_add(web->waiting, visit);
    MHD_suspend_connection(visit->connection);
}

static struct answer
find_answer(const struct web *web, struct MHD_Connection *connection, const char *path,
            const char *method)
{
    if (!is_for_us(connection))
        return answer_refusal(MHD_HTTP_FORBIDDEN,
                              "This server answers to localhost, 127.0.0.1 and [::1] alone");
    if (!g_str_equal(method, MHD_HTTP_METHOD_GET) && !g_str_equal(method, MHD_HTTP_METHOD_HEAD))
        return answer_refusal(MHD_HTTP_METHOD_NOT_ALLOWED, "This server is for reading alone");
    if (*path != '/')
        return answer_refusal(MHD_HTTP_BAD_REQUEST, "This is no address of a page");
    if (g_str_equal(path, NEWS))
        return answer_news(&web->exhibit);
    return answer_find(&web->exhibit, path);
}

/* libmicrohttpd calls this when the head of a request is there, again when all of it is, and once
 * more after it was suspended. */
static enum MHD_Result
handle(void *data, struct MHD_Connection *connection, const char *path, const char *method,
       const char *version, const char *upload, size_t *upload_size, void **state)
{
    (void)version, (void)upload;
    struct web *web = data;
    struct visit *visit = *state;
    if (visit == NULL) {
        visit = g_new0(struct visit, 1);
        visit->connection = connection;
        *state = visit;
        return MHD_YES;
    }
    if (*upload_size > 0) { /* a body that nobody asked for */
        *upload_size = 0;
        return MHD_YES;
    }
    if (is_for_us(connection) && waits(web, visit, path)) {
        suspend(web, visit);
        return MHD_YES;
    }
    const struct answer answer = find_answer(web, connection, path, method);
    return send_answer(connection, &answer);
}

static void
end_visit(void *data, struct MHD_Connection *connection, void **state,
          enum MHD_RequestTerminationCode code)
{
    (void)connection, (void)code;
    struct web *web = data;
    if (*state != NULL)
        g_ptr_array_remove_fast(web->waiting, *state);
    g_clear_pointer((struct visit **)state, g_free);
}

/* ---- news ---- */

static void
run_daemons(struct web *web)
{
    for (size_t i = 0; i < WEB_DESCRIPTORS; i++)
        if (web->listeners[i].daemon != NULL)
            MHD_run(web->listeners[i].daemon);
}

/* Lets those go who have waited until that time, and answers whatever there is to answer. */
static void
release(struct web *web, gint64 time)
{
    for (guint i = web->waiting->len; i > 0; i--) {
        const struct visit *visit = web->waiting->pdata[i - 1];
        if (visit->end > time)
            continue;
        g_ptr_array_remove_index_fast(web->waiting, i - 1);
        MHD_resume_connection(visit->connection);
    }
    run_daemons(web); /* no descriptor tells who was resumed */
}

static void
announce(struct web *web, const char *folder, const char *problem)
{
    struct exhibit *exhibit = &web->exhibit;
    g_free(exhibit->moment);
    g_free(exhibit->problem);
    exhibit->moment = g_strdup_printf("%s.%u", web->start, ++web->moments);
    exhibit->problem = g_strdup(problem);
    if (folder != NULL) {
        g_free(exhibit->folder);
        exhibit->folder = g_strdup(folder);
    }
    release(web, G_MAXINT64);
}

void
web_publish(struct web *web, const char *folder)
{
    g_free(web->exhibit.edition);
    web->exhibit.edition = g_strdup_printf("%s.%u", web->start, ++web->editions);
    announce(web, folder, NULL);
}

void
web_complain(struct web *web, const char *folder, const char *problem)
{
    announce(web, folder, problem);
}

/* ---- life ---- */

/* A listening socket; -1 with errno. */
static int
listen_at(const struct sockaddr *address, socklen_t length)
{
    const int yes = 1;
    int number = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (number < 0)
        return -1;
    if (setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(number, address, length) == 0 && listen(number, SOMAXCONN) == 0)
        return number;
    int reason = errno;
    close(number);
    errno = reason;
    return -1;
}

static bool
refuse_port(unsigned port, GError **error)
{
    if (errno == EADDRINUSE)
        return failure_set(error, FAILURE_USAGE,
                           "port %u is taken. End the program that uses it, or choose another port "
                           "with --port (0: any free one).",
                           port);
    return failure_set(error, FAILURE_USAGE,
                       "cannot listen on port %u (%s). Choose another port "
                       "with --port, such as one above 1023.",
                       port, g_strerror(errno));
}

static bool
listen_ipv4(struct web *web, GError **error)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((in_port_t)web->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int number = listen_at((const struct sockaddr *)&address, length);
    web->listeners[0].socket = number;
    if (number < 0 || getsockname(number, (struct sockaddr *)&address, &length) != 0)
        return refuse_port(web->port, error);
    web->port = ntohs(address.sin_port);
    return true;
}

/* The same port, so that nobody else answers there to "localhost". Some machines have no IPv6. */
static bool
listen_ipv6(struct web *web, GError **error)
{
    const struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                         .sin6_port = htons((in_port_t)web->port),
                                         .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int number = listen_at((const struct sockaddr *)&address, sizeof address);
    web->listeners[1].socket = number;
    return number >= 0 || errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL ||
           refuse_port(web->port, error);
}

static bool
start_daemon(struct web *web, struct listener *listener, GError **error)
{
    if (listener->socket < 0)
        return true;
    listener->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, web,
        MHD_OPTION_LISTEN_SOCKET, listener->socket, MHD_OPTION_CONNECTION_LIMIT, MOST_PEERS,
        MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED, end_visit, web,
        MHD_OPTION_END);
    return listener->daemon != NULL ||
           failure_set(error, FAILURE_USAGE,
                       "cannot start the web server (%s). Raise the limits of this user (ulimit).",
                       g_strerror(errno));
}

struct web *
web_start(unsigned port, GError **error)
{
    struct web *web = g_new0(struct web, 1);
    web->port = port;
    web->start = g_strdup_printf("%" G_GINT64_MODIFIER "x", g_get_real_time());
    web->exhibit.edition = g_strdup("");
    web->exhibit.moment = g_strdup("");
    web->waiting = g_ptr_array_new();
    web->listeners[0].socket = web->listeners[1].socket = -1;
    if (listen_ipv4(web, error) && listen_ipv6(web, error) &&
        start_daemon(web, &web->listeners[0], error) &&
        start_daemon(web, &web->listeners[1], error))
        return web;
    web_stop(web);
    return NULL;
}

void
web_stop(struct web *web)
{
    if (web == NULL)
        return;
    release(web, G_MAXINT64); /* what is suspended cannot be stopped */
    for (size_t i = 0; i < WEB_DESCRIPTORS; i++) {
        if (web->listeners[i].daemon != NULL)
            MHD_stop_daemon(web->listeners[i].daemon);
        else if (web->listeners[i].socket >= 0)
            close(web->listeners[i].socket);
    }
    g_ptr_array_unref(web->waiting);
    g_free(web->exhibit.folder);
    g_free(web->exhibit.edition);
    g_free(web->exhibit.moment);
    g_free(web->exhibit.problem);
    g_free(web->start);
    g_free(web);
}

unsigned
web_port(const struct web *web)
{
    return web->port;
}

void
web_descriptors(const struct web *web, struct pollfd *descriptors)
{
    for (size_t i = 0; i < WEB_DESCRIPTORS; i++) {
        struct MHD_Daemon *daemon = web->listeners[i].daemon;
        const union MHD_DaemonInfo *info =
            daemon == NULL ? NULL : MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
        descriptors[i] = (struct pollfd){.fd = info == NULL ? -1 : info->epoll_fd,
                                         .events = POLLIN};
    }
}

int
web_patience(const struct web *web)
{
    gint64 least = G_MAXINT;
    gint64 now = g_get_monotonic_time();
    for (size_t i = 0; i < WEB_DESCRIPTORS; i++) {
        MHD_UNSIGNED_LONG_LONG time = 0;
        if (web->listeners[i].daemon != NULL &&
            MHD_get_timeout(web->listeners[i].daemon, &time) == MHD_YES)
            least = MIN(least, (gint64)MIN(time, G_MAXINT));
    }
    for (guint i = 0; i < web->waiting->len; i++) {
        const struct visit *visit = web->waiting->pdata[i];
        least = MIN(least, MAX(0, (visit->end - now) / 1000 + 1));
    }
    return least == G_MAXINT ? -1 : (int)least;
}

void
web_run(struct web *web)
{
    release(web, g_get_monotonic_time());
}
