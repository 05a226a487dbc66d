package org.riffloom.clip;

import java.io.IOException;
import java.util.Arrays;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Walks over the columns of a sound in windows that overlap. What a window has in common with the one before is kept while
 * it is painted, so that the new goes on from the old, and is then faded from the one to the other.
 *
 * <p>The last window lies as far back as it must to be full: what it overlaps more is kept likewise. A sound shorter than
 * a window has silence after it while it is painted. Columns come in and go out in order, and none is lost; constant memory.
 */
final class WindowWalk {

    /** Columns of a picture. */
    static final int WIDTH = 512;

    /** Columns that neighbours have in common: 0.64 s, or 8 of the latents' columns. */
    static final int OVERLAP = 64;

    private static final int STEP = WIDTH - OVERLAP;
    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;
    private static final int BANDS = FORMAT.bands();

    /** Paints a window; see {@link WindowPainter#paint}. */
    @FunctionalInterface
    interface Window {

        float[] paint(int number, long first, float[] columns, float[] before, int painted);
    }

    /** Takes columns that are done. */
    @FunctionalInterface
    interface Taker {

        void take(MelSpectrogram columns) throws IOException;
    }

    private final Window window;
    private final Taker taker;
    /** Columns of the sound: some that are done, as {@code history} counts, then those that are not. */
    private final float[] columns = new float[2 * WIDTH * BANDS];
    /** What those that are done have become, and the next {@link #OVERLAP} for now. */
    private final float[] made = new float[WIDTH * BANDS];

    private int history;
    private int filled;
    /** The first column that is not done, counted from the beginning of the sound. */
    private long first;

    private int windows;

    WindowWalk(Window window, Taker taker) {
        this.window = window;
        this.taker = taker;
    }

    /** Takes the next columns of the sound. */
    void append(MelSpectrogram next) throws IOException {
        float[] mel = next.magnitudes()[0];
        int at = 0;
        while (at < next.frames()) {
            int room = history + WIDTH - filled;
            if (room == 0) {
                // More is to come, so this window is not the last.
                paint(WIDTH, STEP);
                continue;
            }
            int count = Math.min(room, next.frames() - at);
            System.arraycopy(mel, at * BANDS, columns, filled * BANDS, count * BANDS);
            filled += count;
            at += count;
        }
    }

    /** Ends the sound. */
    void finish() throws IOException {
        paint(filled - history, filled - history);
    }

    /**
     * Paints the columns that are not done, with as many before them as a full window has room for.
     *
     * @param count of them
     * @param done how many of them will be done then
     */
    private void paint(int count, int done) throws IOException {
        int back = Math.min(history, WIDTH - count);
        int from = history - back;
        int overlap = windows == 0 ? 0 : OVERLAP;
        float[] all = Arrays.copyOfRange(columns, from * BANDS, (from + WIDTH) * BANDS);
        Arrays.fill(all, Math.min(WIDTH, back + count) * BANDS, all.length, 0);
        float[] before = Arrays.copyOfRange(made, from * BANDS, (history + overlap) * BANDS);
        float[] painted = window.paint(windows, first - back, all, before, back + overlap);
        fade(painted, before, back, overlap);
        float[] give = Arrays.copyOfRange(painted, back * BANDS, (back + done) * BANDS);
        remember(painted, back, done);
        taker.take(new MelSpectrogram(FORMAT, done, new float[][] {give}));
    }

    /** Over the overlap, from what it was before to what it is now. */
    private static void fade(float[] painted, float[] before, int back, int overlap) {
        for (int t = 0; t < overlap; t++) {
            float share = (float) (0.5 - 0.5 * Math.cos(Math.PI * (t + 0.5) / overlap));
            for (int i = (back + t) * BANDS; i < (back + t + 1) * BANDS; i++) {
                painted[i] = before[i] + share * (painted[i] - before[i]);
            }
        }
    }

    /** Keeps what a last window may reach back to, and the overlap with the next one. */
    private void remember(float[] painted, int back, int done) {
        int end = history + done;
        int kept = Math.min(STEP, end);
        int pending = filled - end;
        System.arraycopy(columns, (end - kept) * BANDS, columns, 0, (kept + pending) * BANDS);
        int from = (back + done - kept) * BANDS;
        System.arraycopy(painted, from, made, 0, painted.length - from);
        history = kept;
        filled = kept + pending;
        first += done;
        windows++;
    }
}
