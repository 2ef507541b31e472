/* parts.h - sections that the pages of tables and views have in common. A part without content adds
 * nothing. */
#ifndef DBDOC_SITE_PARTS_H
#define DBDOC_SITE_PARTS_H

#include "catalog/access.h"
#include "diagram/areas.h"
#include "diagram/diagram.h"
#include "model/tally.h"
#include "planner/planner.h"
#include "review/review.h"
#include "site/sheet.h"

/* Title block: crumbs, name, lead, origin; and the section "notes" when people wrote more than
 * that. */
void part_head(struct sheet *sheet, const char *noun);
void part_notes(struct sheet *sheet);

/* Of a schema: for which others it stands, or from which one it differs. */
void part_alike(struct sheet *sheet);
void part_alike_fact(struct sheet *sheet); /* in how many schemas the object of the page is */
/* "200 schemas", "2 differences from tenant_1"; NULL: nothing. Free with g_free. */
char *part_alike_words(const struct sheet *sheet, const char *schema);

void part_columns(struct sheet *sheet, const struct object *relation,
                  const struct column_list *columns);
void part_indexes(struct sheet *sheet, const struct index_list *indexes,
                  const struct table_size *size);
void part_constraints(struct sheet *sheet, const struct table *table);
void part_referenced_by(struct sheet *sheet, const struct table *table);
/* What Ecto's code expects of the table; and of a column, each as a <field>. */
void part_modules(struct sheet *sheet, const struct table *table);
void part_fields(const struct sheet *sheet, xmlNode *node, const struct table *table,
                 const struct column *column);
void part_triggers(struct sheet *sheet, const struct trigger_list *triggers,
                   const struct policy_list *policies,
                   const struct rewrite_rule_list *rewrite_rules);
void part_statistics(struct sheet *sheet, const struct statistics_list *statistics);
void part_unseen(struct sheet *sheet, const struct kind *kind); /* by the role that read */
char *part_unseen_label(const struct catalog *catalog);         /* "Not visible to ROLE" */
void part_told(struct sheet *sheet, const struct table *table); /* of changes, by what */

/* "columns id, total, rows where (total > 10)"; NULL: everything. Free with g_free. */
char *part_published(const struct publication_table *published);
/* Who needs the object of the page or its columns, but for a kind that the page tells of elsewhere
 * (NULL: none); and below a column, as <drop>, what DROP COLUMN would meet. */
void part_used_by(struct sheet *sheet, const struct kind *told);
void part_queries(struct sheet *sheet); /* queries of the project that name the page's relation */
void part_paths(struct sheet *sheet, const struct table *table); /* how they reach its rows */
/* The name of one as a link, its kind, and the file that it is in. */
void part_query_name(const struct sheet *sheet, xmlNode *row, const struct query *query);
/* What a query that no file names is called: "SELECT posts, users"; else its name. Free with
 * g_free. */
char *part_query_title(const struct query *query);
/* What was counted of a query: as a section, and in a list as <cost>, if anything was. */
void part_query_usage(struct sheet *sheet, const struct query *query);
bool part_query_cost(const struct sheet *sheet, xmlNode *row, const struct query *query);
void part_query_sites(struct sheet *sheet, const struct query *query); /* of the program */
void part_workload(const struct sheet *sheet, xmlNode *section);       /* where and when */
/* Indexes that serve a query, and queries that an index serves; nothing where plans are not known.
 */
void part_query_plan(struct sheet *sheet, const struct query *query);
void part_index_queries(struct sheet *sheet, const struct index *index);
void part_plan_basis(const struct sheet *sheet, xmlNode *section); /* of all plans: a hint */
/* <plan-tree>: the steps of a plan; what they cost only by statistics. */
void part_plan_tree(const struct sheet *sheet, xmlNode *parent, const struct plan_node *root,
                    enum plan_basis basis);
/* <plan-changes> and the tree of the second, by statistics: what differs of the first. */
void part_plan_changes(const struct sheet *sheet, xmlNode *parent, const struct plan_node *with,
                       const struct plan_node *without);
/* How large the table or index of the page was at each moment that was observed. */
void part_growth(struct sheet *sheet);
void part_lineage(struct sheet *sheet); /* the same as a picture, with what it reads */
void part_drop(const struct sheet *sheet, xmlNode *node, const struct column *column);

/* Who may do what with an object, where that is known; and who owns the page's own one, as a fact
 * of its head. */
void part_access(struct sheet *sheet, const struct object *object, const char *title);
void part_owner(struct sheet *sheet);
const char *part_access_origin(const struct sheet *sheet); /* where that comes from, in words */

/* The same for lists of several objects: a role as a link, what it may do as <may>, and how it came
 * to that as <way>s (see access.h). */
void part_role(const struct sheet *sheet, xmlNode *parent, const char *element, const char *name);
void part_may(const struct sheet *sheet, xmlNode *parent, const struct kind *kind, unsigned set);
void part_ways(const struct sheet *sheet, xmlNode *who, const char *role, const GArray *ways);
unsigned part_ways_set(const GArray *ways);                    /* what they come to */
void part_role_badges(xmlNode *node, const struct role *role); /* what its attributes let it do */

/* Each role that it may become by SET ROLE and whose rights it has not, as <becomes>. */
void part_becomes(const struct sheet *sheet, xmlNode *node, const struct role *role);

