/* kinds.h - every kind of object and every fact about it, once.
 *
 * F(kind, TYPE, name, title, flags) is one fact: the struct member, the column that the .sql file
 * returns, the key in the snapshot, the line in a diff and the attribute in a view all carry its
 * name. K(kind, plural, title, word, rule, FIELDS) is one kind: `word` is what people write in
 * addresses ("table blog.posts"), `rule` says how its path is made (see enum path_rule).
 *
 * Adding a fact: one line here, one column in introspect/sql/, one place in a template.
 */
#ifndef DBDOC_KINDS_H
#define DBDOC_KINDS_H

#include "catalog/kinds_other.h"

/* Closed sets of words. V(constant, "word"); the value 0 of each is "unknown". */
#define TABLE_KIND(V)                                                                              \
    V(TABLE_ORDINARY, "ordinary")                                                                  \
    V(TABLE_PARTITIONED, "partitioned")                                                            \
    V(TABLE_FOREIGN, "foreign")
#define REPLICA_IDENTITY(V)                                                                        \
    V(REPLICA_DEFAULT, "default")                                                                  \
    V(REPLICA_NOTHING, "nothing")                                                                  \
    V(REPLICA_FULL, "full")                                                                        \
    V(REPLICA_INDEX, "index")
#define COLUMN_IDENTITY(V)                                                                         \
    V(IDENTITY_NONE, "none")                                                                       \
    V(IDENTITY_ALWAYS, "always")                                                                   \
    V(IDENTITY_BY_DEFAULT, "by default")
#define COLUMN_GENERATED(V)                                                                        \
    V(GENERATED_NONE, "none")                                                                      \
    V(GENERATED_STORED, "stored")                                                                  \
    V(GENERATED_VIRTUAL, "virtual")
#define CONSTRAINT_KIND(V)                                                                         \
    V(CONSTRAINT_PRIMARY_KEY, "primary key")                                                       \
    V(CONSTRAINT_UNIQUE, "unique")                                                                 \
    V(CONSTRAINT_FOREIGN_KEY, "foreign key")                                                       \
    V(CONSTRAINT_CHECK, "check")                                                                   \
    V(CONSTRAINT_EXCLUSION, "exclusion")
#define FOREIGN_KEY_ACTION(V)                                                                      \
    V(ACTION_NO_ACTION, "no action")                                                               \
    V(ACTION_RESTRICT, "restrict")                                                                 \
    V(ACTION_CASCADE, "cascade")                                                                   \
    V(ACTION_SET_NULL, "set null")                                                                 \
    V(ACTION_SET_DEFAULT, "set default")
#define FOREIGN_KEY_MATCH(V)                                                                       \
    V(MATCH_SIMPLE, "simple")                                                                      \
    V(MATCH_FULL, "full")                                                                          \
    V(MATCH_PARTIAL, "partial")
#define TRIGGER_ENABLED(V)                                                                         \
    V(TRIGGER_ORIGIN, "origin")                                                                    \
    V(TRIGGER_DISABLED, "disabled")                                                                \
    V(TRIGGER_REPLICA, "replica")                                                                  \
    V(TRIGGER_ALWAYS, "always")
#define FUNCTION_KIND(V)                                                                           \
    V(FUNCTION_PLAIN, "function")                                                                  \
    V(FUNCTION_PROCEDURE, "procedure")                                                             \
    V(FUNCTION_AGGREGATE, "aggregate")                                                             \
    V(FUNCTION_WINDOW, "window")
#define ACCESS_SOURCE(V)                                                                           \
    V(ACCESS_OF_SERVER, "server")                                                                  \
    V(ACCESS_OF_DUMP, "dump")                                                                      \
    V(ACCESS_OF_MIGRATIONS, "migrations")
#define VOLATILITY(V)                                                                              \
    V(VOLATILITY_IMMUTABLE, "immutable")                                                           \
    V(VOLATILITY_STABLE, "stable")                                                                 \
    V(VOLATILITY_VOLATILE, "volatile")
#define PARALLEL_SAFETY(V)                                                                         \
    V(PARALLEL_SAFE, "safe")                                                                       \
    V(PARALLEL_RESTRICTED, "restricted")                                                           \
    V(PARALLEL_UNSAFE, "unsafe")

#define ENUMERATIONS(E)                                                                            \
    E(table_kind, TABLE_KIND)                                                                      \
    E(replica_identity, REPLICA_IDENTITY)                                                          \
    E(column_identity, COLUMN_IDENTITY)                                                            \
    E(column_generated, COLUMN_GENERATED)                                                          \
    E(constraint_kind, CONSTRAINT_KIND)                                                            \
    E(foreign_key_action, FOREIGN_KEY_ACTION)                                                      \
    E(foreign_key_match, FOREIGN_KEY_MATCH)                                                        \
    E(trigger_enabled, TRIGGER_ENABLED)                                                            \
    E(function_kind, FUNCTION_KIND)                                                                \
    E(volatility, VOLATILITY)                                                                      \
    E(parallel_safety, PARALLEL_SAFETY)                                                            \
    E(access_source, ACCESS_SOURCE)

