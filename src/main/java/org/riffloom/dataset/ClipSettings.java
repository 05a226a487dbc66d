package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.riffloom.audio.ClipSampler;
import org.riffloom.audio.SoundClip;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.Waveform;

/**
 * How clips are cut and written.
 *
 * @param sampler where
 * @param format of the files
 * @param ending of their names, with its dot
 * @param mono whether channels are mixed to one; else there are two, where the sound has as many
 * @param sampleRate in Hz, 8,000 to 192,000; 0 for that of the sound, or the nearest to it that the format has
 */
public record ClipSettings(ClipSampler sampler, SoundFormat format, String ending, boolean mono, int sampleRate) {

    private static final int MIN_RATE = 8_000;
    private static final int MAX_RATE = 192_000;

    /** @throws IllegalArgumentException if the sample rate is out of its range, or none of the format's */
    public ClipSettings {
        if (sampleRate != 0) {
            if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
                throw new IllegalArgumentException("The sample rate is " + sampleRate + "; it must be between "
                        + MIN_RATE + " and " + MAX_RATE + " Hz.");
            }
            if (format.sampleRate(sampleRate) != sampleRate) {
                throw new IllegalArgumentException("Files named " + ending + " cannot have the sample rate "
                        + sampleRate + "; " + format.sampleRate(sampleRate) + " Hz will do.");
            }
        }
    }

    /** Such as {@code clip_0_start_61250_ms_duration_5120_ms.wav}. */
    public String fileName(SoundClip clip) {
        return "clip_" + clip.number() + "_start_" + clip.startMillis() + "_ms_duration_" + sampler.millis() + "_ms"
                + ending;
    }

    /** All that makes a difference to the clips, in one line. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%d clips of %d ms, seed %d, named %s, %s, at %s",
                sampler.clips(),
                sampler.millis(),
                sampler.seed(),
                ending,
                mono ? "one channel" : "one channel or two",
                sampleRate == 0 ? "the sample rate of the sound" : sampleRate + " Hz");
    }

    /** Writes a clip. */
    public void write(SoundClip clip, Path file) throws IOException {
        Waveform sound = clip.sound();
        int channels = mono ? 1 : Math.min(2, sound.channels().length);
        int rate = sampleRate == 0 ? format.sampleRate(sound.sampleRate()) : sampleRate;
        format.write(sound.withChannels(channels).withSampleRate(rate), SoundTags.NONE, file);
    }
}
