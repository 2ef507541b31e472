/* reading.c - configuration and source, with their warnings. */
#include "commands/reading.h"

#include "commands/message.h"
#include "commands/publishing.h"

const char *
invocation_source(const struct invocation *invocation)
{
    return invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
}

bool
reading_begin(const struct invocation *invocation, struct reading *reading, GError **error)
{
    *reading = (struct reading){.arena = arena_new(), .commands = invocation->options.commands};
    reading->config = config_read(reading->arena, invocation->options.config,
                                  invocation->surroundings->variables, error);
    if (reading->config == NULL)
        reading_close(reading);
    if (reading->config != NULL && invocation->options.profile > 0)
        reading->config->profile = (enum profile)(invocation->options.profile - 1);
    if (reading->config != NULL && invocation->options.publish > 0)
        reading->config->publish = (enum publish)(invocation->options.publish - 1);
    return reading->config != NULL;
}

static struct source_request
request_of(const struct invocation *invocation, const char *source, const struct reading *reading)
{
    const struct options *options = &invocation->options;
    return (struct source_request){
        .source = source,
        .observations = options->observations,
        .config = reading->config,
        .environment = invocation->surroundings->target,
        .reading = {.observe = options->observe, .lock_timeout = options->lock_timeout},
        .on_error = options->on_error,
        .visit = reading->visit,
    };
}

static void
print_warnings(const struct source_result *result)
{
    const GPtrArray *warnings = result->warnings;
    for (guint i = 0; warnings != NULL && i < warnings->len; i++)
        message_warning(warnings->pdata[i]);
}

bool
reading_read(const struct invocation *invocation, const char *source, struct reading *reading,
             GError **error)
{
    const struct source_request request = request_of(invocation, source, reading);
    bool done = source_read(&request, &reading->source, error);
    print_warnings(&reading->source);
    if (done)
        publishing_follow(reading->config, reading->source.database);
    return done;
}

static bool
read_two(const struct invocation *invocation, struct reading *first, struct reading *second,
         GError **error)
{
    const struct source_request before = request_of(invocation, invocation->arguments[0], first);
    const struct source_request after = request_of(invocation, invocation->arguments[1], second);
    struct source_result results[2];
    bool done = source_read_two(&before, &after, results, error);
    first->source = results[0];
    second->source = results[1];
    print_warnings(&results[0]);
    print_warnings(&results[1]);
    for (size_t i = 0; done && i < G_N_ELEMENTS(results); i++) {
        publishing_follow(first->config, results[i].database);
        publishing_follow(second->config, results[i].database);
    }
    return done;
}

bool
reading_open_two(const struct invocation *invocation, struct reading *first, struct reading *second,
                 GError **error)
{
    if (!reading_begin(invocation, first, error))
        return false;
    bool begun = reading_begin(invocation, second, error);
    if (begun && read_two(invocation, first, second, error))
        return true;
    if (begun)
        reading_close(second);
    reading_close(first);
    return false;
}

bool
reading_open(const struct invocation *invocation, const char *source, struct reading *reading,
             GError **error)
{
    if (!reading_begin(invocation, reading, error))
        return false;
    if (reading_read(invocation, source, reading, error))
        return true;
    reading_close(reading);
    return false;
}

void
reading_close(struct reading *reading)
{
    source_result_clear(&reading->source);
    g_clear_pointer(&reading->arena, arena_free);
}