/* ALTER ROLE … SET and ALTER DATABASE … SET; `where` is said of the second ones. */
void part_settings(struct sheet *sheet, const struct names *everywhere, const struct names *some,
                   const char *where);

/* What is granted in a schema is of no use to who may not use the schema. */
bool part_is_kept_out(const struct sheet *sheet, const char *role, const struct object *object);
void part_kept_out(const struct sheet *sheet, xmlNode *who, const char *role,
                   const struct object *object); /* says so in a badge */

void part_storage(struct sheet *sheet, const struct table *table, const struct table_size *size);
void part_history(struct sheet *sheet); /* migrations that touched it */

/* Whether the database that is documented has it, and since when ("2026-01-02 03:04:05", as the
 * tool wrote it); NULL: its tool's table does not say. */
struct applied_words {
    const char *state; /* "Applied", "Pending" */
    const char *at;
};
struct applied_words part_applied(const struct sheet *sheet, const struct migration *migration);

/* Since which release it is there: "1.4.0"; NULL when no history was given. Free with g_free. */
char *part_since(const struct sheet *sheet, const struct object *object);

/* Facts about the commits of its file. */
void part_commits(struct sheet *sheet, const struct migration *migration);

/* What migrations removed and is not there any more. */
void part_gone(struct sheet *sheet);

/* One of a <changes>: what became of an object, with a link when it is there. */
xmlNode *part_change(const struct sheet *sheet, xmlNode *list, enum change_kind kind,
                     const char *word, const char *path);

/* <dgrps>: what a review's change does to each table, type … */
void part_groups(xmlNode *section, const struct review_group *groups, size_t count);

/* What a review says of new indexes, and of those that go. */
void part_review_indexes(struct sheet *sheet, const struct review *review);

/* Sections with such lists; nothing for empty ones. */
void part_differences(struct sheet *sheet, const char *id, const char *title, const char *hint,
                      const struct differences *differences);
void part_removals(struct sheet *sheet, const char *id, const char *title,
                   const struct removals *removals);
void part_value_changes(struct sheet *sheet, const struct value_changes *changes);

/* A migration on a <timeline>. */
void part_migration(struct sheet *sheet, xmlNode *timeline,
                    const struct migration_evidence *evidence);

/* The same with who wrote it, and why, in place of what its rehearsal saw. */
void part_migration_reason(struct sheet *sheet, xmlNode *timeline,
                           const struct migration *migration);
const char *part_lock_tone(enum lock_mode mode);

/* <diff-map>: what the review of the page changes, as a picture; nothing when no table changes. */
void part_diff_map(struct sheet *sheet, xmlNode *section);

/* A runbook within a page about more; its ids begin with the prefix. */
void part_runbook(const struct sheet *sheet, xmlNode *parent, const struct runbook *runbook,
                  const char *prefix);

/* A direction's statements and locks on a line of time, if it took any locks. */
void part_locks(struct sheet *sheet, const struct run_evidence *run);
int64_t part_duration(const struct run_evidence *run); /* microseconds */

/* What people read first about a migration. */
struct migration_look {
    const char *tone;
    const char *badge;
    const char *words; /* part of a sentence */
};
struct migration_look part_migration_look(const struct migration_evidence *evidence);

/* Decisions that name the object of the page, as a section; and those that name an object in its
 * place on another's page, each as <decided when href>. */
void part_decisions(struct sheet *sheet);
void part_decided(const struct sheet *sheet, xmlNode *node, const void *object);

void part_findings(struct sheet *sheet);
void part_flags(struct sheet *sheet);

/* A row of rows and bytes facts in the title block. */
void part_size_facts(struct sheet *sheet, const struct table_size *size);

/* Indexes by what the catalog proves them to be for, each under the first that fits. */
struct purposes {
    size_t primary_keys;
    size_t rules;
    size_t foreign_keys;
    size_t others;
};
void purposes_count(const struct model *model, const struct index_list *indexes,
                    struct purposes *purposes);

/* What the index is for, in badges and words; redundancy comes from the findings. */
void part_index_badges(struct sheet *sheet, xmlNode *parent, const struct index *index);
bool part_index_repeats(const struct sheet *sheet, const struct index *index);

/* One object of a <list>: a link, its summary, then values. */
xmlNode *part_list(xmlNode *section, const char *const *columns);
xmlNode *part_item(struct sheet *sheet, xmlNode *list, const void *object, enum naming naming);
void part_value(xmlNode *item, const char *text);
void part_number(xmlNode *item, int64_t number); /* unknown: empty */
void part_bytes(xmlNode *item, int64_t bytes);

/* <map>: the picture of an area, with a switch for its details or as names alone. */
enum map_form { MAP_WHOLE, MAP_NAMES };
xmlNode *part_map(struct sheet *sheet, xmlNode *parent, const struct area *area,
                  enum map_form form);
/* The same with names alone as the section "map" of a page about more; nothing for one table. */
void part_map_preview(struct sheet *sheet, const struct area *area);
void part_draw_maps(struct sheet *sheet, const GString *published); /* see sheet_draw */
bool part_has_maps(const xmlNode *view);

/* "Map: public / Around posts", as no other area is called. Free with g_free. */
char *part_area_title(const struct area *area);

struct diagram_site part_diagram_site(struct sheet *sheet);

/* The foreign keys of a table in words, each a <relation> of a <twin>. */
void part_foreign_keys(const struct sheet *sheet, xmlNode *twin, const struct table *table);

#endif
