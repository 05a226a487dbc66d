package org.riffloom.clip;

import java.time.Duration;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.SpectrogramInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.prompt.Interpolation;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** Pictures of one pipeline, each inverted by itself. */
final class DiffusionSingleClips implements SingleClips {

    /** Pillow's own, which Riffusion's server left as it is. */
    private static final float JPEG_QUALITY = 0.75f;

    private final Painter painter;

    private final SoundProcessors processors;

    DiffusionSingleClips(Painter painter, SoundProcessors processors) {
        this.painter = painter;
        this.processors = processors;
    }

    @Override
    public Clip make(Interpolation recipe, StepProgress progress) {
        long start = System.nanoTime();
        SpectrogramImage picture = painter.paint(recipe, progress);
        return processors.use(() -> {
            progress.mayStop();
            return clip(recipe, picture, start);
        });
    }

    private Clip clip(Interpolation recipe, SpectrogramImage picture, long start) {
        SoundSettings settings = processors.settings();
        Waveform sound = LoudnessLeveler.level(
                new SpectrogramInverter(picture.parameters(), settings.quality()).invert(picture.toMel()),
                settings.compressed());
        return new Clip(
                ClipId.random(),
                recipe,
                EncodedMedia.mp3(sound),
                EncodedMedia.of("image/jpeg", SpectrogramImageFile.encodeJpeg(picture, JPEG_QUALITY)),
                sound.seconds(),
                0,
                Duration.ofNanos(System.nanoTime() - start));
    }
}
