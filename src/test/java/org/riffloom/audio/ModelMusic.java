package org.riffloom.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** Pictures of a folder as magnitudes, and successions of them in which any two may meet. */
final class ModelMusic {

    private final List<MelSpectrogram> pictures = new ArrayList<>();

    ModelMusic(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                pictures.add(SpectrogramImageFile.read(file).toMel());
            }
        }
    }

    int size() {
        return pictures.size();
    }

    MelSpectrogram get(int index) {
        return pictures.get(index % pictures.size());
    }

    /** So many pictures in an order by chance, none right after itself. */
    List<MelSpectrogram> succession(int length, long seed) {
        Random random = new Random(seed);
        List<MelSpectrogram> succession = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < length; i++) {
            last = (last + 1 + random.nextInt(pictures.size() - 1)) % pictures.size();
            succession.add(pictures.get(last));
        }
        return succession;
    }
}
