-- A clip that was heard. Its sound and picture are files, named by their SHA-256.
create table clip (
    id                   char(22)                 not null primary key,
    heard_at             timestamp with time zone not null,
    model                varchar(400)             not null,
    seed_image           varchar(64)              not null,
    recipe               varchar(100000)          not null,
    seconds              double precision         not null,
    image_offset_seconds double precision         not null,
    sound                char(64)                 not null,
    picture              char(64)                 not null,
    bytes                bigint                   not null
);

create index clip_heard_at on clip (heard_at);

-- A link that somebody shared. The owner's key is stored as its SHA-256.
create table link (
    id      char(22)                 not null primary key,
    made_at timestamp with time zone not null,
    owner   char(64)                 not null
);

-- A clip is kept for as long as it stands here.
create table link_clip (
    link  char(22) not null references link (id) on delete cascade,
    place int      not null,
    clip  char(22) not null references clip (id),
    primary key (link, place)
);

create index link_clip_clip on link_clip (clip);
