package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.riffloom.audio.Mp3Writer;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;

/** The kinds of sound file that the commands write, told by the file's name before any work is done. */
enum SoundFormat {
    /** Integers of 16 bits. */
    WAV {
        @Override
        void write(Waveform sound, Path file) throws IOException {
            WaveWriter.write(sound, file);
        }
    },
    /** 128 kbit/s, or 192 kbit/s in stereo. */
    MP3 {
        @Override
        void write(Waveform sound, Path file) throws IOException {
            Files.write(file, Mp3Writer.encode(sound));
        }
    };

    /** For messages: {@code .wav or .mp3}. */
    static final String ENDINGS = ".wav or .mp3";

    /** The kind that a file's name asks for, if it is one of them. */
    static Optional<SoundFormat> named(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Writes a file, in place of one that may be there. */
    abstract void write(Waveform sound, Path file) throws IOException;
}
