DROP TABLE "größe";
DROP TABLE "a""b\c";
