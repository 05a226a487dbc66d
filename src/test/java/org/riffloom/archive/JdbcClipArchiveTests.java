package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        Flyway.configure().dataSource(opened).load().migrate();
        return new JdbcClipArchive(
                JdbcClient.create(opened),
                new TransactionTemplate(new JdbcTransactionManager(opened)),
                new ContentFiles(folder.resolve("files")),
                properties);
    }

    /** H2's lock is a matter of processes, so one more has to be started. */
    @Test
    void saysThatAnotherProcessHasIt() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            // As soon as it says so: an assertion on the stream would wait for its end.
            assertThat(other.inputReader().lines().anyMatch(Holder.READY::equals))
                    .isTrue();
            assertThatThrownBy(() -> ArchiveConfiguration.database(folder))
                    .isInstanceOf(ArchiveInUseException.class)
                    .hasMessageContaining(folder.toString());
        } finally {
            other.destroyForcibly().waitFor();
        }
        // It was killed, which is no reason to refuse the next one.
        ArchiveConfiguration.database(folder).close();
    }

    /** A process that has an archive open until it is ended. */
    static final class Holder {

        static final String READY = "ready";

        private Holder() {}

        public static void main(String[] args) throws InterruptedException {
            try (HikariDataSource held = ArchiveConfiguration.database(Path.of(args[0]))) {
                System.out.println(held.isRunning() ? READY : "closed");
                Thread.sleep(Duration.ofMinutes(5).toMillis());
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