#define SCHEMA_FIELDS(F)                                                                           \
    F(schema, TEXT, name, "Name", KEY)                                                             \
    F(schema, TEXT, comment, "Comment", SHAPE)                                                     \
    F(schema, TEXT, owner, "Owner", SHAPE | ACCESS)                                                \
    F(schema, NAMES, grants, "Grants", SHAPE | ACCESS)

/* The version is not compared: dumps do not carry it. */
#define EXTENSION_FIELDS(F)                                                                        \
    F(extension, TEXT, name, "Name", KEY)                                                          \
    F(extension, TEXT, schema, "Schema", SHAPE)                                                    \
    F(extension, TEXT, version, "Version", 0)                                                      \
    F(extension, TEXT, comment, "Comment", SHAPE)                                                  \
    F(extension, TEXT, owner, "Owner", SHAPE | ACCESS)                                             \
    F(extension, NAMES, members, "Members", 0)

#define TABLE_FIELDS(F)                                                                            \
    F(table, TEXT, schema, "Schema", KEY)                                                          \
    F(table, TEXT, name, "Name", KEY)                                                              \
    F(table, ENUM(table_kind), kind, "Kind", SHAPE)                                                \
    F(table, BOOL, unlogged, "Unlogged", SHAPE)                                                    \
    F(table, TEXT, access_method, "Access method", SHAPE)                                          \
    F(table, REF(type), of_type, "Of type", SHAPE)                                                 \
    F(table, TEXT, server, "Foreign server", SHAPE)                                                \
    F(table, NAMES, foreign_options, "Options of the foreign table", SHAPE | TOLD_IN(2))           \
    F(table, TEXT, tablespace, "Tablespace", TOLD_IN(2))                                           \
    F(table, SQL, partition_key, "Partition key", SHAPE | LITERALS)                                \
    F(table, REF(table), partition_of, "Partition of", SHAPE)                                      \
    F(table, SQL, partition_bound, "Partition bound", SHAPE | LITERALS)                            \
    F(table, REFS(table), inherits, "Inherits", SHAPE)                                             \
    F(table, BOOL, row_security, "Row security", SHAPE)                                            \
    F(table, BOOL, forced_row_security, "Row security for the owner", SHAPE)                       \
    F(table, ENUM(replica_identity), replica_identity, "Replica identity", SHAPE)                  \
    F(table, NAMES, options, "Storage options", SHAPE)                                             \
    F(table, TEXT, comment, "Comment", SHAPE)                                                      \
    F(table, TEXT, owner, "Owner", SHAPE | ACCESS)                                                 \
    F(table, NAMES, grants, "Grants", SHAPE | ACCESS)                                              \
    F(table, LIST(column), columns, "Columns", SHAPE)                                              \
    F(table, LIST(constraint), constraints, "Constraints", SHAPE)                                  \
    F(table, LIST(index), indexes, "Indexes", SHAPE)                                               \
    F(table, LIST(trigger), triggers, "Triggers", SHAPE)                                           \
    F(table, LIST(policy), policies, "Policies", SHAPE)                                            \
    F(table, LIST(rewrite_rule), rules, "Rules", SHAPE | TOLD_IN(2))                               \
    F(table, LIST(statistics), statistics, "Extended statistics", SHAPE | TOLD_IN(2))

#define COLUMN_FIELDS(F)                                                                           \
    F(column, TEXT, name, "Name", KEY)                                                             \
    F(column, NUMBER, position, "Position", ORDER)                                                 \
    F(column, SQL, type, "Type", SHAPE)                                                            \
    F(column, REF(type), type_object, "Type object", 0)                                            \
    F(column, BOOL, not_null, "NOT NULL", SHAPE)                                                   \
    F(column, SQL, default_value, "Default", SHAPE | LITERALS)                                     \
    F(column, ENUM(column_identity), identity, "Identity", SHAPE)                                  \
    F(column, ENUM(column_generated), generated, "Generated", SHAPE)                               \
    F(column, SQL, generation_expression, "Generation expression", SHAPE | LITERALS)               \
    F(column, REFS(column), uses, "Uses columns", 0)                                               \
    F(column, TEXT, collation, "Collation", SHAPE)                                                 \
    F(column, NAMES, options, "Storage options", SHAPE)                                            \
    F(column, NAMES, foreign_options, "Options of the foreign column", SHAPE | TOLD_IN(2))         \
    F(column, BOOL, inherited, "Inherited", 0)                                                     \
    F(column, TEXT, comment, "Comment", SHAPE)                                                     \
    F(column, NAMES, grants, "Grants", SHAPE | ACCESS)

