package org.riffloom.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.audio.FlacWriter;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTags;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.OwnPictures;
import org.riffloom.clip.StreamState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An archive in an SQL database, of the schema in {@code db/migration}, and a folder of files. */
final class JdbcClipArchive implements ClipArchive {

    /** A file younger than this may belong to a clip that the database is about to hear of. */
    private static final Duration YOUTH = Duration.ofMinutes(10);

    /** Far more than a clip has. */
    private static final long MAX_SAMPLES = 1 << 26;

    private static final String CLIP = "select c.id, c.heard_at, c.model, c.seed_image, c.recipe, c.seconds,"
            + " c.image_offset_seconds, c.sound, c.picture, c.bytes, c.fingerprint, c.state, c.direction from clip c";

    private static final Logger log = LoggerFactory.getLogger(JdbcClipArchive.class);

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final ContentFiles files;
    private final ArchiveProperties properties;

    JdbcClipArchive(
            JdbcClient database, TransactionTemplate transaction, ContentFiles files, ArchiveProperties properties) {
        this.database = database;
        this.transaction = transaction;
        this.files = files;
        this.properties = properties;
    }

    @Override
    public void keep(Clip clip, Origin origin, Instant heardAt) {
        byte[] flac = flac(clip.audio());
        byte[] picture = clip.image().toArray();
        String sound = files.put(flac);
        String image = files.put(picture);
        byte[] state = clip.after().toArray();
        try {
            database.sql(
                            "insert into clip (id, heard_at, model, seed_image, recipe, seconds, image_offset_seconds, sound,"
                                    + " picture, bytes, fingerprint, state, direction) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            clip.id().value(),
                            Timestamp.from(heardAt),
                            origin.model(),
                            origin.seedImage(),
                            RecipeJson.write(origin.recipe()),
                            clip.seconds(),
                            clip.imageOffsetSeconds(),
                            sound,
                            image,
                            (long) flac.length + picture.length + state.length,
                            origin.fingerprint(),
                            clip.after().isSilence() ? "" : files.put(state),
                            RecipeJson.write(origin.direction()))
                    .update();
        } catch (DuplicateKeyException e) {
            log.debug("Clip {} is kept already", clip.id(), e);
        }
    }

