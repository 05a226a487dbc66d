package org.riffloom.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The kinds of sound file that are written. */
enum SoundFileKind {
    WAV(true),
    WAV_24(true),
    FLAC(true),
    MP3(false),
    OPUS(false);

    private final boolean exact;

    SoundFileKind(boolean exact) {
        this.exact = exact;
    }

    /** Whether decoding gives the samples that were encoded, to half a step of 16 bits. */
    boolean exact() {
        return exact;
    }

    String fileName() {
        return switch (this) {
            case WAV, WAV_24 -> "sound.wav";
            case FLAC -> "sound.flac";
            case MP3 -> "sound.mp3";
            case OPUS -> "sound.opus";
        };
    }

    byte[] encode(Waveform sound, SoundTags tags) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            switch (this) {
                case WAV -> WaveWriter.write(sound, tags, 16, out);
                case WAV_24 -> WaveWriter.write(sound, tags, 24, out);
                case FLAC -> FlacWriter.write(sound, tags, out);
                case MP3 -> out.writeBytes(Mp3Writer.encode(sound, tags));
                case OPUS -> OpusWriter.write(sound, tags, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
