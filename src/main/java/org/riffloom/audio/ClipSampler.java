package org.riffloom.audio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Cuts clips out of sound files at random places, the same ones whenever the seed and a file's name and length are the
 * same. Places are whole milliseconds, all equally likely, and no two clips of a file have the same one.
 *
 * <p>A sound of any length will do: one that has no room in memory is decoded twice, for its length and for the clips.
 *
 * @param clips of each sound, 1 to {@value #MAX_CLIPS}; fewer come of a sound that has fewer places
 * @param millis length of each clip, {@value #MIN_MILLIS} to {@value #MAX_MILLIS}
 * @param seed any number
 */
public record ClipSampler(int clips, int millis, long seed) {

    /** The most clips of one sound. */
    public static final int MAX_CLIPS = 10_000;

    /** The shortest clip. */
    public static final int MIN_MILLIS = 100;

    /** The longest clip. */
    public static final int MAX_MILLIS = 120_000;

    /** What a small file can be made to say it has must end somewhere. */
    private static final long MAX_SECONDS = 48 * 60 * 60;

    private static final long PRIME = 0x100000001B3L;

    /** @throws IllegalArgumentException if a value is out of its range */
    public ClipSampler {
        if (clips < 1 || clips > MAX_CLIPS || millis < MIN_MILLIS || millis > MAX_MILLIS) {
            throw new IllegalArgumentException(clips + " clips of " + millis + " ms cannot be cut; 1 to " + MAX_CLIPS
                    + " of " + MIN_MILLIS + " to " + MAX_MILLIS + " ms can.");
        }
    }

    /**
     * Cuts the clips of a file, from its beginning to its end.
     *
     * @param name what to call the file in messages, and part of what says where clips are cut
     * @param maxKept how many samples, over all channels, of the whole sound may be held in memory
     * @throws UnreadableSoundException if the file is damaged, of no kind that is known, or shorter than a clip
     * @throws IOException if it cannot be opened or read, or if the taker throws it
     */
    public void sample(Path file, String name, long maxKept, SoundClip.Taker taker) throws IOException {
        Survey survey = new Survey(name, maxKept);
        SoundReader.stream(file, name, survey);
        ClipCutter cutter = new ClipCutter(millis, places(name, survey), taker);
        if (survey.kept == null) {
            SoundReader.stream(file, name, cutter);
        } else {
            Waveform whole = survey.kept.waveform();
            cutter.begin(whole.sampleRate(), whole.channels().length, whole.length());
            cutter.write(whole.channels(), 0, whole.length());
        }
        if (!cutter.done()) {
            throw new UnreadableSoundException(name, "it was changed on the way.");
        }
    }

    private SortedMap<Long, Integer> places(String name, Survey survey) throws UnreadableSoundException {
        long spare = survey.length - ClipCutter.samples(millis, survey.sampleRate);
        if (spare < 0) {
            throw new UnreadableSoundException(
                    name,
                    String.format(
                            Locale.ROOT,
                            "it is too short; it lasts %.2f s, and a clip %.2f s.",
                            (double) survey.length / survey.sampleRate,
                            millis / 1000.0));
        }
        long count = spare * 1000 / survey.sampleRate + 1;
        SplittableRandom random = new SplittableRandom(key(name));
        SortedMap<Long, Integer> places = new TreeMap<>();
        while (places.size() < Math.min(clips, count)) {
            places.putIfAbsent(random.nextLong(count), places.size());
        }
        return places;
    }

    /** The seed and the name in one number, by the steps of FNV-1a. */
    private long key(String name) {
        long key = seed;
        for (byte part : name.getBytes(StandardCharsets.UTF_8)) {
            key = (key ^ (part & 0xFF)) * PRIME;
        }
        return key;
    }

    /** Finds out how long a sound is, and keeps it if it is no longer than allowed. */
    private static final class Survey implements SoundSink {

        private final String name;
        private @Nullable SampleCollector kept;
        private int sampleRate;
        private long length;

        Survey(String name, long maxKept) {
            this.name = name;
            this.kept = new SampleCollector(name, maxKept);
        }

        @Override
        public void begin(int rate, int channels, long told) {
            sampleRate = rate;
            keep(samples -> samples.begin(rate, channels, told));
        }

        @Override
        public void write(float[][] samples, int from, int to) throws SoundTooLongException {
            length += to - from;
            if (length > MAX_SECONDS * sampleRate) {
                throw new SoundTooLongException(name, "it lasts over " + MAX_SECONDS / 3600 + " hours.");
            }
            keep(collector -> collector.write(samples, from, to));
        }

        private void keep(Keeping keeping) {
            try {
                if (kept != null) {
                    keeping.in(kept);
                }
            } catch (SoundTooLongException e) {
                kept = null;
            }
        }

        private interface Keeping {

            void in(SampleCollector collector) throws SoundTooLongException;
        }
    }
}
