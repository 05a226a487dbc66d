package org.riffloom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.riffloom.audio.SoundTooLongException;

class BatchTests {

    private final List<Outcome> outcomes = new ArrayList<>();

    private static List<SoundFile> sounds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SoundFile(Path.of("/" + i), Path.of("" + i)))
                .toList();
    }

    @Test
    void countsWhatBecameOfEachFile() throws Exception {
        BatchSummary summary = new Batch(
                        sounds(40),
                        4,
                        sound -> {
                            int number = Integer.parseInt(sound.name());
                            if (number == 3) {
                                throw new IOException("bad");
                            }
                            if (number == 5) {
                                throw new IllegalStateException("worse");
                            }
                            if (number == 7) {
                                throw new OutOfMemoryError("worst");
                            }
                            return number < 10 ? new Outcome.AlreadyThere() : new Outcome.Made();
                        },
                        outcomes::add)
                .run();
        assertThat(summary).isEqualTo(new BatchSummary(30, 7, 3, 0));
        assertThat(outcomes).hasSize(40);
        assertThat(outcomes.stream()
                        .filter(Outcome.Failed.class::isInstance)
                        .map(outcome -> ((Outcome.Failed) outcome).name()))
                .containsExactlyInAnyOrder("3", "5", "7");
    }

    @Test
    void worksOnSeveralFilesAtATime() throws Exception {
        // Passed by three together only.
        CyclicBarrier together = new CyclicBarrier(3);
        BatchSummary summary = new Batch(
                        sounds(9),
                        3,
                        sound -> {
                            try {
                                together.await(20, TimeUnit.SECONDS);
                                return new Outcome.Made();
                            } catch (Exception e) {
                                throw new IOException(e);
                            }
                        },
                        outcomes::add)
                .run();
        assertThat(summary.made()).isEqualTo(9);
    }

    @Test
    void endsWhereNothingCanBeWritten() {
        AtomicInteger tried = new AtomicInteger();
        Batch batch = new Batch(
                sounds(1_000),
                1,
                sound -> {
                    if (tried.incrementAndGet() == 5) {
                        throw new OutputException(Path.of("out"), new IOException("No space left on device"));
                    }
                    return new Outcome.Made();
                },
                outcomes::add);
        assertThatExceptionOfType(OutputException.class)
                .isThrownBy(batch::run)
                .withMessage("out cannot be written to: No space left on device");
        assertThat(tried).hasValue(5);
    }

    @Test
    void stopsInTheMiddleOfAFile() throws Exception {
        CountDownLatch working = new CountDownLatch(2);
        Batch batch = new Batch(
                sounds(10),
                2,
                sound -> {
                    working.countDown();
                    // Until it is interrupted.
                    new CountDownLatch(1).await(1, TimeUnit.MINUTES);
                    throw new IOException("It was not interrupted.");
                },
                outcomes::add);
        CompletableFuture<BatchSummary> run = CompletableFuture.supplyAsync(() -> {
            try {
                return batch.run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
        batch.stop();
        assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo(new BatchSummary(0, 0, 0, 10));
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aLongSoundHasTheMemoryForItself() throws Exception {
        MemoryShares memory = new MemoryShares(4, 4_000);
        List<Long> offers = new ArrayList<>();
        memory.run(bytes -> {
            offers.add(bytes);
            if (bytes < 2_500) {
                throw new SoundTooLongException("song", "it is too long.");
            }
        });
        assertThat(offers).containsExactly(1_000L, 4_000L);
        assertThatExceptionOfType(SoundTooLongException.class)
                .isThrownBy(() -> memory.run(bytes -> {
                    throw new SoundTooLongException("song", "it is too long.");
                }));
        // All shares are free again.
        memory.run(bytes -> assertThat(bytes).isEqualTo(1_000));
    }

    @Test
    void noShareIsGivenTwice() throws Exception {
        MemoryShares memory = new MemoryShares(3, 3_000);
        AtomicInteger used = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BatchSummary summary = new Batch(
                        sounds(60),
                        3,
                        sound -> {
                            boolean isLong = Integer.parseInt(sound.name()) % 7 == 0;
                            memory.run(bytes -> {
                                int now = used.addAndGet((int) bytes);
                                most.accumulateAndGet(now, Math::max);
                                Thread.yield();
                                used.addAndGet((int) -bytes);
                                if (isLong && bytes == 1_000) {
                                    throw new SoundTooLongException(sound.name(), "it is too long.");
                                }
                            });
                            return new Outcome.Made();
                        },
                        outcomes::add)
                .run();
        assertThat(summary.made()).isEqualTo(60);
        assertThat(most).hasValueLessThanOrEqualTo(3_000);
    }
}
