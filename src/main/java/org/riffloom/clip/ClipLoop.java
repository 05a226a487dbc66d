package org.riffloom.clip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.riffloom.audio.LoopInverter;
import org.riffloom.audio.LoopLeveler;
import org.riffloom.audio.Waveform;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;

/**
 * Makes the sound of clips whose last leads into their first. It is made of their pictures, not of their own sounds: those
 * began in silence, or out of a clip that is not there now.
 */
public final class ClipLoop {

    /** The most clips of a loop. */
    public static final int MAX_CLIPS = LoopInverter.MAX_FRAMES / 512;

    private ClipLoop() {}

    /**
     * A loop of clips that were made, with their pictures as PNG or JPEG files.
     *
     * @param clips 1 to {@value #MAX_CLIPS}
     * @throws IOException if a picture cannot be read
     */
    public static Waveform of(List<Clip> clips, SoundSettings settings) throws IOException {
        List<SpectrogramImage> pictures = new ArrayList<>();
        for (Clip clip : clips) {
            pictures.add(SpectrogramImageFile.decode(clip.image().toArray(), "The picture of clip " + clip.id()));
        }
        return ofPictures(pictures, settings);
    }

    /**
     * A loop of pictures, each of them as loud as the others: exactly one step of sound for each column.
     *
     * @param pictures at least one, all of one format, at most {@link LoopInverter#MAX_FRAMES} columns in all
     * @throws IllegalArgumentException if they are none of this
     */
    public static Waveform ofPictures(List<SpectrogramImage> pictures, SoundSettings settings) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("A loop has at least one picture.");
        }
        List<MelSpectrogram> pieces =
                pictures.stream().map(SpectrogramImage::toMel).toList();
        Waveform sound = new LoopInverter(pictures.get(0).parameters(), settings.quality()).invert(pieces);
        List<Waveform> clips = new ArrayList<>();
        int at = 0;
        for (MelSpectrogram piece : pieces) {
            int length = piece.frames() * piece.parameters().hop();
            clips.add(sound.slice(at, at + length));
            at += length;
        }
        return LoopLeveler.level(clips, settings.compressed());
    }
}
