package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.StreamingInverter;
import org.riffloom.audio.WaveWriter;
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

    /** About what a clip's sound takes. */
    private static final int INITIAL_BYTES = 1 << 19;

    private final DiffusionPipeline pipeline;
    private final Map<String, BufferedImage> seedPictures;
    private final Map<String, BufferedImage> maskPictures;
    private final StreamingInverter inverter = new StreamingInverter(FORMAT);
    private final LoudnessLeveler leveler = new LoudnessLeveler(FORMAT.sampleRate(), FORMAT.channels());

    DiffusionClipStream(
            DiffusionPipeline pipeline,
            Map<String, BufferedImage> seedPictures,
            Map<String, BufferedImage> maskPictures) {
        this.pipeline = pipeline;
        this.seedPictures = seedPictures;
        this.maskPictures = maskPictures;
    }

    @Override
    public Clip next(Interpolation recipe, StepProgress progress) {
        long start = System.nanoTime();
        PictureRequest request = new PictureRequest(
                recipe,
                picture("seedImage", "seed image", recipe.seedImage(), seedPictures),
                picture("maskImage", "mask image", recipe.maskImage(), maskPictures));
        BufferedImage picture = pipeline.generate(request, progress::onStep);
        SpectrogramImage spectrogram = SpectrogramImage.of(picture);
        Waveform sound = leveler.next(inverter.append(spectrogram.toMel()));
        EncodedMedia audio = EncodedMedia.of("audio/wav", wav(sound));
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

    private static @Nullable BufferedImage picture(
            String field, String kind, @Nullable String id, Map<String, BufferedImage> pictures) {
        if (id == null) {
            return null;
        }
        BufferedImage picture = pictures.get(id);
        if (picture == null) {
            throw new InvalidRequestException(
                    field,
                    "There is no " + kind + " \"" + id + "\"; there are "
                            + pictures.keySet().stream().sorted().toList() + ".");
        }
        return picture;
    }

    private static byte[] wav(Waveform sound) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BYTES);
        try {
            WaveWriter.write(sound, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
