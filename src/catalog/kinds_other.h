/* kinds_other.h - kinds that few databases have: what stands beside tables, views, functions and
 * types. For kinds.h alone, which says how they are written. */
#ifndef DBDOC_KINDS_OTHER_H
#define DBDOC_KINDS_OTHER_H

/* Rules that people wrote; the one that makes a view is the view's definition. */
#define RULE_FIELDS(F)                                                                             \
    F(rewrite_rule, TEXT, name, "Name", KEY)                                                       \
    F(rewrite_rule, TEXT, event, "Event", 0)                                                       \
    F(rewrite_rule, BOOL, instead, "INSTEAD", 0)                                                   \
    F(rewrite_rule, ENUM(trigger_enabled), enabled, "Enabled", SHAPE)                              \
    F(rewrite_rule, SQL, definition, "Definition", SHAPE | LITERALS | REQUIRED)                    \
    F(rewrite_rule, TEXT, comment, "Comment", SHAPE)

#define STATISTICS_FIELDS(F)                                                                       \
    F(statistics, TEXT, schema, "Schema", KEY)                                                     \
    F(statistics, TEXT, name, "Name", KEY)                                                         \
    F(statistics, NAMES, gathered, "Kinds", 0)                                                     \
    F(statistics, NAMES, columns, "Columns", 0)                                                    \
    F(statistics, NUMBER, target, "Statistics target", SHAPE)                                      \
    F(statistics, SQL, definition, "Definition", SHAPE | LITERALS | REQUIRED)                      \
    F(statistics, TEXT, comment, "Comment", SHAPE)                                                 \
    F(statistics, TEXT, owner, "Owner", SHAPE | ACCESS)

#define EVENT_TRIGGER_FIELDS(F)                                                                    \
    F(event_trigger, TEXT, name, "Name", KEY)                                                      \
    F(event_trigger, TEXT, event, "Event", SHAPE)                                                  \
    F(event_trigger, NAMES, tags, "Commands", SHAPE)                                               \
    F(event_trigger, REF(function), function, "Function", SHAPE)                                   \
    F(event_trigger, ENUM(trigger_enabled), enabled, "Enabled", SHAPE)                             \
    F(event_trigger, TEXT, comment, "Comment", SHAPE)                                              \
    F(event_trigger, TEXT, owner, "Owner", SHAPE | ACCESS)

#define PUBLICATION_FIELDS(F)                                                                      \
    F(publication, TEXT, name, "Name", KEY)                                                        \
    F(publication, BOOL, all_tables, "All tables", SHAPE)                                          \
    F(publication, NAMES, schemas, "Schemas", SHAPE | SINCE(15))                                   \
    F(publication, NAMES, operations, "Publishes", SHAPE)                                          \
    F(publication, BOOL, via_root, "Partitions as their root", SHAPE)                              \
    F(publication, BOOL, generated_columns, "Stored generated columns", SHAPE | SINCE(18))         \
    F(publication, TEXT, comment, "Comment", SHAPE)                                                \
    F(publication, TEXT, owner, "Owner", SHAPE | ACCESS)                                           \
    F(publication, LIST(publication_table), tables, "Tables", SHAPE)

/* Named after the table's path, so that it is one among the tables of its publication. */
#define PUBLICATION_TABLE_FIELDS(F)                                                                \
    F(publication_table, TEXT, name, "Name", KEY)                                                  \
    F(publication_table, REF(table), table, "Table", 0)                                            \
    F(publication_table, NAMES, columns, "Columns", SHAPE | SINCE(15))                             \
    F(publication_table, SQL, row_filter, "Rows", SHAPE | LITERALS | SINCE(15))