    /** The same samples in half the space. */
    private static byte[] flac(EncodedMedia audio) {
        try {
            ByteArrayOutputStream flac = new ByteArrayOutputStream(audio.size());
            FlacWriter.write(
                    SoundReader.read(new ByteArrayInputStream(audio.toArray()), "a clip", MAX_SAMPLES),
                    SoundTags.NONE,
                    flac);
            return flac.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Shared share(List<ClipId> clips, Instant now) {
        if (clips.isEmpty() || clips.size() > MAX_CLIPS || new HashSet<>(clips).size() < clips.size()) {
            throw new IllegalArgumentException("A link leads to 1 to " + MAX_CLIPS + " different clips.");
        }
        return transaction.execute(status -> {
            List<ClipId> gone = clips.stream().filter(id -> clip(id).isEmpty()).toList();
            if (!gone.isEmpty()) {
                return new Shared.Gone(gone);
            }
            if (sharedBytes() >= properties.sharedSize().toBytes()) {
                return new Shared.Full(properties.sharedSize().toBytes());
            }
            LinkId link = LinkId.random();
            OwnerKey owner = OwnerKey.random();
            database.sql("insert into link (id, made_at, owner) values (?, ?, ?)")
                    .params(link.value(), Timestamp.from(now), owner.hash())
                    .update();
            for (int place = 0; place < clips.size(); place++) {
                database.sql("insert into link_clip (link, place, clip) values (?, ?, ?)")
                        .params(link.value(), place, clips.get(place).value())
                        .update();
            }
            return new Shared.Done(link, owner);
        });
    }

    private long sharedBytes() {
        return database.sql("select coalesce(sum(bytes), 0) from clip where id in (select clip from link_clip)")
                .query(Long.class)
                .single();
    }

    @Override
    public Optional<SharedLink> link(LinkId id) {
        Optional<Instant> madeAt = database.sql("select made_at from link where id = ?")
                .param(id.value())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
        return madeAt.map(moment -> new SharedLink(
                id,
                moment,
                database.sql(CLIP + " join link_clip l on l.clip = c.id where l.link = ? order by l.place")
                        .param(id.value())
                        .query(JdbcClipArchive::read)
                        .list()));
    }

    @Override
    public Optional<ArchivedClip> clip(ClipId id) {
        return database.sql(CLIP + " where c.id = ?")
                .param(id.value())
                .query(JdbcClipArchive::read)
                .optional();
    }

    private static ArchivedClip read(ResultSet row, int number) throws SQLException {
        return new ArchivedClip(
                new ClipId(row.getString("id")),
                row.getTimestamp("heard_at").toInstant(),
                new Origin(
                        RecipeJson.read(row.getString("recipe")),
                        RecipeJson.readDirection(row.getString("direction")),
                        row.getString("model"),
                        row.getString("fingerprint"),
                        row.getString("seed_image")),
                row.getDouble("seconds"),
                row.getDouble("image_offset_seconds"),
                row.getString("sound"),
                row.getString("picture"),
                row.getString("state"));
    }

    @Override
    public Path sound(ArchivedClip clip) {
        return files.path(clip.sound());
    }

    @Override
    public Path picture(ArchivedClip clip) {
        return files.path(clip.picture());
    }

    @Override
    public StreamState state(ArchivedClip clip) {
        if (clip.state().isEmpty()) {
            return StreamState.SILENCE;
        }
        Path file = files.path(clip.state());
        try {
            if (Files.size(file) <= StreamState.MAX_BYTES) {
                return StreamState.of(Files.readAllBytes(file));
            }
            log.warn("A stream begins out of silence: {} is too large for its state", file);
        } catch (IOException e) {
            log.warn("A stream begins out of silence, since its state cannot be read: {}", e.toString());
        }
        return StreamState.SILENCE;
    }

    @Override
    public boolean remove(LinkId id, OwnerKey owner) {
        return database.sql("delete from link where id = ? and owner = ?")
                        .params(id.value(), owner.hash())
                        .update()
                > 0;
    }

    @Override
    public Set<String> ownSeedImages() {
        // Quotes in a prompt are escaped in JSON, so no prompt looks like this.
        List<String> recipes = database.sql("select recipe from clip where recipe like ?")
                .param("%\"seedImage\":\"" + OwnPictures.PREFIX + "%")
                .query(String.class)
                .list();
        return recipes.stream()
                .map(recipe -> String.valueOf(RecipeJson.read(recipe).seedImage()))
                .collect(Collectors.toSet());
    }

    @Override
    public Swept sweep(Instant now) {
        int clips = forget("heard_at < ?", Timestamp.from(now.minus(properties.keepFor()))) + forgetOldest();
        Set<String> known = new HashSet<>(
                database.sql("select sound from clip union select picture from clip" + " union select state from clip")
                        .query(String.class)
                        .list());
        return new Swept(clips, files.delete(now.minus(YOUTH), name -> !known.contains(name)));
    }

    /** Those of the clips without a link that are beyond the room that all of them may take. */
    private int forgetOldest() {
        List<Timestamp> last = new ArrayList<>();
        long[] bytes = {0};
        database.sql(
                        "select heard_at, bytes from clip where id not in (select clip from link_clip) order by heard_at desc")
                .query(row -> {
                    bytes[0] += row.getLong("bytes");
                    if (last.isEmpty() && bytes[0] > properties.keepSize().toBytes()) {
                        last.add(row.getTimestamp("heard_at"));
                    }
                });
        return last.isEmpty() ? 0 : forget("heard_at <= ?", last.get(0));
    }

    private int forget(String which, Timestamp moment) {
        return database.sql("delete from clip where " + which + " and id not in (select clip from link_clip)")
                .param(moment)
                .update();
    }
}
