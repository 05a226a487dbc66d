package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.archive.ArchivedClip.Origin;
import org.riffloom.archive.ClipArchive.Shared;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipId;
import org.riffloom.clip.Moment;
import org.riffloom.clip.StreamState;
import org.riffloom.prompt.RiffDirection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The archive that comes with the program: H2 in a file. */
class JdbcClipArchiveTests extends ClipArchiveContract {

    @TempDir
    Path folder = Path.of("");

    private @Nullable HikariDataSource database;

    @Override
    ClipArchive archive(ArchiveProperties properties) {
        return reopened(properties);
    }

    @Override
    ClipArchive reopened(ArchiveProperties properties) {
        close();
        HikariDataSource opened = ArchiveConfiguration.database(folder);
        database = opened;
        return archive(opened, folder, properties);
    }

    private static ClipArchive archive(HikariDataSource database, Path folder, ArchiveProperties properties) {
        Flyway.configure().dataSource(database).load().migrate();
        return new JdbcClipArchive(
                JdbcClient.create(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new ContentFiles(folder.resolve("files")),
                properties);
    }

    /** H2's lock is a matter of processes, so one more has to be started. */
    @Test
    void saysThatAnotherProcessHasIt() throws IOException, InterruptedException {
        Process other = start();
        try (BufferedReader lines = other.inputReader()) {
            assertThat(lines.readLine()).isNotNull();
            assertThatThrownBy(() -> ArchiveConfiguration.database(folder))
                    .isInstanceOf(ArchiveInUseException.class)
                    .hasMessageContaining(folder.toString());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** As often as {@code -Driffloom.kills} says; each time after another number of clips. */
    @Test
    void losesNothingThatWasSharedWhenItsProcessIsKilled() throws IOException, InterruptedException {
        int kills = Integer.getInteger("riffloom.kills", 3);
        Random random = new Random(42);
        List<LinkId> links = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            Process writer = start();
            try (BufferedReader lines = writer.inputReader()) {
                for (int count = 1 + random.nextInt(20); count > 0; count--) {
                    links.add(new LinkId(String.valueOf(lines.readLine())));
                }
                // In the midst of whatever comes next.
                Thread.sleep(random.nextInt(20));
                // By its handle, since the process itself would close what is still to be read.
                writer.toHandle().destroyForcibly();
                writer.waitFor();
                // What it said before it knew that it was killed.
                lines.lines().filter(ClipId::isOne).map(LinkId::new).forEach(links::add);
            } finally {
                writer.destroyForcibly().waitFor();
            }
        }

        ClipArchive archive = reopened(properties(1 << 30, 1L << 40));
        // Late enough for everything that nobody shared to be swept away.
        archive.sweep(Instant.now().plus(Duration.ofDays(2)));
        Set<String> names = new HashSet<>();
        for (LinkId link : links) {
            ArchivedClip clip = archive.link(link).orElseThrow().clips().get(0);
            for (Path file : List.of(archive.sound(clip), archive.picture(clip), state(clip))) {
                assertThat(file).hasFileName(ContentFiles.name(Files.readAllBytes(file)));
                names.add(file.getFileName().toString());
            }
        }
        // Links may be there that their maker was killed before it could tell of: their clips are kept as well, and no
        // more.
        JdbcClient client = JdbcClient.create(Objects.requireNonNull(database));
        assertThat(client.sql("select count(*) from clip where id not in (select clip from link_clip)")
                        .query(Integer.class)
                        .single())
                .isZero();
        List<String> named = client.sql(
                        "select sound from clip union select picture from clip union select state from clip where state <> ''")
                .query(String.class)
                .list();
        assertThat(named).containsAll(names);
        try (Stream<Path> files = Files.walk(folder.resolve("files")).filter(Files::isRegularFile)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    private Path state(ArchivedClip clip) {
        return new ContentFiles(folder.resolve("files")).path(clip.state());
    }

    /** What the disk may have made of it in the years since. */
    @Test
    void goesOnFromSilenceWhereAStateIsGoneOrTooLarge() throws IOException {
        ClipArchive archive = reopened(properties(1 << 30, 1 << 30));
        Clip kept = clip(1);
        archive.keep(kept, new Origin(kept.recipe(), RiffDirection.USUAL, "riffloom-mini", "", ""), NOW);
        ArchivedClip clip = archive.clip(kept.id()).orElseThrow();
        assertThat(archive.state(clip)).isEqualTo(kept.after());
        Files.write(state(clip), new byte[StreamState.MAX_BYTES + 1]);
        assertThat(archive.state(clip)).isEqualTo(StreamState.SILENCE);
        Files.delete(state(clip));
        assertThat(archive.state(clip)).isEqualTo(StreamState.SILENCE);
    }

    /** A database as the first release wrote it. */
    @Test
    void keepsLinksThatWereMadeBeforeThereWereStates() throws IOException {
        close();
        String id = ClipId.random().value();
        LinkId link = LinkId.random();
        try (HikariDataSource old = ArchiveConfiguration.database(folder)) {
            Flyway.configure().dataSource(old).target("1").load().migrate();
            JdbcClient client = JdbcClient.create(old);
            client.sql("insert into clip values (?, ?, 'riffloom-mini', '', ?, 5.12, 0.05, ?, ?, 2)")
                    .params(
                            id,
                            Timestamp.from(NOW),
                            RecipeJson.write(clip(1).recipe()),
                            "0a".repeat(32),
                            "0b".repeat(32))
                    .update();
            client.sql("insert into link values (?, ?, ?)")
                    .params(link.value(), Timestamp.from(NOW), OwnerKey.random().hash())
                    .update();
            client.sql("insert into link_clip values (?, 0, ?)")
                    .params(link.value(), id)
                    .update();
        }
        ClipArchive archive = reopened(properties(1 << 30, 1 << 30));
        assertThat(new LinkMoments(archive).find(link.value()))
                .hasValue(new Moment(clip(1).recipe(), RiffDirection.USUAL, "", StreamState.SILENCE));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** A process that keeps clips and shares every other one until it is killed, and says each link when it is made. */
    static final class Writer {

        private static final int MAX_CLIPS = 100_000;

        private Writer() {}

        public static void main(String[] args) {
            // What logs to the standard output must not be taken for a link.
            PrintStream out = System.out;
            System.setOut(System.err);
            Path folder = Path.of(args[0]);
            try (HikariDataSource database = ArchiveConfiguration.database(folder)) {
                ClipArchive archive = archive(database, folder, properties(1 << 30, 1L << 40));
                int first = new Random().nextInt(1 << 20);
                for (int i = 0; i < MAX_CLIPS; i++) {
                    Clip clip = clip(first + i);
                    archive.keep(
                            clip,
                            new Origin(clip.recipe(), RiffDirection.USUAL, "riffloom-mini", "", ""),
                            Instant.now());
                    if (i % 2 == 0 && archive.share(List.of(clip.id()), Instant.now()) instanceof Shared.Done done) {
                        out.println(done.link());
                        out.flush();
                    }
                }
            }
        }
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }
}
