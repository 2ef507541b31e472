-- What languages of diagrams do not know, and names that attack them.
CREATE SCHEMA "a.b";
CREATE TYPE "a.b".mood AS ENUM ('', 'sad', 'o"k\ ');
CREATE TYPE public.nothing AS ENUM ();
CREATE TYPE public.blank AS ENUM ('');
CREATE TABLE public.bare ();
CREATE TABLE public.people (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "PK" text, "pk" text, "größe" int, "grüße" int, "_id" int, "1st" int,
    "ünïcödé_ünïcödé_ünïcödé_ünïcödé_ünïcö" "a.b".mood[],
    boss bigint, deputy bigint,
    mood "a.b".mood DEFAULT 'o"k\ ',
    twice int GENERATED ALWAYS AS ("1st" * 2) STORED,
    "Boss" text DEFAULT E'`tick`\n''quote''',
    CONSTRAINT boss FOREIGN KEY (boss) REFERENCES public.people ON DELETE SET NULL,
    CONSTRAINT boss_again FOREIGN KEY (boss) REFERENCES public.people,
    CONSTRAINT itself FOREIGN KEY (id) REFERENCES public.people
);
ALTER TABLE public.people ADD CONSTRAINT told CHECK ("Boss" <> ')(`' AND "Boss" <> E'\n') NOT VALID;
COMMENT ON TABLE public.people IS E'Two\nlines, ''quoted'' \\n "}" */ //';
COMMENT ON COLUMN public.people."größe" IS 'postgresql://u:secretword@host/';
CREATE TABLE public."People" (id bigint PRIMARY KEY REFERENCES public.people, "ID" int UNIQUE);
CREATE TABLE "a.b".people (a int, b int, "a.b" int UNIQUE, PRIMARY KEY (b, a), UNIQUE (a, b));
CREATE TABLE "a.b"."""><script>alert(1)</script>" (
    id serial PRIMARY KEY,
    "x"" } ]
%% --> `y` {% raw" int, "*/" int, "a
b" int REFERENCES "a.b".people ("a.b"),
    CONSTRAINT "<br>""; DROP
x" FOREIGN KEY ("x"" } ]
%% --> `y` {% raw", "*/") REFERENCES "a.b".people (a, b)
);
CREATE INDEX "odd "" index" ON "a.b"."""><script>alert(1)</script>" USING gist (int4range("*/", "*/" + 1)) WHERE "*/" > 0;
CREATE TABLE public.parts (id int PRIMARY KEY REFERENCES public."People" ("ID")) PARTITION BY RANGE (id);
CREATE TABLE public.part_1 PARTITION OF public.parts FOR VALUES FROM (1) TO (9);
