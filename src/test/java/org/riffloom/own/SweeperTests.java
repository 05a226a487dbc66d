package org.riffloom.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.riffloom.clip.KeptClips;
import org.riffloom.clip.ModelProperties;
import org.riffloom.clip.OwnPictureProperties;
import org.riffloom.clip.OwnPictures;
import org.springframework.util.unit.DataSize;

class SweeperTests {

    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final Set<String> named = new HashSet<>();

    private OwnPictureProperties properties(long bytes) {
        return new OwnPictureProperties(
                folder.toString(), Duration.ofDays(30), DataSize.ofBytes(bytes), Duration.ofMinutes(10));
    }

    private OwnPictures pictures() {
        return OwnPictures.of(new ModelProperties("", "riffloom-mini", "cpu", 1, ""), properties(1));
    }

    private Sweeper sweeper(long bytes, KeptClips clips) {
        return new Sweeper(pictures(), properties(bytes), clips, Clock.systemUTC());
    }

    /** One that shows {@code number} and was used so long ago. */
    private String kept(int number, Duration age) throws IOException {
        BufferedImage picture = new BufferedImage(OwnPictures.SIDE, OwnPictures.SIDE, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < OwnPictures.SIDE; x++) {
            picture.setRGB(x, number, 0xFFFFFF);
        }
        String id = pictures().keep(picture).id();
        Files.setLastModifiedTime(folder.resolve(id + ".png"), FileTime.from(NOW.minus(age)));
        return id;
    }

    private long bytes() throws IOException {
        return pictures().all().stream().mapToLong(OwnPictures.Kept::bytes).sum();
    }

    @Test
    void forgetsWhatNobodyUsesUnlessAClipWasMadeFromIt() throws IOException {
        String old = kept(1, Duration.ofDays(31));
        String oldButNamed = kept(2, Duration.ofDays(365));
        String young = kept(3, Duration.ofDays(29));
        named.add(oldButNamed);
        try (Sweeper sweeper = sweeper(1 << 30, () -> named)) {
            assertThat(sweeper.sweep(NOW)).isEqualTo(1);
            assertThat(pictures().has(old)).isFalse();
            assertThat(pictures().has(oldButNamed)).isTrue();
            assertThat(pictures().has(young)).isTrue();
            named.clear();
            assertThat(sweeper.sweep(NOW)).isEqualTo(1);
            assertThat(pictures().has(oldButNamed)).isFalse();
        }
    }

    @Test
    void makesRoomByForgettingThoseThatWereNotUsedForLongest() throws IOException {
        String inUse = kept(1, Duration.ofMinutes(59));
        String longest = kept(2, Duration.ofDays(3));
        String named = kept(3, Duration.ofDays(4));
        String lately = kept(4, Duration.ofHours(2));
        this.named.add(named);
        // Three of the four fit into three quarters of it.
        try (Sweeper sweeper = sweeper(bytes() * 5 / 4, () -> this.named)) {
            assertThat(sweeper.sweep(NOW)).isEqualTo(1);
            assertThat(pictures().has(longest)).isFalse();
            assertThat(pictures().has(lately)).isTrue();
        }
        // What is in use stays, however little room there is.
        try (Sweeper sweeper = sweeper(0, () -> this.named)) {
            assertThat(sweeper.sweep(NOW)).isEqualTo(1);
        }
        assertThat(pictures().all()).extracting(OwnPictures.Kept::id).containsExactlyInAnyOrder(inUse, named);
    }

    @Test
    void forgetsNothingWhileItCannotBeKnownWhatIsNeeded() throws IOException {
        String old = kept(1, Duration.ofDays(31));
        KeptClips broken = () -> {
            throw new IllegalStateException("the database is away");
        };
        try (Sweeper sweeper = sweeper(0, broken)) {
            assertThatThrownBy(() -> sweeper.sweep(NOW)).hasMessageContaining("away");
        }
        assertThat(pictures().has(old)).isTrue();
    }
}