/* Never the connection. */
#define SUBSCRIPTION_FIELDS(F)                                                                     \
    F(subscription, TEXT, name, "Name", KEY)                                                       \
    F(subscription, BOOL, enabled, "Enabled", SHAPE)                                               \
    F(subscription, NAMES, publications, "Publications", SHAPE)                                    \
    F(subscription, TEXT, slot, "Replication slot", SHAPE)                                         \
    F(subscription, NAMES, options, "Options", SHAPE)                                              \
    F(subscription, TEXT, comment, "Comment", SHAPE)                                               \
    F(subscription, TEXT, owner, "Owner", SHAPE | ACCESS)

/* Options of foreign objects are their names: values hold passwords, and never leave the server. */
#define FOREIGN_DATA_WRAPPER_FIELDS(F)                                                             \
    F(foreign_data_wrapper, TEXT, name, "Name", KEY)                                               \
    F(foreign_data_wrapper, TEXT, handler, "Handler", SHAPE)                                       \
    F(foreign_data_wrapper, TEXT, validator, "Validator", SHAPE)                                   \
    F(foreign_data_wrapper, NAMES, options, "Options", SHAPE)                                      \
    F(foreign_data_wrapper, TEXT, comment, "Comment", SHAPE)                                       \
    F(foreign_data_wrapper, TEXT, owner, "Owner", SHAPE | ACCESS)                                  \
    F(foreign_data_wrapper, NAMES, grants, "Grants", SHAPE | ACCESS)

#define FOREIGN_SERVER_FIELDS(F)                                                                   \
    F(foreign_server, TEXT, name, "Name", KEY)                                                     \
    F(foreign_server, TEXT, wrapper, "Foreign-data wrapper", SHAPE)                                \
    F(foreign_server, TEXT, type, "Type", SHAPE)                                                   \
    F(foreign_server, TEXT, version, "Version", SHAPE)                                             \
    F(foreign_server, NAMES, options, "Options", SHAPE)                                            \
    F(foreign_server, TEXT, comment, "Comment", SHAPE)                                             \
    F(foreign_server, TEXT, owner, "Owner", SHAPE | ACCESS)                                        \
    F(foreign_server, NAMES, grants, "Grants", SHAPE | ACCESS)

#define OPERATOR_FIELDS(F)                                                                         \
    F(operator, TEXT, schema, "Schema", KEY)                                                       \
    F(operator, TEXT, name, "Name", KEY)                                                           \
    F(operator, TEXT, argument_types, "Argument types", KEY)                                       \
    F(operator, TEXT, result, "Result", SHAPE)                                                     \
    F(operator, TEXT, function, "Function", SHAPE)                                                 \
    F(operator, TEXT, commutator, "Commutator", SHAPE)                                             \
    F(operator, TEXT, negator, "Negator", SHAPE)                                                   \
    F(operator, TEXT, restriction, "Restriction estimator", SHAPE)                                 \
    F(operator, TEXT, join_estimator, "Join estimator", SHAPE)                                     \
    F(operator, BOOL, hashes, "Can hash", SHAPE)                                                   \
    F(operator, BOOL, merges, "Can merge", SHAPE)                                                  \
    F(operator, TEXT, comment, "Comment", SHAPE)                                                   \
    F(operator, TEXT, owner, "Owner", SHAPE | ACCESS)

/* Names of classes and families are known within an access method, which stands in brackets behind
 * them as the argument types of an operator do. */
#define OPERATOR_CLASS_FIELDS(F)                                                                   \
    F(operator_class, TEXT, schema, "Schema", KEY)                                                 \
    F(operator_class, TEXT, name, "Name", KEY)                                                     \
    F(operator_class, TEXT, access_method, "Access method", KEY)                                   \
    F(operator_class, SQL, type, "For type", SHAPE)                                                \
    F(operator_class, BOOL, default_class, "Default for the type", SHAPE)                          \
    F(operator_class, TEXT, family, "Family", SHAPE)                                               \
    F(operator_class, SQL, stored_type, "Stored as", SHAPE)                                        \
    F(operator_class, NAMES, members, "Members", SHAPE)                                            \
    F(operator_class, TEXT, comment, "Comment", SHAPE)                                             \
    F(operator_class, TEXT, owner, "Owner", SHAPE | ACCESS)

