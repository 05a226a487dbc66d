package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.SpectrogramInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.SeedImageFile;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** A model's seed images: to generate from, to look at, and to listen to. */
final class SeedPictures implements SeedImages {

    /** About 7 MB; with more seed images than this, those that nobody has listened to for longest are made again. */
    private static final int SOUNDS_KEPT = 16;

    private record Entry(SeedImage about, BufferedImage pixels, EncodedMedia png) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, EncodedMedia> sounds = new LinkedHashMap<>(SOUNDS_KEPT, 0.75f, true);

    private final PictureFolder added;
    private final OwnPictures own;

    private SeedPictures(PictureFolder added, OwnPictures own) {
        this.added = added;
        this.own = own;
    }

    /**
     * @param side in pixels that each of them must have, both ways
     * @param added by the operator; the model's own come first where both have an id
     * @param own of listeners, which nothing here lists
     * @throws CheckpointException if a file is not a spectrogram of this size
     */
    static SeedPictures read(List<SeedImageFile> files, int side, PictureFolder added, OwnPictures own) {
        SeedPictures pictures = new SeedPictures(added, own);
        for (SeedImageFile file : files) {
            pictures.entries.put(file.id(), read(file, side));
        }
        return pictures;
    }

    private static Entry read(SeedImageFile file, int side) {
        try {
            byte[] bytes = Files.readAllBytes(file.file());
            SpectrogramImage image =
                    SpectrogramImageFile.decode(bytes, file.file().toString());
            BufferedImage pixels = image.image();
            if (pixels.getWidth() != side || pixels.getHeight() != side) {
                throw new CheckpointException.Malformed(
                        file.file(),
                        "is " + pixels.getWidth() + " × " + pixels.getHeight()
                                + " pixels large; a seed image of this model is " + side + " × " + side + ".");
            }
            EncodedMedia png = EncodedMedia.of(
                    "image/png", SpectrogramImageFile.isPng(bytes) ? bytes : SpectrogramImageFile.encodePng(image));
            SeedImage about = new SeedImage(file.id(), file.title(), file.beats(), png.fingerprint());
            return new Entry(about, pixels, png);
        } catch (IOException e) {
            throw new CheckpointException.Malformed(file.file(), "is no seed image: " + e.getMessage());
        }
    }

    /**
     * The pixels to generate from.
     *
     * @throws InvalidRequestException if there is no seed image of this id, or one that was added cannot be used
     */
    BufferedImage pixels(String id) {
        Entry entry = entries.get(id);
        if (entry != null) {
            return entry.pixels();
        }
        return own.pixels(id)
                .or(() -> added.pixels(id, "seedImage"))
                .orElseThrow(() -> new InvalidRequestException(
                        "seedImage", "There is no seed image \"" + id + "\"; there are " + ids() + "."));
    }

    @Override
    public List<SeedImage> all() {
        return entries.values().stream().map(Entry::about).toList();
    }

    @Override
    public List<String> ids() {
        return Stream.concat(entries.keySet().stream(), added.ids().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean has(String id) {
        return entries.containsKey(id) || own.has(id) || added.has(id);
    }

    @Override
    public Optional<EncodedMedia> picture(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::png).or(() -> own.picture(id));
    }

    @Override
    public Optional<EncodedMedia> sound(String id) {
        Entry entry = entries.get(id);
        return entry == null ? own.sound(id) : Optional.of(sound(entry));
    }

    /** One at a time: making a sound takes a processor's whole attention, and the second to ask for it finds it made. */
    private synchronized EncodedMedia sound(Entry entry) {
        EncodedMedia sound = sounds.computeIfAbsent(entry.about().id(), key -> EncodedMedia.wav(sound(entry.pixels())));
        if (sounds.size() > SOUNDS_KEPT) {
            sounds.remove(sounds.keySet().iterator().next());
        }
        return sound;
    }

    /** Reads a picture as generation does, whatever its tags say: in the default format. */
    static Waveform sound(BufferedImage pixels) {
        SpectrogramImage image = SpectrogramImage.of(pixels);
        return LoudnessLeveler.level(new SpectrogramInverter(image.parameters()).invert(image.toMel()));
    }
}
