package org.riffloom.diffusion;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of everybody's walks, several in one pass of the network, on one thread that has the network to itself.
 * Walks join and leave between passes. Whoever brings one waits, and hears of its steps, on a thread of their own, so that
 * a slow or failing listener is nobody else's concern.
 *
 * <p>A pass that fails is taken again in two halves, down to the one walk that is at fault, which alone fails.
 *
 * <p>All fields that change belong to {@code lock}, which is never held during a pass; what {@link BatchLimit}
 * remembers belongs to the thread.
 *
 * @param <W> a walk. The denoiser alone touches it from {@link #walk} until that returns or throws
 */
final class Denoiser<W extends Walk> {

    private static final Logger log = LoggerFactory.getLogger(Denoiser.class);

    /** How often those who wait make sure that somebody works for them, and that they still want it. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Pass<W> pass;
    private final BatchLimit limit;
    private final Lock device;
    private final Duration closeWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();
    private final Map<W, Seat> seats = new LinkedHashMap<>();
    private final Thread thread;
    private boolean closed;

    /**
     * @param device held during each pass; fair, if somebody else computes there too
     * @param closeWait that closing gives the pass in hand
     */
    Denoiser(Pass<W> pass, BatchLimit limit, Lock device, Duration closeWait) {
        this.pass = pass;
        this.limit = limit;
        this.device = device;
        this.closeWait = closeWait;
        this.thread = new Thread(this::work, "riffloom-denoiser");
        thread.setDaemon(true);
    }

    /** Lets it begin. */
    Denoiser<W> start() {
        thread.start();
        return this;
    }

    /** A walk in hand, and what became of it. */
    private static final class Seat {

        final Condition news;
        int done;
        boolean left;

        @Nullable
        Throwable failure;

        Seat(Condition news) {
            this.news = news;
        }
    }

    /**
     * Takes all steps of a walk. When this returns, the walk is the caller's again; when it throws, the walk is closed,
     * at the latest after the pass in hand.
     *
     * @param listener called on this thread, in order; what it throws ends the walk
     * @throws IllegalStateException if the denoiser is closed, or the network failed
     * @throws CancellationException if this thread is interrupted, which it still is then, or the denoiser closes
     */
    void walk(W walk, StepListener listener) {
        follow(walk, join(List.of(walk)).get(0), listener);
    }

    /** Takes all steps of several walks, that begin in one pass if nobody else is there. */
    void walkTogether(List<W> walks) {
        List<Seat> joining = join(walks);
        for (int i = 0; i < walks.size(); i++) {
            follow(walks.get(i), joining.get(i), StepListener.NONE);
        }
    }

    private void follow(W walk, Seat seat, StepListener listener) {
        int steps = walk.steps();
        try {
            int heard = 0;
            while (heard < steps) {
                int done = awaitNews(seat, heard);
                if (done == heard) {
                    listener.onWait();
                }
                while (heard < done) {
                    listener.onStep(++heard, steps);
                }
            }
        } catch (RuntimeException | Error e) {
            leave(walk, seat);
            throw e;
        }
    }

    private List<Seat> join(List<W> walks) {
        lock.lock();
        try {
            if (closed) {
                walks.forEach(Walk::close);
                throw new IllegalStateException("the pipeline is closed");
            }
            walks.forEach(walk -> seats.put(walk, new Seat(lock.newCondition())));
            joined.signal();
            return walks.stream().map(seats::get).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next step, until it is time to look again; how many are done then. */
    private int awaitNews(Seat seat, int heard) {
        lock.lock();
        try {
            boolean inTime = true;
            while (seat.done == heard && seat.failure == null && inTime) {
                inTime = seat.news.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!inTime && !thread.isAlive()) {
                throw new IllegalStateException("the denoising thread has ended; see the log");
            }
            if (seat.failure instanceof CancellationException) {
                throw new CancellationException(seat.failure.getMessage());
            }
            if (seat.failure != null) {
                throw new IllegalStateException(
                        "the network failed at step " + (seat.done + 1) + ": " + seat.failure.getMessage(),
                        seat.failure);
            }
            return seat.done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } finally {
            lock.unlock();
        }
    }

    private void leave(W walk, Seat seat) {
        lock.lock();
        try {
            if (seats.containsKey(walk)) {
                // It may be in the pass in hand.
                seat.left = true;
                joined.signal();
            } else {
                walk.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        List<W> together = next();
        while (!together.isEmpty()) {
            take(together);
            together = next();
        }
    }

    /** Waits for walks and chooses those who go together; none when there will be no more. */
    private List<W> next() {
        lock.lock();
        try {
            while (true) {
                seats.forEach((walk, seat) -> {
                    if (seat.left) {
                        walk.close();
                    }
                });
                seats.values().removeIf(seat -> seat.left);
                if (closed) {
                    return List.of();
                }
                if (!seats.isEmpty()) {
                    return StepOrder.next(List.copyOf(seats.keySet()), limit.room());
                }
                joined.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(List<W> walks) {
        device.lock();
        try {
            pass.wear(walks.get(0).loras());
            step(walks);
        } catch (RuntimeException | Error e) {
            // Not one of them can do without these LoRAs.
            walks.forEach(walk -> failed(walk, e));
        } finally {
            device.unlock();
        }
    }

    private void step(List<W> walks) {
        long load = walks.stream().mapToLong(Walk::load).sum();
        try {
            pass.step(walks);
        } catch (RuntimeException | Error e) {
            if (isOutOfMemory(e)) {
                limit.exceeded(load);
            }
            stepInHalves(walks, e);
            return;
        }
        limit.passed(load);
        walks.forEach(this::stepped);
    }

    private void stepInHalves(List<W> walks, Throwable failure) {
        if (walks.size() == 1) {
            failed(walks.get(0), failure);
            return;
        }
        log.warn("A pass with {} pictures failed and is taken again in halves: {}", walks.size(), failure.getMessage());
        int half = walks.size() / 2;
        step(walks.subList(0, half));
        step(walks.subList(half, walks.size()));
    }

    /** libtorch has no type for it, but these words on every device. */
    private static boolean isOutOfMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof OutOfMemoryError
                || message.contains("out of memory")
                || message.contains("not enough memory")
                || message.contains("can't allocate memory");
    }

    private void stepped(W walk) {
        lock.lock();
        try {
            Seat seat = seats.get(walk);
            if (seat != null) {
                seat.done = walk.done();
                if (walk.done() == walk.steps() && !seat.left) {
                    seats.remove(walk);
                }
                seat.news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void failed(W walk, Throwable failure) {
        lock.lock();
        try {
            Seat seat = seats.get(walk);
            if (seat != null && !seat.left) {
                seats.remove(walk);
                seat.failure = failure;
                seat.news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends all walks after the pass in hand, and waits for that, but not for ever.
     *
     * @return whether the network is free, and not still in that pass
     */
    boolean close() {
        lock.lock();
        try {
            closed = true;
            joined.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Math.max(1, closeWait.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inHand().forEach(walk -> failed(walk, new CancellationException("the pipeline was closed")));
        return !thread.isAlive();
    }

    /** The walks that have begun and not ended. */
    List<W> inHand() {
        lock.lock();
        try {
            return List.copyOf(seats.keySet());
        } finally {
            lock.unlock();
        }
    }
}