#define OPERATOR_FAMILY_FIELDS(F)                                                                  \
    F(operator_family, TEXT, schema, "Schema", KEY)                                                \
    F(operator_family, TEXT, name, "Name", KEY)                                                    \
    F(operator_family, TEXT, access_method, "Access method", KEY)                                  \
    F(operator_family, NAMES, members, "Members of no class", SHAPE)                               \
    F(operator_family, TEXT, comment, "Comment", SHAPE)                                            \
    F(operator_family, TEXT, owner, "Owner", SHAPE | ACCESS)

/* The name is PostgreSQL's own: "(shop.tiny AS integer)". */
#define CAST_FIELDS(F)                                                                             \
    F(cast, TEXT, name, "Name", KEY)                                                               \
    F(cast, TEXT, method, "Method", SHAPE)                                                         \
    F(cast, TEXT, function, "Function", SHAPE)                                                     \
    F(cast, TEXT, applies, "Applies", SHAPE)                                                       \
    F(cast, TEXT, comment, "Comment", SHAPE)

#define CONVERSION_FIELDS(F)                                                                       \
    F(conversion, TEXT, schema, "Schema", KEY)                                                     \
    F(conversion, TEXT, name, "Name", KEY)                                                         \
    F(conversion, TEXT, source, "From", SHAPE)                                                     \
    F(conversion, TEXT, target, "To", SHAPE)                                                       \
    F(conversion, TEXT, function, "Function", SHAPE)                                               \
    F(conversion, BOOL, default_conversion, "Default", SHAPE)                                      \
    F(conversion, TEXT, comment, "Comment", SHAPE)                                                 \
    F(conversion, TEXT, owner, "Owner", SHAPE | ACCESS)

#define COLLATION_FIELDS(F)                                                                        \
    F(collation, TEXT, schema, "Schema", KEY)                                                      \
    F(collation, TEXT, name, "Name", KEY)                                                          \
    F(collation, TEXT, provider, "Provider", SHAPE)                                                \
    F(collation, TEXT, locale, "Locale", SHAPE)                                                    \
    F(collation, TEXT, rules, "Rules", SHAPE | SINCE(16))                                          \
    F(collation, BOOL, deterministic, "Deterministic", SHAPE)                                      \
    F(collation, TEXT, comment, "Comment", SHAPE)                                                  \
    F(collation, TEXT, owner, "Owner", SHAPE | ACCESS)

#define TEXT_SEARCH_PARSER_FIELDS(F)                                                               \
    F(text_search_parser, TEXT, schema, "Schema", KEY)                                             \
    F(text_search_parser, TEXT, name, "Name", KEY)                                                 \
    F(text_search_parser, NAMES, functions, "Functions", SHAPE)                                    \
    F(text_search_parser, TEXT, comment, "Comment", SHAPE)

#define TEXT_SEARCH_TEMPLATE_FIELDS(F)                                                             \
    F(text_search_template, TEXT, schema, "Schema", KEY)                                           \
    F(text_search_template, TEXT, name, "Name", KEY)                                               \
    F(text_search_template, NAMES, functions, "Functions", SHAPE)                                  \
    F(text_search_template, TEXT, comment, "Comment", SHAPE)

#define TEXT_SEARCH_DICTIONARY_FIELDS(F)                                                           \
    F(text_search_dictionary, TEXT, schema, "Schema", KEY)                                         \
    F(text_search_dictionary, TEXT, name, "Name", KEY)                                             \
    F(text_search_dictionary, TEXT, template, "Template", SHAPE)                                   \
    F(text_search_dictionary, SQL, options, "Options", SHAPE | LITERALS)                           \
    F(text_search_dictionary, TEXT, comment, "Comment", SHAPE)                                     \
    F(text_search_dictionary, TEXT, owner, "Owner", SHAPE | ACCESS)

