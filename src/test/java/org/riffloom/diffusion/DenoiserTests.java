package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joining, leaving and failing, with walks through nothing whose passes the test lets happen one by one. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DenoiserTests {

    private static final int SECONDS = 120;

    /** The passes that have been taken, each by the names of its walks. */
    private final List<List<String>> passes = Collections.synchronizedList(new ArrayList<>());

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);
    private final BatchLimit limit = new BatchLimit(FakeWalk.LOAD, 4);
    private volatile Consumer<List<FakeWalk>> trouble = walks -> {};

    private final Denoiser<FakeWalk> denoiser = new Denoiser<>(
                    new Pass<FakeWalk>() {
                        @Override
                        public void wear(List<WornLora> loras) {
                            if (!loras.isEmpty()) {
                                throw new IllegalStateException("no such clothes");
                            }
                        }

                        @Override
                        public void step(List<FakeWalk> walks) {
                            begun.release();
                            allowed.acquireUninterruptibly();
                            trouble.accept(walks);
                            walks.forEach(FakeWalk::step);
                            passes.add(walks.stream().map(walk -> walk.name).toList());
                        }
                    },
                    limit,
                    new ReentrantLock(),
                    Duration.ofSeconds(SECONDS))
            .start();

    @AfterEach
    void close() {
        allowed.release(1_000_000);
        denoiser.close();
    }

    private CompletableFuture<Void> begin(FakeWalk walk) {
        return begin(walk, StepListener.NONE);
    }

    private CompletableFuture<Void> begin(FakeWalk walk, StepListener listener) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                denoiser.walk(walk, listener);
                result.complete(null);
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Waits until a pass is in hand. */
    private void awaitPass() throws InterruptedException {
        assertThat(begun.tryAcquire(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private void awaitInHand(int walks) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (denoiser.inHand().size() != walks) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(1);
        }
    }

    private static void await(CompletableFuture<Void> walk) throws Exception {
        walk.get(SECONDS, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<Void> walk) throws Exception {
        try {
            await(walk);
            throw new AssertionError("it arrived");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    @Test
    void walksJoinAndLeaveBetweenPasses() throws Exception {
        FakeWalk first = new FakeWalk("first", 4);
        FakeWalk second = new FakeWalk("second", 2);
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Void> one = begin(first, (step, steps) -> heard.add(step + "/" + steps));
        awaitPass();
        CompletableFuture<Void> two = begin(second);
        awaitInHand(2);
        allowed.release(100);
        await(one);
        await(two);
        assertThat(passes)
                .containsExactly(
                        List.of("first"), List.of("first", "second"), List.of("first", "second"), List.of("first"));
        assertThat(heard).containsExactly("1/4", "2/4", "3/4", "4/4");
        assertThat(first.closed).as("the caller's again").isFalse();
    }

    @Test
    void oneThatIsCancelledLeavesAfterThePassAndTheOthersGoOn() throws Exception {
        FakeWalk staying = new FakeWalk("staying", 6);
        FakeWalk leaving = new FakeWalk("leaving", 6);
        CountDownLatch cancelled = new CountDownLatch(1);
        CompletableFuture<Void> one = begin(staying);
        awaitPass();
        CompletableFuture<Void> two = begin(leaving, (step, steps) -> {
            cancelled.countDown();
            throw new CancellationException("enough");
        });
        awaitInHand(2);
        allowed.release(2);
        assertThat(cancelled.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(failure(two)).isInstanceOf(CancellationException.class).hasMessage("enough");
        allowed.release(100);
        await(one);
        assertThat(staying.done()).isEqualTo(6);
        assertThat(leaving.done()).isBetween(1, 2);
        assertThat(leaving.closed).isTrue();
    }

    @Test
    void oneThatIsCancelledWhileItWaitsLeavesBeforeItsFirstStep() throws Exception {
        FakeWalk staying = new FakeWalk("staying", 3);
        FakeWalk leaving = new FakeWalk("leaving", 3);
        CompletableFuture<Void> one = begin(staying);
        awaitPass();
        CompletableFuture<Void> two = begin(leaving, new StepListener() {
            @Override
            public void onStep(int step, int steps) {
                throw new AssertionError("it should not get so far");
            }

            @Override
            public void onWait() {
                throw new CancellationException("enough");
            }
        });
        awaitInHand(2);
        assertThat(failure(two)).isInstanceOf(CancellationException.class).hasMessage("enough");
        allowed.release(100);
        await(one);
        assertThat(passes).containsOnly(List.of("staying"));
        assertThat(leaving.closed).isTrue();
    }

    @Test
    void interruptEndsOnlyTheInterrupted() throws Exception {
        FakeWalk staying = new FakeWalk("staying", 3);
        FakeWalk leaving = new FakeWalk("leaving", 3);
        CompletableFuture<Void> one = begin(staying);
        awaitPass();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                denoiser.walk(leaving, StepListener.NONE);
            } catch (CancellationException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        awaitInHand(2);
        thread.interrupt();
        assertThat(interrupted.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        allowed.release(100);
        await(one);
        assertThat(leaving.closed).isTrue();
    }

    @Test
    void slowListenerHoldsUpNobody() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> slow = begin(new FakeWalk("slow", 2), (step, steps) -> {
            try {
                assertThat(end.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        allowed.release(100);
        await(begin(new FakeWalk("other", 5)));
        end.countDown();
        await(slow);
    }

    @Test
    void failureOfOneIsFoundByHalvesAndIsItsAlone() throws Exception {
        trouble = walks -> {
            if (walks.stream().anyMatch(walk -> walk.name.equals("poison"))) {
                throw new IllegalArgumentException("bad shape");
            }
        };
        CompletableFuture<Void> first = begin(new FakeWalk("first", 2));
        awaitPass();
        CompletableFuture<Void> second = begin(new FakeWalk("second", 3));
        awaitInHand(2);
        CompletableFuture<Void> poison = begin(new FakeWalk("poison", 3));
        awaitInHand(3);
        CompletableFuture<Void> third = begin(new FakeWalk("third", 3));
        awaitInHand(4);
        allowed.release(100);
        assertThat(failure(poison))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("step 1")
                .hasMessageContaining("bad shape")
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        await(first);
        await(second);
        await(third);
        assertThat(limit.room()).as("memory was not the trouble").isEqualTo(4 * FakeWalk.LOAD);
    }

    @Test
    void passThatFindsNoMemoryIsTakenAgainInHalvesAndLowersTheLimit() throws Exception {
        trouble = walks -> {
            if (walks.size() > 1) {
                throw new IllegalStateException("CUDA out of memory. Tried to allocate 20.00 MiB");
            }
        };
        FakeWalk one = new FakeWalk("one", 3);
        FakeWalk two = new FakeWalk("two", 3);
        allowed.release(100);
        denoiser.walkTogether(List.of(one, two));
        assertThat(one.done()).isEqualTo(3);
        assertThat(two.done()).isEqualTo(3);
        assertThat(limit.room()).isEqualTo(FakeWalk.LOAD);
        assertThat(passes).allSatisfy(pass -> assertThat(pass).hasSize(1));
    }

    @Test
    void onePictureThatFindsNoMemoryFails() throws Exception {
        trouble = walks -> {
            throw new OutOfMemoryError("Java heap space");
        };
        FakeWalk walk = new FakeWalk("one", 3);
        allowed.release(100);
        assertThat(failure(begin(walk)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("heap");
        assertThat(walk.closed).isTrue();
        trouble = walks -> {};
        await(begin(new FakeWalk("next", 3)));
    }

    @Test
    void lorasThatCannotBePutOnFailThoseWhoAskForThem() throws Exception {
        FakeWalk styled = new FakeWalk("styled", 2, FakeWalk.SQUARE, List.of(StepOrderTests.anyLora()));
        allowed.release(100);
        assertThat(failure(begin(styled))).hasMessageContaining("no such clothes");
        await(begin(new FakeWalk("plain", 2)));
    }

    @Test
    void closingEndsWalksAfterThePassAndRefusesMore() throws Exception {
        FakeWalk walk = new FakeWalk("first", 1_000_000);
        CompletableFuture<Void> inHand = begin(walk);
        awaitPass();
        CompletableFuture<Boolean> free = CompletableFuture.supplyAsync(denoiser::close);
        while (!free.isDone()) {
            allowed.release();
            Thread.sleep(1);
        }
        assertThat(free.get(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(failure(inHand)).isInstanceOf(CancellationException.class);
        assertThat(walk.done()).isLessThan(1_000_000);
        FakeWalk late = new FakeWalk("late", 1);
        assertThatThrownBy(() -> denoiser.walk(late, StepListener.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(late.closed).isTrue();
    }
}
