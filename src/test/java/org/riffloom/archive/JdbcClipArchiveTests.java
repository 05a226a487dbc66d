package org.riffloom.archive;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }
}