#define TEXT_SEARCH_CONFIGURATION_FIELDS(F)                                                        \
    F(text_search_configuration, TEXT, schema, "Schema", KEY)                                      \
    F(text_search_configuration, TEXT, name, "Name", KEY)                                          \
    F(text_search_configuration, TEXT, parser, "Parser", SHAPE)                                    \
    F(text_search_configuration, NAMES, mappings, "Mappings", SHAPE)                               \
    F(text_search_configuration, TEXT, comment, "Comment", SHAPE)                                  \
    F(text_search_configuration, TEXT, owner, "Owner", SHAPE | ACCESS)

#define LANGUAGE_FIELDS(F)                                                                         \
    F(procedural_language, TEXT, name, "Name", KEY)                                                \
    F(procedural_language, BOOL, trusted, "Trusted", SHAPE)                                        \
    F(procedural_language, TEXT, handler, "Handler", SHAPE)                                        \
    F(procedural_language, TEXT, inline_handler, "Inline handler", SHAPE)                          \
    F(procedural_language, TEXT, validator, "Validator", SHAPE)                                    \
    F(procedural_language, TEXT, comment, "Comment", SHAPE)                                        \
    F(procedural_language, TEXT, owner, "Owner", SHAPE | ACCESS)                                   \
    F(procedural_language, NAMES, grants, "Grants", SHAPE | ACCESS)

/* The name is PostgreSQL's own: "for shop.tiny language plpgsql". */
#define TRANSFORM_FIELDS(F)                                                                        \
    F(transform, TEXT, name, "Name", KEY)                                                          \
    F(transform, TEXT, from_sql, "From SQL", SHAPE)                                                \
    F(transform, TEXT, to_sql, "To SQL", SHAPE)                                                    \
    F(transform, TEXT, comment, "Comment", SHAPE)

#define ACCESS_METHOD_FIELDS(F)                                                                    \
    F(access_method, TEXT, name, "Name", KEY)                                                      \
    F(access_method, TEXT, type, "Of", SHAPE)                                                      \
    F(access_method, TEXT, handler, "Handler", SHAPE)                                              \
    F(access_method, TEXT, comment, "Comment", SHAPE)

/* The server's, not the database's: they are shown, and not compared. Never their folder. */
#define TABLESPACE_FIELDS(F)                                                                       \
    F(tablespace, TEXT, name, "Name", KEY)                                                         \
    F(tablespace, NAMES, options, "Options", 0)                                                    \
    F(tablespace, TEXT, comment, "Comment", 0)                                                     \
    F(tablespace, TEXT, owner, "Owner", WITHHELD)                                                  \
    F(tablespace, NAMES, grants, "Grants", WITHHELD)

#define OTHER_LISTS(F)                                                                             \
    F(catalog, LIST(event_trigger), event_triggers, "Event triggers",                              \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(publication), publications, "Publications", SHAPE | TOLD_IN(2))                \
    F(catalog, LIST(subscription), subscriptions, "Subscriptions", SHAPE | SUPERUSER | TOLD_IN(2)) \
    F(catalog, LIST(foreign_data_wrapper), foreign_data_wrappers, "Foreign-data wrappers",         \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(foreign_server), foreign_servers, "Foreign servers",                           \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(operator), operators, "Operators", SHAPE | TOLD_IN(2))                         \
    F(catalog, LIST(operator_class), operator_classes, "Operator classes",                         \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(operator_family), operator_families, "Operator families",                      \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(cast), casts, "Casts", SHAPE | SUPERUSER | TOLD_IN(2))                         \
    F(catalog, LIST(conversion), conversions, "Conversions", SHAPE | TOLD_IN(2))                   \
    F(catalog, LIST(collation), collations, "Collations", SHAPE | TOLD_IN(2))                      \
    F(catalog, LIST(text_search_configuration), text_search_configurations,                        \
      "Text search configurations", SHAPE | TOLD_IN(2))                                            \
    F(catalog, LIST(text_search_dictionary), text_search_dictionaries, "Text search dictionaries", \
      SHAPE | TOLD_IN(2))                                                                          \
    F(catalog, LIST(text_search_parser), text_search_parsers, "Text search parsers",               \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(text_search_template), text_search_templates, "Text search templates",         \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(procedural_language), languages, "Languages", SHAPE | SUPERUSER | TOLD_IN(2))  \
    F(catalog, LIST(transform), transforms, "Transforms", SHAPE | TOLD_IN(2))                      \
    F(catalog, LIST(access_method), access_methods, "Access methods",                              \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(tablespace), tablespaces, "Tablespaces", SUPERUSER | TOLD_IN(2))

