-- From version 1, once the tables of version 2 are there.
INSERT INTO reading (number, document, rules, day, claims)
  SELECT number, document, rules, day, (SELECT count(*) FROM claim_1 c WHERE c.reading = r.number) FROM reading_1 r;
INSERT INTO claim (number, id, kind, block, json, context)
  SELECT reading * 1048576 + row_number() OVER (PARTITION BY reading ORDER BY number) - 1, id, kind, block, json,
         iif(block IS NULL, NULL, context)
  FROM claim_1 ORDER BY reading, number;
INSERT INTO pending (reading) SELECT reading FROM counted;
DROP TABLE claim_1;
DROP TABLE reading_1;
