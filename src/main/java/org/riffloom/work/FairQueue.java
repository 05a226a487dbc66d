package org.riffloom.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue within this process: a few long-lived worker threads before one {@link Line}.
 *
 * <p>Every field that changes belongs to {@code lock}, and no job is ever called while it is held: workers run jobs
 * outside of it, and what else jobs are told goes through the one thread of {@code messenger}, in the order in which
 * it happened. So a job may call back into the queue, from wherever it is called.
 */
final class FairQueue implements WorkQueue, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FairQueue.class);

    private final int capacity;
    private final Duration maxWait;
    private final Duration shutdownWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Line<Lane, Entry> line = new Line<>();
    private final Set<Entry> running = new HashSet<>();
    private final List<Thread> workers;
    private final ScheduledThreadPoolExecutor messenger;
    private boolean closed;

    FairQueue(int workers, int capacity, Duration maxWait, Duration shutdownWait) {
        this.capacity = capacity;
        this.maxWait = maxWait;
        this.shutdownWait = shutdownWait;
        this.messenger = new ScheduledThreadPoolExecutor(1, task -> daemon("riffloom-work-messenger", task));
        this.messenger.setRemoveOnCancelPolicy(true);
        this.workers = IntStream.rangeClosed(1, workers)
                .mapToObj(number -> daemon("riffloom-work-" + number, this::work))
                .toList();
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Lets the workers begin. */
    FairQueue start() {
        workers.forEach(Thread::start);
        return this;
    }

    @Override
    public Lane openLane() {
        return new Lane() {
            @Override
            public Admission offer(Job job) {
                return admit(this, job);
            }
        };
    }

    private Admission admit(Lane lane, Job job) {
        lock.lock();
        try {
            if (closed || line.waiting().size() >= capacity) {
                return new Admission.QueueFull(capacity);
            }
            Entry entry = new Entry(job);
            line.join(lane, entry);
            entry.expiry = messenger.schedule(() -> expire(entry), maxWait.toMillis(), TimeUnit.MILLISECONDS);
            lineMoved();
            return new Admission.Accepted(() -> cancel(entry));
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Entry entry) {
        entry.cancelled = true;
        lock.lock();
        try {
            if (line.leave(entry)) {
                entry.stopWaiting();
                lineMoved();
            }
        } finally {
            lock.unlock();
        }
    }

    private void expire(Entry entry) {
        lock.lock();
        try {
            if (!line.leave(entry)) {
                return;
            }
            lineMoved();
        } finally {
            lock.unlock();
        }
        entry.job.expired();
    }

    /** Wakes a worker if there is one, and tells those who must wait where they are now. */
    private void lineMoved() {
        changed.signalAll();
        int position = 1 - (workers.size() - line.beingServed());
        for (Entry entry : line.waiting()) {
            if (position >= 1 && position != entry.toldPosition) {
                int told = position;
                entry.toldPosition = told;
                messenger.execute(() -> entry.job.moved(told));
            }
            position++;
        }
    }

    private void work() {
        Line.@Nullable Place<Lane, Entry> place = null;
        while ((place = exchange(place)) != null) {
            try {
                place.entry().job.run(place.entry());
            } catch (RuntimeException | Error e) {
                log.error("A job failed without dealing with it", e);
            }
        }
    }

    /** Hands in the job that is done, and waits for the next; null when there will be none. */
    private Line.@Nullable Place<Lane, Entry> exchange(Line.@Nullable Place<Lane, Entry> done) {
        lock.lock();
        try {
            if (done != null) {
                running.remove(done.entry());
                line.served(done.lane());
            }
            while (!closed) {
                Optional<Line.Place<Lane, Entry>> next = line.serveNext();
                if (next.isPresent()) {
                    Entry entry = next.get().entry();
                    entry.stopWaiting();
                    running.add(entry);
                    lineMoved();
                    return next.get();
                }
                changed.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what waits, asks what runs to stop, and waits for it, but not for ever. */
    @Override
    public void close() {
        List<Entry> givenUp;
        lock.lock();
        try {
            closed = true;
            givenUp = new ArrayList<>(line.waiting());
            givenUp.forEach(line::leave);
            running.forEach(entry -> entry.cancelled = true);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        givenUp.forEach(entry -> entry.job.expired());
        messenger.shutdownNow();
        awaitWorkers();
    }

    private void awaitWorkers() {
        long deadline = System.nanoTime() + shutdownWait.toNanos();
        try {
            for (Thread worker : workers) {
                TimeUnit.NANOSECONDS.timedJoin(worker, Math.max(1, deadline - System.nanoTime()));
                if (worker.isAlive()) {
                    log.warn("A job did not stop within {} and is left behind", shutdownWait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A job in the queue. */
    private static final class Entry implements Turn {

        final Job job;
        /** Written and read without the lock: it only ever turns true. */
        volatile boolean cancelled;

        int toldPosition;

        @Nullable
        ScheduledFuture<?> expiry;

        Entry(Job job) {
            this.job = job;
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }

        void stopWaiting() {
            if (expiry != null) {
                expiry.cancel(false);
            }
        }
    }
}
