package org.riffloom.audio;

import org.jtransforms.fft.FloatFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * The Fourier transform of real samples, in place, by JTransforms on the calling thread.
 *
 * <p>A spectrum of size n lies in n floats: the real parts of bins 0 and n/2 at 0 and 1, then for each bin k from 1 to
 * n/2 − 1 its real part at 2k and its imaginary part at 2k + 1.
 */
final class RealFft {

    static {
        // Parallel work is whole clips and channels; a pool inside one transform would only compete with that, and its
        // threads would keep the process alive.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    private final int size;
    private final FloatFFT_1D fft;

    /** @param size even; powers of two are fastest, small prime factors fast */
    RealFft(int size) {
        this.size = size;
        this.fft = new FloatFFT_1D(size);
    }

    int size() {
        return size;
    }

    /** From samples to spectrum. */
    void forward(float[] data) {
        fft.realForward(data);
    }
}