#define CONSTRAINT_FIELDS(F)                                                                       \
    F(constraint, TEXT, name, "Name", KEY)                                                         \
    F(constraint, ENUM(constraint_kind), kind, "Kind", 0)                                          \
    F(constraint, NAMES, columns, "Columns", 0)                                                    \
    F(constraint, REF(table), references, "References", 0)                                         \
    F(constraint, NAMES, referenced_columns, "Referenced columns", 0)                              \
    F(constraint, ENUM(foreign_key_action), on_delete, "On delete", 0)                             \
    F(constraint, ENUM(foreign_key_action), on_update, "On update", 0)                             \
    F(constraint, NAMES, set_columns, "Columns set on delete", SINCE(15))                          \
    F(constraint, ENUM(foreign_key_match), match, "Match", 0)                                      \
    F(constraint, BOOL, deferrable, "Deferrable", 0)                                               \
    F(constraint, BOOL, initially_deferred, "Initially deferred", 0)                               \
    F(constraint, BOOL, validated, "Validated", 0)                                                 \
    F(constraint, BOOL, inherited, "Inherited", 0)                                                 \
    F(constraint, REF(index), index, "Index", 0)                                                   \
    F(constraint, SQL, definition, "Definition", SHAPE | LITERALS | REQUIRED)                      \
    F(constraint, TEXT, comment, "Comment", SHAPE)

#define INDEX_FIELDS(F)                                                                            \
    F(index, TEXT, name, "Name", KEY)                                                              \
    F(index, TEXT, method, "Method", 0)                                                            \
    F(index, BOOL, unique, "Unique", 0)                                                            \
    F(index, BOOL, primary, "Primary key", 0)                                                      \
    F(index, BOOL, exclusion, "Exclusion", 0)                                                      \
    F(index, BOOL, nulls_not_distinct, "NULLS NOT DISTINCT", SINCE(15))                            \
    F(index, BOOL, immediate, "Checked at once", 0)                                                \
    F(index, BOOL, valid, "Valid", SHAPE)                                                          \
    F(index, BOOL, ready, "Ready", SHAPE)                                                          \
    F(index, BOOL, clustered, "Clustered", SHAPE)                                                  \
    F(index, BOOL, replica_identity, "Replica identity", SHAPE)                                    \
    F(index, REF(index), partition_of, "Partition of", SHAPE)                                      \
    F(index, NAMES, included, "INCLUDE", 0)                                                        \
    F(index, SQL, predicate, "Predicate", LITERALS)                                                \
    F(index, REFS(column), uses, "Uses columns", 0)                                                \
    F(index, NAMES, options, "Storage options", 0)                                                 \
    F(index, TEXT, tablespace, "Tablespace", TOLD_IN(2))                                           \
    F(index, SQL, definition, "Definition", SHAPE | LITERALS | REQUIRED)                           \
    F(index, TEXT, comment, "Comment", SHAPE)                                                      \
    F(index, LIST(key), keys, "Keys", 0)

#define KEY_FIELDS(F)                                                                              \
    F(key, NUMBER, position, "Position", KEY | ORDER)                                              \
    F(key, TEXT, column, "Column", 0)                                                              \
    F(key, SQL, expression, "Expression", LITERALS)                                                \
    F(key, TEXT, operator_class, "Operator class", 0)                                              \
    F(key, BOOL, default_operator_class, "Default operator class", 0)                              \
    F(key, TEXT, collation, "Collation", 0)                                                        \
    F(key, BOOL, default_collation, "Default collation", 0)                                        \
    F(key, BOOL, descending, "Descending", 0)                                                      \
    F(key, BOOL, nulls_first, "Nulls first", 0)

#define TRIGGER_FIELDS(F)                                                                          \
    F(trigger, TEXT, name, "Name", KEY)                                                            \
    F(trigger, TEXT, timing, "Timing", 0)                                                          \
    F(trigger, NAMES, events, "Events", 0)                                                         \
    F(trigger, BOOL, for_each_row, "For each row", 0)                                              \
    F(trigger, BOOL, constraint, "Constraint trigger", 0)                                          \
    F(trigger, REF(function), function, "Function", 0)                                             \
    F(trigger, REFS(column), uses, "Uses columns", 0)                                              \
    F(trigger, ENUM(trigger_enabled), enabled, "Enabled", SHAPE)                                   \
    F(trigger, BOOL, inherited, "Inherited", 0)                                                    \
    F(trigger, SQL, definition, "Definition", SHAPE | LITERALS | REQUIRED)                         \
    F(trigger, TEXT, comment, "Comment", SHAPE)

