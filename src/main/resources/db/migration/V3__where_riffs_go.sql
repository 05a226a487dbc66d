-- Where the riff went from the clip, in JSON; empty for clips that were kept before.
alter table clip add column direction varchar(20000) default '' not null;
