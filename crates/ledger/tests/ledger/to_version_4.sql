-- A ledger as version 4 had it: all claims in one table, ties of two sorts in another.
DROP VIEW claims;
ALTER TABLE claim RENAME TO claim_5;
DROP INDEX claim_id;
CREATE TABLE claim (
  number INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  block INTEGER,
  json TEXT NOT NULL,
  context TEXT
);
CREATE INDEX claim_id ON claim (id) WHERE block IS NOT NULL;
INSERT INTO claim SELECT * FROM claim_5;
INSERT INTO claim (number, id, kind, json)
  SELECT (r.number << 20) + (a.value ->> 0), a.value ->> 1, a.value ->> '$[2].kind', a.value -> 2 FROM reading r, json_each(r.aside) a;
DROP TABLE claim_5;
ALTER TABLE reading DROP COLUMN aside;
CREATE TABLE tie (
  sort INTEGER NOT NULL,
  claim INTEGER NOT NULL,
  thread INTEGER NOT NULL,
  known TEXT NOT NULL,
  PRIMARY KEY (sort, claim, thread)
) WITHOUT ROWID;
CREATE INDEX tie_thread ON tie (thread);
INSERT INTO tie SELECT 0, whole, thread, known FROM part;
INSERT OR IGNORE INTO tie
  SELECT 1, over.id, t.number, d.known FROM claim under JOIN claim over ON under.number >> 20 = over.number >> 20
  JOIN joined j ON j.block = under.block AND j.claim = under.number JOIN thread t ON t.id = j.thread
  JOIN reading r ON r.number = under.number >> 20 JOIN document d ON d.number = r.document
  WHERE instr(under.context ->> '$.under', printf('%016x', over.id));
DROP TABLE part;
PRAGMA user_version = 4;
