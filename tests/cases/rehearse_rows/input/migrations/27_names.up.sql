CREATE TABLE "größe" ("maß" int);
CREATE TABLE "a""b\c" ("maß" int);