#define POLICY_FIELDS(F)                                                                           \
    F(policy, TEXT, name, "Name", KEY)                                                             \
    F(policy, TEXT, command, "Command", SHAPE)                                                     \
    F(policy, BOOL, permissive, "Permissive", SHAPE)                                               \
    F(policy, NAMES, roles, "Roles", SHAPE | WITHHELD)                                             \
    F(policy, SQL, using_expression, "USING", SHAPE | LITERALS)                                    \
    F(policy, SQL, check_expression, "WITH CHECK", SHAPE | LITERALS)                               \
    F(policy, REFS(column), uses, "Uses columns", 0)                                               \
    F(policy, TEXT, comment, "Comment", SHAPE)

#define VIEW_FIELDS(F)                                                                             \
    F(view, TEXT, schema, "Schema", KEY)                                                           \
    F(view, TEXT, name, "Name", KEY)                                                               \
    F(view, BOOL, materialized, "Materialized", SHAPE)                                             \
    F(view, NAMES, options, "Options", SHAPE)                                                      \
    F(view, REFS(relation), reads, "Reads", 0)                                                     \
    F(view, REFS(column), uses, "Uses columns", 0)                                                 \
    F(view, SQL, definition, "Definition", SHAPE | LITERALS | BODY | REQUIRED)                     \
    F(view, TEXT, comment, "Comment", SHAPE)                                                       \
    F(view, TEXT, owner, "Owner", SHAPE | ACCESS)                                                  \
    F(view, NAMES, grants, "Grants", SHAPE | ACCESS)                                               \
    F(view, LIST(column), columns, "Columns", SHAPE)                                               \
    F(view, LIST(index), indexes, "Indexes", SHAPE)                                                \
    F(view, LIST(trigger), triggers, "Triggers", SHAPE)                                            \
    F(view, LIST(rewrite_rule), rules, "Rules", SHAPE | TOLD_IN(2))                                \
    F(view, LIST(statistics), statistics, "Extended statistics", SHAPE | TOLD_IN(2))

#define SEQUENCE_FIELDS(F)                                                                         \
    F(sequence, TEXT, schema, "Schema", KEY)                                                       \
    F(sequence, TEXT, name, "Name", KEY)                                                           \
    F(sequence, BOOL, unlogged, "Unlogged", SHAPE)                                                 \
    F(sequence, TEXT, type, "Type", SHAPE)                                                         \
    F(sequence, NUMBER, start, "Start", SHAPE)                                                     \
    F(sequence, NUMBER, minimum, "Minimum", SHAPE)                                                 \
    F(sequence, NUMBER, maximum, "Maximum", SHAPE)                                                 \
    F(sequence, NUMBER, increment, "Increment", SHAPE)                                             \
    F(sequence, NUMBER, cache, "Cache", SHAPE)                                                     \
    F(sequence, BOOL, cycle, "Cycle", SHAPE)                                                       \
    F(sequence, REF(column), owned_by, "Owned by", SHAPE)                                          \
    F(sequence, BOOL, identity, "Identity column's", SHAPE)                                        \
    F(sequence, TEXT, comment, "Comment", SHAPE)                                                   \
    F(sequence, TEXT, owner, "Owner", SHAPE | ACCESS)                                              \
    F(sequence, NAMES, grants, "Grants", SHAPE | ACCESS)

#define FUNCTION_FIELDS(F)                                                                         \
    F(function, TEXT, schema, "Schema", KEY)                                                       \
    F(function, TEXT, name, "Name", KEY)                                                           \
    F(function, TEXT, argument_types, "Argument types", KEY)                                       \
    F(function, ENUM(function_kind), kind, "Kind", 0)                                              \
    F(function, SQL, arguments, "Arguments", LITERALS)                                             \
    F(function, TEXT, result, "Result", 0)                                                         \
    F(function, TEXT, language, "Language", 0)                                                     \
    F(function, ENUM(volatility), volatility, "Volatility", 0)                                     \
    F(function, BOOL, strict, "Strict", 0)                                                         \
    F(function, BOOL, security_definer, "Security definer", 0)                                     \
    F(function, BOOL, leakproof, "Leakproof", 0)                                                   \
    F(function, ENUM(parallel_safety), parallel, "Parallel", 0)                                    \
    F(function, NAMES, settings, "Settings", LITERALS)                                             \
    F(function, BOOL, sql_body, "Body in standard SQL", SINCE(14))                                 \
    F(function, REFS(relation), reads, "Reads", 0)                                                 \
    F(function, REFS(column), uses, "Uses columns", 0)                                             \
    F(function, SQL, definition, "Definition", SHAPE | LITERALS | BODY | REQUIRED)                 \
    F(function, TEXT, comment, "Comment", SHAPE)                                                   \
    F(function, TEXT, owner, "Owner", SHAPE | ACCESS)                                              \
    F(function, NAMES, grants, "Grants", SHAPE | ACCESS)

