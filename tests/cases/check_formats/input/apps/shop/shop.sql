CREATE TABLE "a](0) {0} @all
::error file=x::boom" (id int, "<b>&]]>" text);
CREATE TABLE "U+FFFE:￾" (id int);
CREATE TABLE log (id int, at timestamptz);
