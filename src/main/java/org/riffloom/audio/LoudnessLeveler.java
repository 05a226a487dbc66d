package org.riffloom.audio;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the clips of a stream equally loud: each is brought to {@value #TARGET_DECIBELS} dBFS RMS by a gain that glides
 * from the last clip's, and a {@link Limiter} holds the peaks. What the limiter will take away is made up for beforehand,
 * within bounds. Clips are not normalised to their own peaks, since then one drum stroke would decide how loud the rest is.
 *
 * <p>A clip comes out as long as it went in, but {@link #delay()} samples late: what the limiter looks ahead by begins
 * the stream as silence, and after that every clip begins with the end of the one before.
 *
 * <p>One for each stream, used by one thread at a time; constant memory.
 */
public final class LoudnessLeveler {

    /** What every clip is brought to, relative to a square wave of full scale. */
    public static final double TARGET_DECIBELS = -17;

    private static final double MAX_GAIN_DECIBELS = 40;
    /** Drums lose to the limiter what makes them loud, and are driven into it this much harder at most. */
    private static final double MAX_DRIVE_DECIBELS = 10;

    private static final int DRIVES = 6;
    private static final double NEAR_DECIBELS = 0.1;
    /** A clip below this has nothing to be made louder; it keeps the gain of the one before. */
    private static final double SILENCE_DECIBELS = -70;

    /**
     * From one gain to the next. Longer, and the beginning of a clip is audibly quieter or, leaning on the limiter, denser
     * than the rest of it; shorter, and the gain is heard to move.
     */
    private static final double GLIDE_SECONDS = 0.25;

    /** After so long nothing is left in the gains of how a loop was entered: the limiter's release is a 40th of it. */
    private static final double LOOP_MEMORY_SECONDS = 2;

    /** No gain is beyond this, whichever way. */
    private static final double MAX_SAVED_DECIBELS = 200;

    private final int sampleRate;
    private final Limiter limiter;
    private final Limiter trial;
    private boolean started;
    private double gainDecibels;

    /**
     * @param sampleRate of the clips, in Hz
     * @param channels of the clips
     */
    public LoudnessLeveler(int sampleRate, int channels) {
        this.sampleRate = sampleRate;
        this.limiter = new Limiter(sampleRate, channels);
        this.trial = new Limiter(sampleRate, channels);
    }

    /** Samples that the stream comes out late by: what the limiter looks ahead. */
    public int delay() {
        return limiter.lookAhead();
    }

    /**
     * Continues the stream.
     *
     * @return a new waveform, as long as the clip
     */
    public Waveform next(Waveform clip) {
        float[][] sound = new float[clip.channels().length][];
        for (int c = 0; c < sound.length; c++) {
            sound[c] = clip.channels()[c].clone();
        }
        double level = decibels(clip);
        double target = level < SILENCE_DECIBELS ? gainDecibels : gain(clip, level);
        glide(sound, started ? gainDecibels : target, target);
        started = started || level >= SILENCE_DECIBELS;
        gainDecibels = target;
        limiter.process(sound);
        return new Waveform(clip.sampleRate(), sound);
    }

    /** The gain in dB after which, and after the limiter, a clip of this level is as loud as all clips should be. */
    private double gain(Waveform clip, double level) {
        double plain = Math.min(MAX_GAIN_DECIBELS, TARGET_DECIBELS - level);
        double gain = plain;
        for (int i = 0; i < DRIVES; i++) {
            double lost = plain + level - limitedDecibels(clip, gain);
            if (lost < NEAR_DECIBELS) {
                break;
            }
            gain = Math.min(plain + MAX_DRIVE_DECIBELS, gain + lost);
        }
        return gain;
    }

    private double limitedDecibels(Waveform clip, double gain) {
        float factor = (float) Math.pow(10, gain / 20);
        float[][] sound = new float[clip.channels().length][clip.length()];
        for (int c = 0; c < sound.length; c++) {
            for (int i = 0; i < sound[c].length; i++) {
                sound[c][i] = factor * clip.channels()[c][i];
            }
        }
        trial.reset();
        trial.process(sound);
        return decibels(new Waveform(clip.sampleRate(), sound));
    }

    private void glide(float[][] sound, double from, double to) {
        int length = sound[0].length;
        int ramp = (int) Math.min(length, sampleRate * GLIDE_SECONDS);
        double factor = Math.pow(10, from / 20);
        double step = Math.pow(10, (to - from) / 20 / ramp);
        for (int i = 0; i < ramp; i++) {
            factor *= step;
            for (float[] channel : sound) {
                channel[i] *= (float) factor;
            }
        }
        float rest = (float) Math.pow(10, to / 20);
        for (float[] channel : sound) {
            for (int i = ramp; i < length; i++) {
                channel[i] *= rest;
            }
        }
    }

    /**
     * Saves what the next clip goes on from: a few kilobytes.
     *
     * @throws IOException if {@code out} throws it
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(sampleRate);
        out.writeInt(limiter.channels());
        out.writeBoolean(started);
        out.writeDouble(gainDecibels);
        limiter.write(out);
    }

    /**
     * Goes on from what was saved, to the bit.
     *
     * @throws IOException if that is damaged or of another format; {@link #reset} is needed then
     */
    public void read(DataInput in) throws IOException {
        StateNumbers.expect(in, sampleRate);
        StateNumbers.expect(in, limiter.channels());
        started = in.readBoolean();
        gainDecibels = StateNumbers.between(in.readDouble(), -MAX_SAVED_DECIBELS, MAX_SAVED_DECIBELS);
        limiter.read(in);
    }

    /** Forgets the stream; the next clip begins another. */
    public void reset() {
        started = false;
        gainDecibels = 0;
        limiter.reset();
    }

    /** Levels one sound by itself, without delay. */
    public static Waveform level(Waveform sound) {
        LoudnessLeveler leveler = new LoudnessLeveler(sound.sampleRate(), sound.channels().length);
        int delay = leveler.delay();
        float[][] begin = leveler.next(sound).channels();
        float[][] end = new float[begin.length][delay];
        leveler.limiter.process(end);
        float[][] leveled = new float[begin.length][];
        for (int c = 0; c < leveled.length; c++) {
            float[] all = Arrays.copyOf(begin[c], begin[c].length + delay);
            System.arraycopy(end[c], 0, all, begin[c].length, delay);
            leveled[c] = Arrays.copyOfRange(all, delay, all.length);
        }
        return new Waveform(sound.sampleRate(), leveled);
    }

    /**
     * Levels the clips of a loop, whose first follows the last: gains glide across the seam as across every other join, and
     * the limiter comes to the first sample as it leaves the last one.
     *
     * @param clips at least one, all of one format and none of them empty
     * @return all of them, end to end
     */
    public static Waveform levelLoop(List<Waveform> clips) {
        Waveform first = clips.get(0);
        LoudnessLeveler leveler = new LoudnessLeveler(first.sampleRate(), first.channels().length);
        int length = clips.stream().mapToInt(Waveform::length).sum();
        int before = rounds((int) (LOOP_MEMORY_SECONDS * first.sampleRate()), length);
        int after = rounds(leveler.delay(), length);
        List<Waveform> rounds = new ArrayList<>();
        for (int round = 0; round < before + 1 + after; round++) {
            List<Waveform> leveled = clips.stream().map(leveler::next).toList();
            if (round >= before) {
                rounds.addAll(leveled);
            }
        }
        return Waveform.endToEnd(rounds).slice(leveler.delay(), leveler.delay() + length);
    }

    private static int rounds(int samples, int length) {
        return (samples + length - 1) / length;
    }

    /** RMS over all channels, in dB relative to full scale; −∞ for silence. */
    public static double decibels(Waveform sound) {
        double sum = 0;
        for (float[] channel : sound.channels()) {
            for (float sample : channel) {
                sum += (double) sample * sample;
            }
        }
        return 10 * Math.log10(sum / ((double) sound.length() * sound.channels().length));
    }
}
