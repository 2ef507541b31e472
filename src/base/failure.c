/* failure.c - errors of the outside world as GError, always without secrets. */
#include "base/failure.h"

#include "base/secret.h"

#include <stdarg.h>

GQuark
failure_quark(void)
{
    return g_quark_from_static_string("dbdoc-failure");
}

bool
failure_set(GError **error, enum failure failure, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *safe = secret_mask(text);
    g_set_error_literal(error, FAILURE, (int)failure, safe);
    return false;
}

bool
failure_prefix(GError **error, const char *format, ...)
{
    if (error == NULL || *error == NULL)
        return false;
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *prefix = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *safe = secret_mask(prefix);
    g_prefix_error(error, "%s", safe);
    return false;
}
