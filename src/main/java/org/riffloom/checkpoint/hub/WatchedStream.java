package org.riffloom.checkpoint.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A body that is given up when nothing comes for a while; the JDK's client would wait for ever. */
final class WatchedStream extends FilterInputStream {

    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final Duration silence;
    private volatile boolean silent;

    WatchedStream(InputStream body, Duration silence) {
        super(body);
        this.silence = silence;
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "hub-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        ScheduledFuture<?> alarm = WATCH.schedule(this::giveUp, silence.toMillis(), TimeUnit.MILLISECONDS);
        int count;
        try {
            count = super.read(target, offset, length);
        } catch (IOException e) {
            throw silent ? tooSilent() : e;
        } finally {
            alarm.cancel(false);
        }
        if (silent) {
            throw tooSilent();
        }
        return count;
    }

    private TransientFailure tooSilent() {
        return new TransientFailure("nothing came for " + silence.toSeconds() + " s", null);
    }

    private void giveUp() {
        silent = true;
        try {
            in.close();
        } catch (IOException e) {
            // It is given up either way.
        }
    }
}
