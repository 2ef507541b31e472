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

#define OTHER_LISTS(F)                                                                             \
    F(catalog, LIST(event_trigger), event_triggers, "Event triggers",                              \
      SHAPE | SUPERUSER | TOLD_IN(2))                                                              \
    F(catalog, LIST(publication), publications, "Publications", SHAPE | TOLD_IN(2))                \
    F(catalog, LIST(subscription), subscriptions, "Subscriptions", SHAPE | SUPERUSER | TOLD_IN(2))

#define OTHER_KINDS(K)                                                                             \
    K(rewrite_rule, rules, "Rule", "rule", PATH_PARENT, RULE_FIELDS)                               \
    K(statistics, statistics, "Extended statistics", "statistics", PATH_SCHEMA, STATISTICS_FIELDS) \
    K(event_trigger, event_triggers, "Event trigger", "event trigger", PATH_NAME,                  \
      EVENT_TRIGGER_FIELDS)                                                                        \
    K(publication, publications, "Publication", "publication", PATH_NAME, PUBLICATION_FIELDS)      \
    K(publication_table, tables, "Published table", "published table", PATH_PARENT,                \
      PUBLICATION_TABLE_FIELDS)                                                                    \
    K(subscription, subscriptions, "Subscription", "subscription", PATH_NAME, SUBSCRIPTION_FIELDS)

#endif
