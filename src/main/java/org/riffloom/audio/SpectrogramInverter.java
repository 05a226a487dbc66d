package org.riffloom.audio;

import java.util.function.IntConsumer;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Turns a mel spectrogram into sound: {@code n} columns into exactly {@code n} hops, with the centre of column 0 at the
 * first sample.
 *
 * <p>Used by one thread at a time.
 */
public final class SpectrogramInverter {

    private final StreamingInverter stream;

    /**
     * With the usual quality.
     *
     * @throws IllegalArgumentException if sound cannot be made from spectrograms with these parameters
     */
    public SpectrogramInverter(SpectrogramParameters parameters) {
        this(parameters, InversionQuality.STANDARD);
    }

    /** @throws IllegalArgumentException if sound cannot be made from spectrograms with these parameters */
    public SpectrogramInverter(SpectrogramParameters parameters, InversionQuality quality) {
        this.stream = new StreamingInverter(parameters, quality);
    }

    /**
     * Makes the sound, as loud as the spectrogram says.
     *
     * @throws IllegalArgumentException if the spectrogram's parameters are not those of the inverter
     */
    public Waveform invert(MelSpectrogram spectrogram) {
        return invert(spectrogram, columns -> {});
    }

    /**
     * The same for one that may take long.
     *
     * @param progress is told how many columns are done, every now and then
     * @throws IllegalArgumentException if the spectrogram's parameters are not those of the inverter
     */
    public Waveform invert(MelSpectrogram spectrogram, IntConsumer progress) {
        stream.reset();
        Waveform begin = stream.append(spectrogram, progress);
        Waveform end = stream.finish();
        float[][] sound = new float[begin.channels().length][begin.length()];
        for (int c = 0; c < sound.length; c++) {
            int kept = Math.max(0, begin.length() - stream.delay());
            System.arraycopy(begin.channels()[c], begin.length() - kept, sound[c], 0, kept);
            int from = end.length() - (begin.length() - kept);
            System.arraycopy(end.channels()[c], Math.max(0, from), sound[c], kept, begin.length() - kept);
        }
        return new Waveform(begin.sampleRate(), sound);
    }
}