#define ENUM_TYPE_FIELDS(F)                                                                        \
    F(enum_type, TEXT, schema, "Schema", KEY)                                                      \
    F(enum_type, TEXT, name, "Name", KEY)                                                          \
    F(enum_type, NAMES, labels, "Labels", SHAPE | LITERALS)                                        \
    F(enum_type, TEXT, comment, "Comment", SHAPE)                                                  \
    F(enum_type, TEXT, owner, "Owner", SHAPE | ACCESS)                                             \
    F(enum_type, NAMES, grants, "Grants", SHAPE | ACCESS)

#define DOMAIN_FIELDS(F)                                                                           \
    F(domain, TEXT, schema, "Schema", KEY)                                                         \
    F(domain, TEXT, name, "Name", KEY)                                                             \
    F(domain, SQL, type, "Base type", SHAPE)                                                       \
    F(domain, REF(type), type_object, "Type object", 0)                                            \
    F(domain, BOOL, not_null, "NOT NULL", SHAPE)                                                   \
    F(domain, SQL, default_value, "Default", SHAPE | LITERALS)                                     \
    F(domain, TEXT, collation, "Collation", SHAPE)                                                 \
    F(domain, TEXT, comment, "Comment", SHAPE)                                                     \
    F(domain, TEXT, owner, "Owner", SHAPE | ACCESS)                                                \
    F(domain, NAMES, grants, "Grants", SHAPE | ACCESS)                                             \
    F(domain, LIST(domain_constraint), constraints, "Constraints", SHAPE)

#define DOMAIN_CONSTRAINT_FIELDS(F)                                                                \
    F(domain_constraint, TEXT, name, "Name", KEY)                                                  \
    F(domain_constraint, SQL, definition, "Definition", SHAPE | LITERALS | REQUIRED)               \
    F(domain_constraint, BOOL, validated, "Validated", 0)                                          \
    F(domain_constraint, TEXT, comment, "Comment", SHAPE)

#define COMPOSITE_TYPE_FIELDS(F)                                                                   \
    F(composite_type, TEXT, schema, "Schema", KEY)                                                 \
    F(composite_type, TEXT, name, "Name", KEY)                                                     \
    F(composite_type, TEXT, comment, "Comment", SHAPE)                                             \
    F(composite_type, TEXT, owner, "Owner", SHAPE | ACCESS)                                        \
    F(composite_type, NAMES, grants, "Grants", SHAPE | ACCESS)                                     \
    F(composite_type, LIST(attribute), attributes, "Attributes", SHAPE)

#define ATTRIBUTE_FIELDS(F)                                                                        \
    F(attribute, TEXT, name, "Name", KEY)                                                          \
    F(attribute, NUMBER, position, "Position", ORDER)                                              \
    F(attribute, SQL, type, "Type", SHAPE)                                                         \
    F(attribute, REF(type), type_object, "Type object", 0)                                         \
    F(attribute, TEXT, collation, "Collation", SHAPE)                                              \
    F(attribute, TEXT, comment, "Comment", SHAPE)

#define RANGE_TYPE_FIELDS(F)                                                                       \
    F(range_type, TEXT, schema, "Schema", KEY)                                                     \
    F(range_type, TEXT, name, "Name", KEY)                                                         \
    F(range_type, SQL, subtype, "Subtype", SHAPE)                                                  \
    F(range_type, TEXT, operator_class, "Operator class", SHAPE)                                   \
    F(range_type, TEXT, collation, "Collation", SHAPE)                                             \
    F(range_type, TEXT, canonical_function, "Canonical function", SHAPE)                           \
    F(range_type, TEXT, difference_function, "Difference function", SHAPE)                         \
    F(range_type, TEXT, multirange, "Multirange type", SHAPE | SINCE(14))                          \
    F(range_type, TEXT, comment, "Comment", SHAPE)                                                 \
    F(range_type, TEXT, owner, "Owner", SHAPE | ACCESS)                                            \
    F(range_type, NAMES, grants, "Grants", SHAPE | ACCESS)

#define BASE_TYPE_FIELDS(F)                                                                        \
    F(base_type, TEXT, schema, "Schema", KEY)                                                      \
    F(base_type, TEXT, name, "Name", KEY)                                                          \
    F(base_type, BOOL, defined, "Defined", SHAPE)                                                  \
    F(base_type, TEXT, input_function, "Input function", SHAPE)                                    \
    F(base_type, TEXT, output_function, "Output function", SHAPE)                                  \
    F(base_type, TEXT, comment, "Comment", SHAPE)                                                  \
    F(base_type, TEXT, owner, "Owner", SHAPE | ACCESS)                                             \
    F(base_type, NAMES, grants, "Grants", SHAPE | ACCESS)

