package org.riffloom.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.Waveform;

/** Sound files to make data sets of. */
final class Sounds {

    static final int RATE = 44_100;

    private Sounds() {}

    /** Writes noise of a seed's own, of the kind that the file's name asks for. */
    static Path write(Path file, int length, int seed) throws IOException {
        Random random = new Random(seed);
        float[][] channels = new float[2][length];
        for (float[] channel : channels) {
            for (int i = 0; i < length; i++) {
                channel[i] = (random.nextFloat() - 0.5f) * 0.1f;
            }
        }
        Files.createDirectories(file.getParent());
        SoundFormat.named(file).orElseThrow().write(new Waveform(RATE, channels), SoundTags.NONE, file);
        return file;
    }
}
