-- From versions 2 to 4, once the tables of version 5 are there.
INSERT INTO part (whole, thread, known) SELECT claim, thread, known FROM tie WHERE sort = 0 ORDER BY claim, thread;
DROP TABLE tie;