/* Roles that own something here, may do something, or are members of one that may; and superusers.
 * Where SQL was loaded into a throw-away cluster, their names are all that is known. */
#define ROLE_FIELDS(F)                                                                             \
    F(role, TEXT, name, "Name", KEY)                                                               \
    F(role, BOOL, login, "LOGIN", SHAPE)                                                           \
    F(role, BOOL, superuser, "SUPERUSER", SHAPE)                                                   \
    F(role, BOOL, inherit, "INHERIT", SHAPE)                                                       \
    F(role, BOOL, create_role, "CREATEROLE", SHAPE)                                                \
    F(role, BOOL, create_database, "CREATEDB", SHAPE)                                              \
    F(role, BOOL, replication, "REPLICATION", SHAPE)                                               \
    F(role, BOOL, bypass_row_security, "BYPASSRLS", SHAPE)                                         \
    F(role, NAMES, settings, "Settings", SHAPE)                                                    \
    F(role, NAMES, settings_here, "Settings in this database", SHAPE)                              \
    F(role, TEXT, comment, "Comment", SHAPE)                                                       \
    F(role, LIST(membership), memberships, "Memberships", SHAPE)

/* Named after the role that the other one is a member of. */
#define MEMBERSHIP_FIELDS(F)                                                                       \
    F(membership, TEXT, name, "Member of", KEY)                                                    \
    F(membership, BOOL, admin, "ADMIN", SHAPE)                                                     \
    F(membership, BOOL, inherit, "INHERIT", SHAPE)                                                 \
    F(membership, BOOL, set, "SET", SHAPE | SINCE(16))

/* What objects that a role makes in future are granted; without a schema: in all of them. */
#define DEFAULT_PRIVILEGES_FIELDS(F)                                                               \
    F(default_privileges, TEXT, name, "Name", KEY)                                                 \
    F(default_privileges, TEXT, role, "Made by", 0)                                                \
    F(default_privileges, TEXT, schema, "Schema", 0)                                               \
    F(default_privileges, TEXT, objects, "Objects", 0)                                             \
    F(default_privileges, NAMES, grants, "Grants", SHAPE | ACCESS)

/* What a migration tool wrote down in the database about itself. */
#define HISTORY_FIELDS(F)                                                                          \
    F(history, TEXT, schema, "Schema", KEY)                                                        \
    F(history, TEXT, name, "Name", KEY)                                                            \
    F(history, TEXT, tool, "Tool", 0)                                                              \
    F(history, BOOL, readable, "Readable", 0)                                                      \
    F(history, NAMES, versions, "Applied versions", SHAPE | STORED)                                \
    F(history, NAMES, applied_at, "Applied at", 0)                                                 \
    F(history, NAMES, checksums, "Checksums", 0)

/* The whole: what a snapshot file holds. */
#define CATALOG_FIELDS(F)                                                                          \
    F(catalog, NUMBER, postgresql, "PostgreSQL major version", 0)                                  \
    F(catalog, TEXT, name, "Name", 0)                                                              \
    F(catalog, TEXT, comment, "Comment", 0)                                                        \
    F(catalog, ENUM(access_source), access, "Access read from", WITHHELD)                          \
    F(catalog, TEXT, owner, "Owner", WITHHELD)                                                     \
    F(catalog, TEXT, publish, "What was left in for whom", 0)                                      \
    F(catalog, NAMES, unknown, "Facts that are not known", 0)                                      \
    F(catalog, NAMES, unseen, "Facts that are not visible to the role that reads", 0)              \
    F(catalog, TEXT, unseen_by, "Role that does not see them", WITHHELD)                           \
    F(catalog, NAMES, grants, "Grants", WITHHELD)                                                  \
    F(catalog, NAMES, settings, "Settings", WITHHELD)                                              \
    F(catalog, NAMES, settings_of_all, "Settings of all databases", WITHHELD)                      \
    F(catalog, LIST(role), roles, "Roles", SHAPE | ACCESS)                                         \
    F(catalog, LIST(default_privileges), default_privileges, "Default privileges", SHAPE | ACCESS) \
    F(catalog, LIST(history), histories, "Migration histories", SHAPE)                             \
    F(catalog, LIST(schema), schemas, "Schemas", SHAPE)                                            \
    F(catalog, LIST(extension), extensions, "Extensions", SHAPE)                                   \
    F(catalog, LIST(enum_type), enum_types, "Enum types", SHAPE)                                   \
    F(catalog, LIST(domain), domains, "Domains", SHAPE)                                            \
    F(catalog, LIST(composite_type), composite_types, "Composite types", SHAPE)                    \
    F(catalog, LIST(range_type), range_types, "Range types", SHAPE)                                \
    F(catalog, LIST(base_type), base_types, "Base types", SHAPE)                                   \
    F(catalog, LIST(sequence), sequences, "Sequences", SHAPE)                                      \
    F(catalog, LIST(table), tables, "Tables", SHAPE)                                               \
    F(catalog, LIST(view), views, "Views", SHAPE)                                                  \
    F(catalog, LIST(function), functions, "Functions", SHAPE)                                      \
    OTHER_LISTS(F)

