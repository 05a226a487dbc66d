package org.riffloom.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** One line on a terminal that says how far something is, over and over; nothing where standard error is not a terminal. */
final class StatusLine implements AutoCloseable {

    private static final String CLEAR = "\r\033[K";
    private static final int WIDTH = 24;

    private final PrintWriter out;
    private final boolean visible;

    StatusLine(PrintWriter out) {
        this(out, CommandLine.Help.Ansi.AUTO.enabled());
    }

    StatusLine(PrintWriter out, boolean visible) {
        this.out = out;
        this.visible = visible;
    }

    boolean isVisible() {
        return visible;
    }

    /** Puts a text in the place of the last one. */
    void show(String text) {
        if (visible) {
            out.print(CLEAR + text);
            out.flush();
        }
    }

    /** Writes a line that stays, terminal or not. */
    void print(String line) {
        out.println(visible ? CLEAR + line : line);
        out.flush();
    }

    /** Such as {@code [######------------------]}. */
    static String bar(long done, long total) {
        int filled = (int) (WIDTH * Math.min(done, total) / Math.max(1, total));
        return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "]";
    }

    @Override
    public void close() {
        show("");
    }
}
