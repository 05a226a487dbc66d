package org.riffloom.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.PatternSyntaxException;
import org.riffloom.audio.UnreadableSoundException;
import org.riffloom.dataset.Batch;
import org.riffloom.dataset.BatchSummary;
import org.riffloom.dataset.BatchTask;
import org.riffloom.dataset.Outcome;
import org.riffloom.dataset.OutputFolder;
import org.riffloom.dataset.SoundFile;
import org.riffloom.dataset.SoundFolder;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Does what a command does with each of many files, says how far it is, and in the end what became of them. */
final class BatchRun {

    /** How long a run may take to stop, when Ctrl-C is pressed. */
    private static final int STOP_SECONDS = 10;

    private final BatchOptions options;
    private final CommandLine line;
    /** Zero when all is said and nothing half-done is left. */
    private final CountDownLatch end = new CountDownLatch(1);

    /** What is done with a file. */
    @FunctionalInterface
    interface TaskMaker {

        BatchTask make(OutputFolder output, int jobs);
    }

    BatchRun(BatchOptions options, CommandLine line) {
        this.options = options;
        this.line = line;
    }

    /** Returns the exit code: 0, or 1 if a file failed or the work was stopped. */
    int run(TaskMaker maker) throws IOException, InterruptedException {
        options.check(line);
        try {
            return runToTheEnd(maker);
        } finally {
            end.countDown();
        }
    }

    private int runToTheEnd(TaskMaker maker) throws IOException, InterruptedException {
        SoundFolder folder = list();
        List<SoundFile> sounds = folder.sounds()
                .subList(0, Math.min(options.limit(), folder.sounds().size()));
        if (sounds.isEmpty() && folder.failures().isEmpty()) {
            throw new IOException(options.audioDir() + " has no files "
                    + (options.glob() == null ? "named " + SoundFolder.ENDINGS : "like " + options.glob()) + ".");
        }
        long start = System.nanoTime();
        BatchSummary summary;
        try (StatusLine status = new StatusLine(line.getErr())) {
            folder.failures().forEach(failure -> status.print(message(failure)));
            summary = work(sounds, status, maker);
        }
        int failed = summary.failed() + folder.failures().size();
        StringBuilder text = new StringBuilder(summary.made() + " made, " + summary.there() + " there already, "
                + failed + " failed, in " + time(System.nanoTime() - start) + ".");
        if (folder.others() > 0) {
            text.append(" ")
                    .append(folder.others())
                    .append(folder.others() == 1 ? " other file was" : " other files were")
                    .append(" left alone.");
        }
        if (summary.left() > 0) {
            text.append(" Stopped with ").append(summary.left()).append(" to go; the same command goes on there.");
        }
        line.getOut().println(text);
        line.getOut().flush();
        return failed + summary.left() > 0 ? line.getCommandSpec().exitCodeOnExecutionException() : 0;
    }

    private SoundFolder list() throws IOException {
        try {
            return SoundFolder.list(options.audioDir(), options.glob(), options.outputDir());
        } catch (PatternSyntaxException e) {
            throw new ParameterException(line, "--glob is " + options.glob() + "; " + e.getDescription() + ".");
        }
    }

    private BatchSummary work(List<SoundFile> sounds, StatusLine status, TaskMaker maker)
            throws IOException, InterruptedException {
        int jobs = Math.min(options.jobs(), Math.max(1, sounds.size()));
        try (OutputFolder output = OutputFolder.open(options.outputDir())) {
            BatchBar bar = new BatchBar(status, sounds.size(), BatchRun::message, System::nanoTime);
            Batch batch = new Batch(sounds, jobs, maker.make(output, jobs), bar);
            Thread onExit = new Thread(() -> {
                batch.stop();
                awaitEnd();
            });
            Runtime.getRuntime().addShutdownHook(onExit);
            try {
                return batch.run();
            } finally {
                remove(onExit);
            }
        }
    }

    private void awaitEnd() {
        try {
            end.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // It is running, which is why the batch has ended.
        }
    }

    private static String message(Outcome.Failed failure) {
        String reason = RiffloomCommand.message(failure.cause());
        return failure.cause() instanceof UnreadableSoundException ? reason : failure.name() + ": " + reason;
    }

    private static String time(long nanos) {
        long tenths = nanos / 100_000_000;
        return tenths < 1_000 ? tenths / 10 + "." + tenths % 10 + " s" : (tenths / 10 + 59) / 60 + " min";
    }
}
