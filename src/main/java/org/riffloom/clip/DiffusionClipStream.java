package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.StreamingInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.diffusion.DiffusionPipeline;
import org.riffloom.diffusion.PictureRequest;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/** Pictures of one pipeline, inverted one after the other into one sound. */
final class DiffusionClipStream implements ClipStream {

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    private final DiffusionPipeline pipeline;
    private final SeedPictures seedPictures;
    private final MaskPictures masks;
    private final Semaphore processors;
    private final StreamingInverter inverter = new StreamingInverter(FORMAT);
    private final LoudnessLeveler leveler = new LoudnessLeveler(FORMAT.sampleRate(), FORMAT.channels());

    /** @param processors for sound; each stream takes one while it makes some */
    DiffusionClipStream(
            DiffusionPipeline pipeline, SeedPictures seedPictures, MaskPictures masks, Semaphore processors) {
        this.pipeline = pipeline;
        this.seedPictures = seedPictures;
        this.masks = masks;
        this.processors = processors;
    }

    @Override
    public Clip next(Interpolation recipe, StepProgress progress) {
        long start = System.nanoTime();
        String mask = recipe.maskImage();
        PictureRequest request =
                new PictureRequest(recipe, seedPicture(recipe.seedImage()), mask == null ? null : masks.pixels(mask));
        BufferedImage picture = pipeline.generate(request, progress::onStep);
        processors.acquireUninterruptibly();
        try {
            return clip(recipe, SpectrogramImage.of(picture), start);
        } finally {
            processors.release();
        }
    }

    private Clip clip(Interpolation recipe, SpectrogramImage spectrogram, long start) {
        Waveform sound = leveler.next(inverter.append(spectrogram.toMel()));
        EncodedMedia audio = EncodedMedia.wav(sound);
        EncodedMedia image = EncodedMedia.of("image/png", SpectrogramImageFile.encodePng(spectrogram));
        return new Clip(
                ClipId.random(),
                recipe,
                audio,
                image,
                sound.seconds(),
                (double) (inverter.delay() + leveler.delay()) / FORMAT.sampleRate(),
                Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void reset() {
        inverter.reset();
        leveler.reset();
    }

    private @Nullable BufferedImage seedPicture(@Nullable String id) {
        if (id == null) {
            return null;
        }
        BufferedImage picture = seedPictures.pixels(id);
        if (picture == null) {
            throw new InvalidRequestException(
                    "seedImage",
                    "There is no seed image \"" + id + "\"; there are "
                            + seedPictures.all().stream().map(SeedImage::id).toList() + ".");
        }
        return picture;
    }
}
