package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.riffloom.audio.FlacWriter;
import org.riffloom.audio.Mp3Writer;
import org.riffloom.audio.OpusWriter;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;

/** The kinds of sound file that the commands write, told by the file's name before any work is done. */
enum SoundFormat {
    /** Integers of 16 bits. */
    WAV(".wav") {
        @Override
        void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            WaveWriter.write(sound, tags, 16, file);
        }
    },
    /** Integers of 24 bits, which no name asks for. */
    WAV_24("") {
        @Override
        void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            WaveWriter.write(sound, tags, 24, file);
        }
    },
    /** Integers of 16 bits in less space. */
    FLAC(".flac") {
        @Override
        void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            FlacWriter.write(sound, tags, file);
        }
    },
    /** 128 kbit/s, or 192 kbit/s in stereo. */
    MP3(".mp3") {
        @Override
        void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            Files.write(file, Mp3Writer.encode(sound, tags));
        }
    },
    /** Opus in Ogg, 96 kbit/s, or 128 kbit/s in stereo. */
    OPUS(".opus .ogg") {
        @Override
        void write(Waveform sound, SoundTags tags, Path file) throws IOException {
            OpusWriter.write(sound, tags, file);
        }
    };

    /** For messages. */
    static final String ENDINGS = ".wav, .flac, .mp3, .opus or .ogg";

    private final String endings;

    /** @param endings of names, apart by spaces */
    SoundFormat(String endings) {
        this.endings = endings;
    }

    /** The kind that a file's name asks for, if it is one of them. */
    static Optional<SoundFormat> named(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> Arrays.stream(format.endings.split(" "))
                        .anyMatch(ending -> !ending.isEmpty() && name.endsWith(ending)))
                .findFirst();
    }

    /** Writes a file, in place of one that may be there. */
    abstract void write(Waveform sound, SoundTags tags, Path file) throws IOException;
}
