package org.riffloom.archive;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.riffloom.clip.KeptClips;
import org.riffloom.clip.ModelProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ArchiveProperties.class, LinkLimits.class})
class ArchiveConfiguration {

    /** The keeper's, and those of people who open links. */
    private static final int CONNECTIONS = 4;

    @Bean
    DataSource archiveDatabase(ArchiveProperties properties, ModelProperties settings) {
        Path folder = properties.path(settings);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("riffloom.archive.folder cannot be made: " + folder, e);
        }
        return database(folder);
    }

    /**
     * An H2 database that has every commit on its way to the disk before the commit returns.
     *
     * @throws ArchiveInUseException if another process has it open
     */
    static HikariDataSource database(Path folder) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl("jdbc:h2:file:" + folder.toAbsolutePath().resolve("clips")
                // By default half a second may pass; and the last connection is Spring's to close.
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        source.setPoolName("archive");
        source.setMaximumPoolSize(CONNECTIONS);
        try {
            source.getConnection().close();
            return source;
        } catch (SQLException | HikariPool.PoolInitializationException e) {
            source.close();
            if (isInUse(e)) {
                throw new ArchiveInUseException(folder, e);
            }
            throw new IllegalStateException("The archive's database in " + folder + " does not open", e);
        }
    }

    private static boolean isInUse(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException exception
                        && exception.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1);
    }

    @Bean
    ClipArchive clipArchive(
            JdbcClient database,
            PlatformTransactionManager transactions,
            ArchiveProperties properties,
            ModelProperties settings) {
        ContentFiles files = new ContentFiles(properties.path(settings).resolve("files"));
        return new JdbcClipArchive(database, new TransactionTemplate(transactions), files, properties);
    }

    @Bean
    ClipKeeper clipKeeper(ClipArchive archive, ArchiveProperties properties) {
        return new ClipKeeper(archive, properties, Clock.systemUTC());
    }

    @Bean
    ClipMedia clipMedia(ClipArchive archive, ModelProperties settings) {
        return new ClipMedia(archive, settings.compressor());
    }

    @Bean
    KeptClips keptClips(ClipArchive archive) {
        return archive::ownSeedImages;
    }

    @Bean
    LinkMoments linkMoments(ClipArchive archive) {
        return new LinkMoments(archive);
    }
}