/* What was seen at one moment on one server; a file of its own. Sizes in bytes. */
#define TABLE_OBSERVATION_FIELDS(F)                                                                \
    F(table_observation, REF(relation), relation, "Table", KEY)                                    \
    F(table_observation, NUMBER, row_estimate, "Rows", ROUNDED)                                    \
    F(table_observation, NUMBER, bytes, "Bytes", ROUNDED)                                          \
    F(table_observation, NUMBER, toast_bytes, "TOAST bytes", ROUNDED)                              \
    F(table_observation, NUMBER, sequential_scans, "Sequential scans", WITHHELD)                   \
    F(table_observation, TEXT, last_sequential_scan, "Last sequential scan", WITHHELD)             \
    F(table_observation, NUMBER, inserted, "Rows inserted", WITHHELD)                              \
    F(table_observation, NUMBER, updated, "Rows updated", WITHHELD)                                \
    F(table_observation, NUMBER, hot_updated, "Rows updated HOT", WITHHELD)                        \
    F(table_observation, NUMBER, deleted, "Rows deleted", WITHHELD)                                \
    F(table_observation, NUMBER, live_rows, "Live rows", WITHHELD)                                 \
    F(table_observation, NUMBER, dead_rows, "Dead rows", WITHHELD)                                 \
    F(table_observation, NUMBER, changed_since_analyze, "Rows changed since ANALYZE", WITHHELD)    \
    F(table_observation, NUMBER, transaction_age, "Transactions since freezing", WITHHELD)         \
    F(table_observation, NUMBER, multixact_age, "Multixacts since freezing", WITHHELD)

#define INDEX_OBSERVATION_FIELDS(F)                                                                \
    F(index_observation, REF(index), index, "Index", KEY)                                          \
    F(index_observation, NUMBER, bytes, "Bytes", ROUNDED)                                          \
    F(index_observation, NUMBER, scans, "Scans", WITHHELD)                                         \
    F(index_observation, TEXT, last_scan, "Last scan", WITHHELD)                                   \
    F(index_observation, NUMBER, entries, "Entries", WITHHELD)                                     \
    F(index_observation, NUMBER, unanalyzed_expressions, "Expressions without statistics", WITHHELD)

/* Figures of the planner's statistics, which hold no value of any row; there is no observation
 * where ANALYZE never came or the role may not see them. */
#define COLUMN_OBSERVATION_FIELDS(F)                                                               \
    F(column_observation, REF(column), column, "Column", KEY)                                      \
    F(column_observation, NUMBER, nulls_per_thousand, "NULLs per thousand", WITHHELD)              \
    F(column_observation, NUMBER, distinct_values, "Distinct values", WITHHELD)                    \
    F(column_observation, NUMBER, average_width, "Average width in bytes", WITHHELD)               \
    F(column_observation, NUMBER, correlation_per_thousand,                                        \
      "Correlation with the order on disk, per thousand", WITHHELD)

#define SEQUENCE_OBSERVATION_FIELDS(F)                                                             \
    F(sequence_observation, REF(sequence), sequence, "Sequence", KEY)                              \
    F(sequence_observation, NUMBER, last_value, "Last value", WITHHELD)

/* Where the server's files lead from the version that is there to the default one; NULL: it is that
 * one, or no script leads there. */
#define EXTENSION_OBSERVATION_FIELDS(F)                                                            \
    F(extension_observation, REF(extension), extension, "Extension", KEY)                          \
    F(extension_observation, TEXT, default_version, "Default version", 0)                          \
    F(extension_observation, TEXT, update_path, "Update path", 0)

