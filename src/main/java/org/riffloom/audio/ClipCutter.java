package org.riffloom.audio;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Cuts clips of one length out of a sound that goes by, in the order of their places. Keeps little more than one of them. */
final class ClipCutter implements SoundSink {

    private static final int MIN_ROOM = 1 << 16;

    private final int millis;
    private final Iterator<Map.Entry<Long, Integer>> places;
    private final SoundClip.Taker taker;
    private int sampleRate;
    private int length;
    private float[][] recent = new float[0][];
    private int filled;
    /** Where in the sound the samples begin that are kept. */
    private long base;

    private Map.@Nullable Entry<Long, Integer> next;

    /**
     * @param millis length of each
     * @param places where clips begin, in ms, and their numbers
     */
    ClipCutter(int millis, SortedMap<Long, Integer> places, SoundClip.Taker taker) {
        this.millis = millis;
        this.places = places.entrySet().iterator();
        this.taker = taker;
        advance();
    }

    private void advance() {
        next = places.hasNext() ? places.next() : null;
    }

    /** Whether all clips have been cut. */
    boolean done() {
        return next == null;
    }

    @Override
    public void begin(int rate, int channels, long told) {
        sampleRate = rate;
        length = (int) samples(millis, rate);
        recent = new float[channels][length + Math.max(MIN_ROOM, length / 4)];
    }

    /** Samples in a time, rounded down. */
    static long samples(long millis, int sampleRate) {
        return millis * sampleRate / 1000;
    }

    @Override
    public void write(float[][] samples, int from, int to) throws IOException {
        int at = from;
        while (at < to && next != null) {
            if (filled == recent[0].length) {
                discard(samples(next.getKey(), sampleRate));
            }
            int count = Math.min(to - at, recent[0].length - filled);
            for (int c = 0; c < recent.length; c++) {
                System.arraycopy(samples[c], at, recent[c], filled, count);
            }
            filled += count;
            at += count;
            cut();
        }
    }

    /** Drops what is before a place, which is at least a sample: the clip there would have been cut else. */
    private void discard(long place) {
        int count = (int) Math.min(filled, place - base);
        for (float[] channel : recent) {
            System.arraycopy(channel, count, channel, 0, filled - count);
        }
        filled -= count;
        base += count;
    }

    private void cut() throws IOException {
        while (next != null && samples(next.getKey(), sampleRate) + length <= base + filled) {
            int from = (int) (samples(next.getKey(), sampleRate) - base);
            float[][] clip = new float[recent.length][length];
            for (int c = 0; c < clip.length; c++) {
                System.arraycopy(recent[c], from, clip[c], 0, length);
            }
            taker.take(new SoundClip(next.getValue(), next.getKey(), new Waveform(sampleRate, clip)));
            advance();
        }
    }
}
