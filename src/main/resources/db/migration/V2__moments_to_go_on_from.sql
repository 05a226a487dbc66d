-- What tells the model's weights from others; empty for clips that were kept before.
alter table clip add column fingerprint varchar(64) default '' not null;

-- The SHA-256 of the file with what the stream's sound goes on from after the clip; empty where there is none.
alter table clip add column state varchar(64) default '' not null;
