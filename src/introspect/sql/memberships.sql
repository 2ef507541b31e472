-- What roles are members of; parent is the member. Several roles may have granted one membership: what one of
-- them allows holds. Before 16, whether rights are inherited is a fact of the member alone.
SELECT m.member AS parent,
       r.rolname AS name,
       pg_catalog.bool_or(m.admin_option) AS admin,
       coalesce(pg_catalog.bool_or((pg_catalog.to_jsonb(m) ->> 'inherit_option')::pg_catalog.bool),
                pg_catalog.bool_or(o.rolinherit)) AS inherit
     , pg_catalog.bool_or(m.set_option) AS set -- since 16
  FROM pg_catalog.pg_auth_members m
  JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
  JOIN pg_catalog.pg_roles o ON o.oid = m.member
 GROUP BY m.member, r.rolname
 ORDER BY m.member, r.rolname;