#define OBSERVATIONS_FIELDS(F)                                                                     \
    F(observations, TEXT, taken_at, "Taken at", 0)                                                 \
    F(observations, TEXT, server_version, "Server version", 0)                                     \
    F(observations, TEXT, node, "Node", WITHHELD)                                                  \
    F(observations, TEXT, sizes, "Sizes from", 0)                                                  \
    F(observations, TEXT, counters_since, "Counters since", WITHHELD)                              \
    F(observations, TEXT, database, "Database", WITHHELD)                                          \
    F(observations, TEXT, system_identifier, "System identifier", WITHHELD)                        \
    F(observations, TEXT, started_at, "Server started at", WITHHELD)                               \
    F(observations, TEXT, counters_era, "Era of the counters", WITHHELD)                           \
    F(observations, NUMBER, standbys, "Standbys that it sends to", WITHHELD)                       \
    F(observations, NAMES, settings, "Settings", WITHHELD)                                         \
    F(observations, LIST(table_observation), tables, "Tables", 0)                                  \
    F(observations, LIST(column_observation), columns, "Columns", 0)                               \
    F(observations, LIST(index_observation), indexes, "Indexes", 0)                                \
    F(observations, LIST(sequence_observation), sequences, "Sequences", 0)                         \
    F(observations, LIST(extension_observation), extensions, "Extensions", 0)

#define KINDS(K)                                                                                   \
    K(catalog, catalogs, "Database", "database", PATH_NONE, CATALOG_FIELDS)                        \
    K(history, histories, "Migration history", "history", PATH_SCHEMA, HISTORY_FIELDS)             \
    K(schema, schemas, "Schema", "schema", PATH_NAME, SCHEMA_FIELDS)                               \
    K(role, roles, "Role", "role", PATH_NAME, ROLE_FIELDS)                                         \
    K(membership, memberships, "Membership", "membership", PATH_PARENT, MEMBERSHIP_FIELDS)         \
    K(default_privileges, default_privileges, "Default privileges", "default privileges",          \
      PATH_NAME, DEFAULT_PRIVILEGES_FIELDS)                                                        \
    K(extension, extensions, "Extension", "extension", PATH_NAME, EXTENSION_FIELDS)                \
    K(enum_type, enum_types, "Enum type", "type", PATH_SCHEMA, ENUM_TYPE_FIELDS)                   \
    K(domain, domains, "Domain", "type", PATH_SCHEMA, DOMAIN_FIELDS)                               \
    K(domain_constraint, domain_constraints, "Constraint", "constraint", PATH_PARENT,              \
      DOMAIN_CONSTRAINT_FIELDS)                                                                    \
    K(composite_type, composite_types, "Composite type", "type", PATH_SCHEMA,                      \
      COMPOSITE_TYPE_FIELDS)                                                                       \
    K(attribute, attributes, "Attribute", "attribute", PATH_PARENT, ATTRIBUTE_FIELDS)              \
    K(range_type, range_types, "Range type", "type", PATH_SCHEMA, RANGE_TYPE_FIELDS)               \
    K(base_type, base_types, "Base type", "type", PATH_SCHEMA, BASE_TYPE_FIELDS)                   \
    K(sequence, sequences, "Sequence", "sequence", PATH_SCHEMA, SEQUENCE_FIELDS)                   \
    K(table, tables, "Table", "table", PATH_SCHEMA, TABLE_FIELDS)                                  \
    K(column, columns, "Column", "column", PATH_PARENT, COLUMN_FIELDS)                             \
    K(constraint, constraints, "Constraint", "constraint", PATH_PARENT, CONSTRAINT_FIELDS)         \
    K(index, indexes, "Index", "index", PATH_SIBLING, INDEX_FIELDS)                                \
    K(key, keys, "Key", "key", PATH_PARENT, KEY_FIELDS)                                            \
    K(trigger, triggers, "Trigger", "trigger", PATH_PARENT, TRIGGER_FIELDS)                        \
    K(policy, policies, "Policy", "policy", PATH_PARENT, POLICY_FIELDS)                            \
    K(view, views, "View", "view", PATH_SCHEMA, VIEW_FIELDS)                                       \
    K(function, functions, "Function", "function", PATH_ARGUMENTS, FUNCTION_FIELDS)                \
    OTHER_KINDS(K)                                                                                 \
    K(observations, observations, "Observations", "observations", PATH_NONE, OBSERVATIONS_FIELDS)  \
    K(table_observation, tables, "Table", "observation", PATH_REF, TABLE_OBSERVATION_FIELDS)       \
    K(column_observation, columns, "Column", "observation", PATH_REF, COLUMN_OBSERVATION_FIELDS)   \
    K(index_observation, indexes, "Index", "observation", PATH_REF, INDEX_OBSERVATION_FIELDS)      \
    K(sequence_observation, sequences, "Sequence", "observation", PATH_REF,                        \
      SEQUENCE_OBSERVATION_FIELDS)                                                                 \
    K(extension_observation, extensions, "Extension", "observation", PATH_REF,                     \
      EXTENSION_OBSERVATION_FIELDS)

#endif
