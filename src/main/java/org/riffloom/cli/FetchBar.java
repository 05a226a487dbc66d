package org.riffloom.cli;

import java.io.PrintWriter;
import org.riffloom.checkpoint.hub.FetchListener;
import org.riffloom.checkpoint.hub.FetchProgress;
import picocli.CommandLine;

/** One line on a terminal that says how far a download is; nothing where standard error is not a terminal. */
final class FetchBar implements FetchListener, AutoCloseable {

    private static final String CLEAR_LINE = "\r\033[K";
    private static final int WIDTH = 24;

    private final PrintWriter out;
    private final boolean visible = CommandLine.Help.Ansi.AUTO.enabled();

    FetchBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void onProgress(FetchProgress progress) {
        if (visible) {
            out.print(CLEAR_LINE + line(progress));
            out.flush();
        }
    }

    static String line(FetchProgress progress) {
        long total = Math.max(1, progress.totalBytes());
        int filled = (int) (WIDTH * Math.min(progress.bytes(), total) / total);
        return "fetching [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + progress;
    }

    @Override
    public void close() {
        if (visible) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
