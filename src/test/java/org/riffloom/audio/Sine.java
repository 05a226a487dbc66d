package org.riffloom.audio;

/** Sines to test with. */
final class Sine {

    private Sine() {}

    static float[] of(double hertz, int sampleRate, int length, double amplitude) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / sampleRate));
        }
        return samples;
    }

    /** Signal-to-noise ratio in dB of samples that should be these, from {@code margin} samples within. */
    static double signalToNoise(float[] wanted, float[] samples, int margin) {
        double signal = 0;
        double noise = 0;
        for (int i = margin; i < wanted.length - margin; i++) {
            signal += (double) wanted[i] * wanted[i];
            noise += ((double) samples[i] - wanted[i]) * (samples[i] - wanted[i]);
        }
        return 10 * Math.log10(signal / noise);
    }
}
