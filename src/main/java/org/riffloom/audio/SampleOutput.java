package org.riffloom.audio;

import java.io.IOException;
import java.util.Arrays;

/**
 * Hands on samples as they come out of a decoder, less those that are not of the sound at either end. Memory does not grow
 * with the sound.
 */
final class SampleOutput {

    private static final int BLOCK = 1 << 14;

    /**
     * Full scale is 1, but some programs write the integers of 16 or 32 bits as they are. What is beyond can only be
     * nonsense, whose energy single precision cannot hold.
     */
    private static final float LOUDEST = 1L << 32;

    private final String name;
    private final SoundSink sink;
    private final float[][] block;
    private int filled;
    private int newest;
    /** Samples that have left the block. */
    private long passed;

    private long skipped;
    private int held;

    /**
     * Tells the sink that a sound begins.
     *
     * @param name of the file, for messages
     * @param told samples of each channel that it says it has, or 0
     */
    SampleOutput(String name, int sampleRate, int channels, long told, SoundSink sink) throws IOException {
        this.name = name;
        this.sink = sink;
        this.block = new float[channels][2 * BLOCK];
        sink.begin(sampleRate, channels, told);
    }

    /** Leaves out so many samples at the beginning; called before the first one. */
    void skip(int samples) {
        skipped = samples;
    }

    /** Keeps so many samples back until more come, or the end is known. */
    void hold(int samples) {
        held = samples;
    }

    /**
     * Makes room for samples, which the caller then sets from index {@link #at()} on.
     *
     * @return the channels
     * @throws IOException if the sink refuses those that came before
     */
    float[][] grow(int count) throws IOException {
        if (filled - held >= BLOCK) {
            handOn(filled - held);
        }
        if (filled + count > block[0].length) {
            for (int c = 0; c < block.length; c++) {
                block[c] = Arrays.copyOf(block[c], Math.max(filled + count, block[c].length * 3 / 2));
            }
        }
        filled += count;
        newest = count;
        return block;
    }

    /** Where the samples belong that room was made for. */
    int at() {
        return filled - newest;
    }

    /** Samples of each channel that have come, with those that are left out. */
    long length() {
        return passed + filled;
    }

    /**
     * Hands on what is left.
     *
     * @param to how many of all samples that came are the sound's, with those that are left out at the beginning
     * @throws UnreadableSoundException if none are
     */
    void finish(long to) throws IOException {
        if (to < passed) {
            throw new UnreadableSoundException(name, "it is damaged; it says it ends before its last part.");
        }
        handOn((int) (Math.min(to, length()) - passed));
        if (passed <= skipped) {
            throw new UnreadableSoundException(name, "it has no samples.");
        }
    }

    private void handOn(int count) throws IOException {
        int from = (int) Math.min(count, Math.max(0, skipped - passed));
        for (float[] channel : block) {
            for (int i = from; i < count; i++) {
                float sample = channel[i];
                if (!Float.isFinite(sample)) {
                    throw new UnreadableSoundException(name, "it has samples that are not finite numbers.");
                }
                if (Math.abs(sample) > LOUDEST) {
                    throw new UnreadableSoundException(name, "it has a sample of " + sample + "; full scale is 1.");
                }
            }
        }
        if (from < count) {
            sink.write(block, from, count);
        }
        for (float[] channel : block) {
            System.arraycopy(channel, count, channel, 0, filled - count);
        }
        filled -= count;
        passed += count;
    }
}
