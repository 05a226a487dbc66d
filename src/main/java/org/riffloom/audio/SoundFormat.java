package org.riffloom.audio;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of sound file that are written, told by the file's name before any work is done. */
public enum SoundFormat {
    /** Integers of 16 bits. */
    WAV(".wav") {
        @Override
        public void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            WaveWriter.write(sound, tags, 16, file);
        }

        @Override
        public SoundWriter open(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
            return new WaveFile(file, sampleRate, channels, 16, tags);
        }

        @Override
        public boolean holdsLoops() {
            return true;
        }
    },
    /** Integers of 24 bits, which no name asks for. */
    WAV_24("") {
        @Override
        public void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            WaveWriter.write(sound, tags, 24, file);
        }

        @Override
        public SoundWriter open(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
            return new WaveFile(file, sampleRate, channels, 24, tags);
        }

        @Override
        public boolean holdsLoops() {
            return true;
        }
    },
    /** Integers of 16 bits in less space. */
    FLAC(".flac") {
        @Override
        public void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            FlacWriter.write(sound, tags, file);
        }

        @Override
        public SoundWriter open(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
            return new FlacFile(file, sampleRate, channels, tags);
        }

        @Override
        public boolean holdsLoops() {
            return true;
        }
    },
    /** 128 kbit/s, or 192 kbit/s in stereo. */
    MP3(".mp3") {
        @Override
        public void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            Files.write(file, Mp3Writer.encode(sound, tags));
        }

        @Override
        public SoundWriter open(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
            return new Mp3File(file, sampleRate, channels, tags);
        }

        @Override
        public int sampleRate(int wanted) {
            return Mp3Writer.SAMPLE_RATES.contains(wanted) ? wanted : Mp3Writer.USUAL_SAMPLE_RATE;
        }
    },
    /** Opus in Ogg, 96 kbit/s, or 128 kbit/s in stereo. */
    OPUS(".opus .ogg") {
        @Override
        public void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            OpusWriter.write(sound, tags, file);
        }

        @Override
        public SoundWriter open(Path file, int sampleRate, int channels, SoundTags tags) throws IOException {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
            return new OpusFile(out, sampleRate, channels, tags, 0);
        }
    };

    /** For messages. */
    public static final String ENDINGS = ".wav, .flac, .mp3, .opus or .ogg";

    private final String endings;

    /** @param endings of names, apart by spaces */
    SoundFormat(String endings) {
        this.endings = endings;
    }

    /** The kind that a file's name asks for, if it is one of them. */
    public static Optional<SoundFormat> named(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> Arrays.stream(format.endings.split(" "))
                        .anyMatch(ending -> !ending.isEmpty() && name.endsWith(ending)))
                .findFirst();
    }

    /** The sample rate, in Hz, to write a sound with that should have another one; the same, if that can be. */
    public int sampleRate(int wanted) {
        return wanted;
    }

    /** Whether a sound comes out to the sample, so that its end still leads into its beginning. */
    public boolean holdsLoops() {
        return false;
    }

    /** Writes a file, in place of one that may be there, whatever its name. */
    public abstract void write(Waveform sound, SoundTags tags, Path file) throws IOException;

    /**
     * Begins a file that is written piece by piece, in place of one that may be there, whatever its name.
     *
     * @param sampleRate of the pieces, in Hz: one that {@link #sampleRate} gives
     * @param channels of the pieces: 1 or 2
     */
    public abstract SoundWriter open(Path file, int sampleRate, int channels, SoundTags tags) throws IOException;
}
