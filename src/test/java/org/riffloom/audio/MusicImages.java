package org.riffloom.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** Ten clips of music as spectrogram images, written by models/reference/audio/make_fixtures.py. */
public final class MusicImages {

    public static final int FRAMES = 512;

    private static final List<String> NAMES = List.of(
            "choir-and-bells",
            "church-organ",
            "fingerpicking",
            "funk",
            "piano-trio",
            "rock",
            "techno",
            "violin-solo",
            "pop");

    private static final Map<String, MelSpectrogram> READ = new ConcurrentHashMap<>();

    private MusicImages() {}

    /** The magnitudes of one image, which nobody may change. */
    public static MelSpectrogram read(String name) {
        return READ.computeIfAbsent(name, MusicImages::decode);
    }

    private static MelSpectrogram decode(String name) {
        try (InputStream in = MusicImages.class.getResourceAsStream("/music/" + name + ".png")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no music named " + name + ".");
            }
            return SpectrogramImageFile.decode(in.readAllBytes(), name).toMel();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All music in clips of 512 columns; the last two are one after the other in the same piece. */
    public static List<MelSpectrogram> clips() {
        List<MelSpectrogram> clips = new ArrayList<>();
        for (String name : NAMES) {
            MelSpectrogram all = read(name);
            for (int from = 0; from < all.frames(); from += FRAMES) {
                clips.add(all.slice(from, from + FRAMES));
            }
        }
        return clips;
    }
}
