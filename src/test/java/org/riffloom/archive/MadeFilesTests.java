package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MadeFilesTests {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private byte[] slow() {
        try {
            begun.countDown();
            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            return new byte[] {1};
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Supplier<byte[]> never() {
        return () -> {
            throw new AssertionError("it was made before");
        };
    }

    @Test
    void makesNoMoreAtATimeThanItMay() throws Exception {
        MadeFiles files = new MadeFiles(1, Duration.ZERO);
        CompletableFuture<Optional<byte[]>> first = CompletableFuture.supplyAsync(() -> files.make("a", this::slow));
        begun.await();
        assertThat(files.make("b", never())).isEmpty();
        release.countDown();
        assertThat(first.get()).hasValue(new byte[] {1});
        assertThat(files.make("b", () -> new byte[] {2})).hasValue(new byte[] {2});
    }

    @Test
    void theSecondToAskFindsItMade() throws Exception {
        MadeFiles files = new MadeFiles(1, Duration.ofSeconds(30));
        CompletableFuture<Optional<byte[]>> first = CompletableFuture.supplyAsync(() -> files.make("a", this::slow));
        begun.await();
        CompletableFuture<Optional<byte[]>> second = CompletableFuture.supplyAsync(() -> files.make("a", never()));
        release.countDown();
        assertThat(second.get()).isEqualTo(first.get());
        assertThat(files.find("a")).isEqualTo(first.get());
    }

    @Test
    void aFailureLeavesTheMakerFree() {
        MadeFiles files = new MadeFiles(1, Duration.ZERO);
        assertThatThrownBy(() -> files.make("a", never())).isInstanceOf(AssertionError.class);
        assertThat(files.find("a")).isEmpty();
        assertThat(files.make("a", () -> new byte[] {3})).isPresent();
    }

    @Test
    void keepsTheLatestAsFarAsThereIsRoom() {
        MadeFiles files = new MadeFiles(1, Duration.ZERO);
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 6; i++) {
            files.make("file " + i, () -> new byte[15 << 20]);
            made.incrementAndGet();
            assertThat(files.find("file 0").isPresent()).as("after %d", i).isEqualTo(true);
        }
        assertThat(files.find("file 1")).isEmpty();
        assertThat(files.find("file 2")).isEmpty();
        assertThat(files.find("file 3")).isPresent();
        files.make("huge", () -> new byte[65 << 20]);
        assertThat(files.find("huge")).isEmpty();
    }
}
