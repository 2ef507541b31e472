CREATE TABLE a (id int);

-- é and a tab	before the mistake
CREATE TABLE b (
    id int,
    "naïve" text,,
    other text
);
