-- Sqitch's registry, without its comments, and the rows of the change :'recorded'. What a revert takes away
-- stays among the events.
\if :{?table}
CREATE SCHEMA IF NOT EXISTS sqitch;
CREATE TABLE IF NOT EXISTS sqitch.releases (
    version real PRIMARY KEY,
    installed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    installer_name text NOT NULL,
    installer_email text NOT NULL
);
INSERT INTO sqitch.releases (version, installer_name, installer_email)
SELECT 1.1, current_user, current_user || '@localhost' WHERE NOT EXISTS (SELECT FROM sqitch.releases);
CREATE TABLE IF NOT EXISTS sqitch.projects (
    project text PRIMARY KEY,
    uri text UNIQUE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    creator_name text NOT NULL,
    creator_email text NOT NULL
);
CREATE TABLE IF NOT EXISTS sqitch.changes (
    change_id text PRIMARY KEY,
    script_hash text,
    change text NOT NULL,
    project text NOT NULL REFERENCES sqitch.projects (project) ON UPDATE CASCADE,
    note text NOT NULL DEFAULT '',
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    committer_name text NOT NULL,
    committer_email text NOT NULL,
    planned_at timestamptz NOT NULL,
    planner_name text NOT NULL,
    planner_email text NOT NULL,
    UNIQUE (project, script_hash)
);
CREATE TABLE IF NOT EXISTS sqitch.tags (
    tag_id text PRIMARY KEY,
    tag text NOT NULL,
    project text NOT NULL REFERENCES sqitch.projects (project) ON UPDATE CASCADE,
    change_id text NOT NULL REFERENCES sqitch.changes (change_id) ON UPDATE CASCADE,
    note text NOT NULL DEFAULT '',
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    committer_name text NOT NULL,
    committer_email text NOT NULL,
    planned_at timestamptz NOT NULL,
    planner_name text NOT NULL,
    planner_email text NOT NULL,
    UNIQUE (project, tag)
);
CREATE TABLE IF NOT EXISTS sqitch.dependencies (
    change_id text NOT NULL REFERENCES sqitch.changes (change_id) ON UPDATE CASCADE ON DELETE CASCADE,
    type text NOT NULL,
    dependency text NOT NULL,
    dependency_id text REFERENCES sqitch.changes (change_id) ON UPDATE CASCADE
        CONSTRAINT dependencies_check CHECK ((type = 'require' AND dependency_id IS NOT NULL)
                                             OR (type = 'conflict' AND dependency_id IS NULL)),
    PRIMARY KEY (change_id, dependency)
);
CREATE TABLE IF NOT EXISTS sqitch.events (
    event text NOT NULL CONSTRAINT events_event_check CHECK (event IN ('deploy', 'revert', 'fail', 'merge')),
    change_id text NOT NULL,
    change text NOT NULL,
    project text NOT NULL REFERENCES sqitch.projects (project) ON UPDATE CASCADE,
    note text NOT NULL DEFAULT '',
    requires text[] NOT NULL DEFAULT '{}',
    conflicts text[] NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    committer_name text NOT NULL,
    committer_email text NOT NULL,
    planned_at timestamptz NOT NULL,
    planner_name text NOT NULL,
    planner_email text NOT NULL,
    PRIMARY KEY (change_id, committed_at)
);
\endif
-- A plan that does not say who planned what is none for Sqitch.
\if :{?change_id}
\if :{?up}
INSERT INTO sqitch.projects (project, uri, creator_name, creator_email)
VALUES (:'project', nullif(:'uri', ''), current_user, current_user || '@localhost') ON CONFLICT DO NOTHING;
INSERT INTO sqitch.changes
    (change_id, script_hash, change, project, note, committer_name, committer_email, planned_at, planner_name, planner_email)
VALUES (:'change_id', :'checksum', :'recorded', :'project', :'note', current_user, current_user || '@localhost',
        :'planned_at', :'planner_name', :'planner_email');
INSERT INTO sqitch.dependencies (change_id, type, dependency, dependency_id)
SELECT :'change_id', 'require', r.name, r.id
  FROM unnest(:'requires'::text[], :'require_ids'::text[]) AS r (name, id) WHERE r.id IS NOT NULL
UNION ALL SELECT :'change_id', 'conflict', c.name, NULL FROM unnest(:'conflicts'::text[]) AS c (name);
INSERT INTO sqitch.tags
    (tag_id, tag, project, change_id, note, committer_name, committer_email, planned_at, planner_name, planner_email)
SELECT t.id, t.name, :'project', :'change_id', t.note, current_user, current_user || '@localhost', t.planned_at::timestamptz,
       t.planner, t.mail
  FROM unnest(:'tag_ids'::text[], :'tags'::text[], :'tag_notes'::text[], :'tag_times'::text[], :'tag_planners'::text[],
              :'tag_mails'::text[]) AS t (id, name, note, planned_at, planner, mail);
INSERT INTO sqitch.events
    (event, change_id, change, project, note, tags, requires, conflicts, committer_name, committer_email, planned_at,
     planner_name, planner_email)
VALUES ('deploy', :'change_id', :'recorded', :'project', :'note', :'tags', :'requires', :'conflicts', current_user,
        current_user || '@localhost', :'planned_at', :'planner_name', :'planner_email');
\endif
\if :{?down}
DELETE FROM sqitch.tags WHERE change_id = :'change_id';
DELETE FROM sqitch.dependencies WHERE change_id = :'change_id';
DELETE FROM sqitch.changes WHERE change_id = :'change_id';
INSERT INTO sqitch.events
    (event, change_id, change, project, note, tags, requires, conflicts, committer_name, committer_email, planned_at,
     planner_name, planner_email)
VALUES ('revert', :'change_id', :'recorded', :'project', :'note', :'tags', :'requires', :'conflicts', current_user,
        current_user || '@localhost', :'planned_at', :'planner_name', :'planner_email');
\endif
\if :{?head}
SELECT (array_agg(change ORDER BY committed_at DESC))[1] AS applied FROM sqitch.changes WHERE project = :'project'
HAVING (array_agg(change_id ORDER BY committed_at DESC))[1] IS DISTINCT FROM :'change_id';
\endif
\if :{?gone}
SELECT change AS still_applied FROM sqitch.changes WHERE change_id = :'change_id';
\endif
\endif
