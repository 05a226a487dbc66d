package org.riffloom.audio;

/** Changes the sample rate of a sound that comes in pieces, all of its channels alike. */
final class RateChange {

    private final PolyphaseFilter filter;
    private final int to;
    private final boolean needless;
    private final Resampler[] resamplers;
    private long taken;
    private long given;

    RateChange(int from, int to, int channels) {
        this.to = to;
        this.needless = from == to;
        this.filter = PolyphaseFilter.between(from, to);
        this.resamplers = new Resampler[channels];
        for (int c = 0; c < channels; c++) {
            resamplers[c] = new Resampler(filter);
        }
    }

    /** What can be given after some more samples have come; it may be of no length. */
    Waveform next(Waveform piece) {
        if (needless) {
            return piece;
        }
        taken += piece.length();
        for (int c = 0; c < resamplers.length; c++) {
            resamplers[c].write(piece.channels()[c], 0, piece.length());
        }
        return read(resamplers[0].available());
    }

    /** The rest, so that {@code ⌈length · to / from⌉} samples have been given in all. */
    Waveform end() {
        if (needless) {
            return new Waveform(to, new float[resamplers.length][0]);
        }
        for (Resampler resampler : resamplers) {
            resampler.write(new float[resampler.lookAhead() + 1], 0, resampler.lookAhead() + 1);
        }
        long all = (taken * filter.up() + filter.down() - 1) / filter.down();
        return read((int) (all - given));
    }

    private Waveform read(int count) {
        float[][] sound = new float[resamplers.length][count];
        for (int c = 0; c < sound.length; c++) {
            resamplers[c].read(sound[c], 0, count);
        }
        given += count;
        return new Waveform(to, sound);
    }
}
