package org.riffloom.cli;

import java.io.PrintWriter;
import org.riffloom.checkpoint.hub.FetchListener;
import org.riffloom.checkpoint.hub.FetchProgress;

/** Says on a terminal how far a download is. */
final class FetchBar implements FetchListener, AutoCloseable {

    private final StatusLine status;

    FetchBar(PrintWriter out) {
        this.status = new StatusLine(out);
    }

    @Override
    public void onProgress(FetchProgress progress) {
        status.show(line(progress));
    }

    static String line(FetchProgress progress) {
        return "fetching " + StatusLine.bar(progress.bytes(), progress.totalBytes()) + " " + progress;
    }

    @Override
    public void close() {
        status.close();
    }
}