#define OTHER_KINDS(K)                                                                             \
    K(rewrite_rule, rules, "Rule", "rule", PATH_PARENT, RULE_FIELDS)                               \
    K(statistics, statistics, "Extended statistics", "statistics", PATH_SCHEMA, STATISTICS_FIELDS) \
    K(event_trigger, event_triggers, "Event trigger", "event trigger", PATH_NAME,                  \
      EVENT_TRIGGER_FIELDS)                                                                        \
    K(publication, publications, "Publication", "publication", PATH_NAME, PUBLICATION_FIELDS)      \
    K(publication_table, tables, "Published table", "published table", PATH_PARENT,                \
      PUBLICATION_TABLE_FIELDS)                                                                    \
    K(subscription, subscriptions, "Subscription", "subscription", PATH_NAME, SUBSCRIPTION_FIELDS) \
    K(foreign_data_wrapper, foreign_data_wrappers, "Foreign-data wrapper", "foreign-data wrapper", \
      PATH_NAME, FOREIGN_DATA_WRAPPER_FIELDS)                                                      \
    K(foreign_server, foreign_servers, "Foreign server", "server", PATH_NAME,                      \
      FOREIGN_SERVER_FIELDS)                                                                       \
    K(operator, operators, "Operator", "operator", PATH_ARGUMENTS, OPERATOR_FIELDS)                \
    K(operator_class, operator_classes, "Operator class", "operator class", PATH_ARGUMENTS,        \
      OPERATOR_CLASS_FIELDS)                                                                       \
    K(operator_family, operator_families, "Operator family", "operator family", PATH_ARGUMENTS,    \
      OPERATOR_FAMILY_FIELDS)                                                                      \
    K(cast, casts, "Cast", "cast", PATH_NAME, CAST_FIELDS)                                         \
    K(conversion, conversions, "Conversion", "conversion", PATH_SCHEMA, CONVERSION_FIELDS)         \
    K(collation, collations, "Collation", "collation", PATH_SCHEMA, COLLATION_FIELDS)              \
    K(text_search_configuration, text_search_configurations, "Text search configuration",          \
      "text search configuration", PATH_SCHEMA, TEXT_SEARCH_CONFIGURATION_FIELDS)                  \
    K(text_search_dictionary, text_search_dictionaries, "Text search dictionary",                  \
      "text search dictionary", PATH_SCHEMA, TEXT_SEARCH_DICTIONARY_FIELDS)                        \
    K(text_search_parser, text_search_parsers, "Text search parser", "text search parser",         \
      PATH_SCHEMA, TEXT_SEARCH_PARSER_FIELDS)                                                      \
    K(text_search_template, text_search_templates, "Text search template", "text search template", \
      PATH_SCHEMA, TEXT_SEARCH_TEMPLATE_FIELDS)                                                    \
    K(procedural_language, languages, "Language", "language", PATH_NAME, LANGUAGE_FIELDS)          \
    K(transform, transforms, "Transform", "transform", PATH_NAME, TRANSFORM_FIELDS)                \
    K(access_method, access_methods, "Access method", "access method", PATH_NAME,                  \
      ACCESS_METHOD_FIELDS)                                                                        \
    K(tablespace, tablespaces, "Tablespace", "tablespace", PATH_NAME, TABLESPACE_FIELDS)

#endif
