-- From version 1, once the tables of version 5 are there.
CREATE TABLE placed AS
  SELECT row_number() OVER (PARTITION BY reading ORDER BY number) - 1 AS place, * FROM claim_1;
INSERT INTO reading (number, document, rules, day, claims, aside)
  SELECT r.number, r.document, r.rules, r.day, count(p.place),
         coalesce('[' || group_concat('[' || p.place || ',' || p.id || ',' || p.json || ']', ',' ORDER BY p.place)
                           FILTER (WHERE p.block IS NULL) || ']', '[]')
  FROM reading_1 r LEFT JOIN placed p ON p.reading = r.number GROUP BY r.number;
INSERT INTO claim (number, id, kind, block, json, context)
  SELECT reading * 1048576 + place, id, kind, block, json, context FROM placed WHERE block IS NOT NULL ORDER BY reading, place;
INSERT INTO pending (reading) SELECT reading FROM counted;
DROP TABLE placed;
DROP TABLE claim_1;
DROP TABLE reading_1;
