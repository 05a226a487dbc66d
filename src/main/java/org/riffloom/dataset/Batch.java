package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Does the same with many files, several at a time, each as soon as a thread is free for it. A file that fails is told of
 * and passed over.
 */
public final class Batch {

    private static final Duration FOREVER = Duration.ofDays(365);

    private final List<SoundFile> sounds;
    private final BatchTask task;
    private final BatchListener listener;
    private final ExecutorService workers;
    private final int jobs;
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean stopped;
    private @Nullable OutputException fatal;
    private int made;
    private int there;
    private int failed;

    /**
     * @param jobs how many files are worked on at the same time
     * @param listener is told of every file
     */
    public Batch(List<SoundFile> sounds, int jobs, BatchTask task, BatchListener listener) {
        this.sounds = sounds;
        this.task = task;
        this.listener = listener;
        this.jobs = jobs;
        this.workers = Executors.newFixedThreadPool(jobs);
    }

    /**
     * Works until all files have been tried, or {@link #stop} is called. Called once.
     *
     * @throws OutputException if nothing can be written any more
     * @throws InterruptedException if the thread is interrupted; the work is stopped then
     */
    public BatchSummary run() throws IOException, InterruptedException {
        try {
            for (int i = 0; i < jobs; i++) {
                workers.execute(this::work);
            }
            workers.shutdown();
            if (!workers.awaitTermination(FOREVER.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("It was not done after " + FOREVER.toDays() + " days.");
            }
        } finally {
            stop();
        }
        synchronized (this) {
            if (fatal != null) {
                throw fatal;
            }
            return new BatchSummary(made, there, failed, sounds.size() - made - there - failed);
        }
    }

    /** Gives up the files that are worked on, and begins no other ones. Returns at once; {@link #run} does soon after. */
    public void stop() {
        stopped = true;
        workers.shutdownNow();
    }

    private void work() {
        int index = next.getAndIncrement();
        while (index < sounds.size() && !stopped) {
            SoundFile sound = sounds.get(index);
            try {
                record(outcome(sound));
            } catch (OutputException e) {
                giveUp(e);
            } catch (InterruptedException e) {
                return;
            }
            index = next.getAndIncrement();
        }
    }

    private Outcome outcome(SoundFile sound) throws OutputException, InterruptedException {
        try {
            return task.run(sound);
        } catch (OutputException e) {
            throw e;
        } catch (InvalidPathException e) {
            return new Outcome.Failed(
                    sound.name(),
                    new IOException(
                            "this system's encoding, " + System.getProperty("sun.jnu.encoding")
                                    + ", cannot write its name; LC_ALL=C.UTF-8 in the environment may help.",
                            e));
        } catch (IOException | RuntimeException e) {
            return new Outcome.Failed(sound.name(), e);
        } catch (OutOfMemoryError e) {
            return new Outcome.Failed(
                    sound.name(),
                    new IOException(
                            "there is too little memory for it; fewer jobs need less, and java's -Xmx gives more.", e));
        }
    }

    private synchronized void record(Outcome outcome) {
        // What fails because it was interrupted has not failed.
        if (stopped && outcome instanceof Outcome.Failed) {
            return;
        }
        if (outcome instanceof Outcome.Made) {
            made++;
        } else if (outcome instanceof Outcome.AlreadyThere) {
            there++;
        } else {
            failed++;
        }
        listener.onOutcome(outcome);
    }

    private synchronized void giveUp(OutputException e) {
        if (!stopped) {
            fatal = e;
            stop();
        }
    }
}
