/* reading.c - configuration and source, with their warnings. */
#include "commands/reading.h"

#include "commands/message.h"

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
    else if (invocation->options.profile > 0)
        reading->config->profile = (enum profile)(invocation->options.profile - 1);
    return reading->config != NULL;
}

bool
reading_read(const struct invocation *invocation, const char *source, struct reading *reading,
             GError **error)
{
    const struct options *options = &invocation->options;
    const struct source_request request = {
        .source = source,
        .observations = options->observations,
        .config = reading->config,
        .environment = invocation->surroundings->target,
        .reading = {.observe = options->observe, .lock_timeout = options->lock_timeout},
        .on_error = options->on_error,
    };
    bool done = source_read(&request, &reading->source, error);
    const GPtrArray *warnings = reading->source.warnings;
    for (guint i = 0; warnings != NULL && i < warnings->len; i++)
        message_warning(warnings->pdata[i]);
    return done;
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
