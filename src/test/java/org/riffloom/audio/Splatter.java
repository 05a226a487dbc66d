package org.riffloom.audio;

import java.util.Arrays;

/** What a click leaves where the format has nothing. */
final class Splatter {

    private Splatter() {}

    /**
     * The share of the energy that lies above 12.5 kHz, where the format has nothing and a click has much: the largest
     * of short windows around a sample, in dB.
     */
    static double decibels(float[] sound, int around) {
        RealFft fft = new RealFft(2048);
        float[] hann = ShortTimeFourierTransform.hann(2048);
        double most = 0;
        for (int start = around - 3_000; start < around + 3_000; start += 500) {
            float[] frame = Arrays.copyOfRange(sound, start, start + 2048);
            for (int i = 0; i < frame.length; i++) {
                frame[i] *= hann[i];
            }
            fft.forward(frame);
            double high = 0;
            double all = 0;
            for (int bin = 1; bin < 1024; bin++) {
                double energy = frame[2 * bin] * frame[2 * bin] + frame[2 * bin + 1] * frame[2 * bin + 1];
                all += energy;
                high += bin > 12_500 * 2048 / 44_100 ? energy : 0;
            }
            most = Math.max(most, high / all);
        }
        return 10 * Math.log10(most);
    }
}
