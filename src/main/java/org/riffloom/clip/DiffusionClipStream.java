package org.riffloom.clip;

import java.io.IOException;
import java.time.Duration;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.StreamingInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.prompt.Interpolation;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pictures of one pipeline, inverted one after the other into one sound. */
final class DiffusionClipStream implements ClipStream {

    private static final Logger log = LoggerFactory.getLogger(DiffusionClipStream.class);

    private static final SpectrogramParameters FORMAT = SpectrogramParameters.DEFAULT;

    private final Painter painter;
    private final SoundProcessors processors;
    private final StreamingInverter inverter;
    private final LoudnessLeveler leveler;

    DiffusionClipStream(Painter painter, SoundProcessors processors) {
        this.painter = painter;
        this.processors = processors;
        this.inverter = new StreamingInverter(FORMAT, processors.settings().quality());
        this.leveler = new LoudnessLeveler(
                FORMAT.sampleRate(), FORMAT.channels(), processors.settings().compressed());
    }

    @Override
    public Clip next(Interpolation recipe, StepProgress progress) {
        long start = System.nanoTime();
        SpectrogramImage spectrogram = painter.paint(recipe, progress);
        return processors.use(() -> {
            progress.mayStop();
            return clip(recipe, spectrogram, start);
        });
    }

    /**
     * Makes a picture into the next clip.
     *
     * @param start {@link System#nanoTime} when its making began
     */
    Clip append(Interpolation recipe, SpectrogramImage spectrogram, long start) {
        return processors.use(() -> clip(recipe, spectrogram, start));
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
                Duration.ofNanos(System.nanoTime() - start),
                StreamState.written(out -> {
                    inverter.write(out);
                    leveler.write(out);
                }));
    }

    @Override
    public void reset() {
        inverter.reset();
        leveler.reset();
    }

    @Override
    public boolean resume(StreamState state) {
        reset();
        if (state.isSilence()) {
            return false;
        }
        try {
            state.read(in -> {
                inverter.read(in);
                leveler.read(in);
            });
            return true;
        } catch (IOException e) {
            log.warn("A stream begins out of silence: {}", e.toString());
            reset();
            return false;
        }
    }
}
