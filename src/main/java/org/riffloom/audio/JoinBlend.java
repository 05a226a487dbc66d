package org.riffloom.audio;

/**
 * Makes the mel frames on both sides of a join fit together where two pictures do not.
 *
 * <p>No sound changes faster than the window that it is analysed with: where one sound follows another, the frames under
 * whose window both lie hold energy of both. So around a join the last frame of what was and the first frame of what comes
 * are held on beneath each other, weighted by the share of the window's energy on either side.
 *
 * <p>Where the join is no larger a step than its neighbours are, as between two parts of one recording, nothing is changed.
 */
final class JoinBlend {

    /** A step this many times as large as its neighbours begins to be blended; one of twice that is blended wholly. */
    private static final double ORDINARY_STEP = 1.5;

    private final int bands;
    private final int reach;
    /** For each frame from {@code −reach} on, the share of its window's energy that lies after the join. */
    private final float[] after;

    private final float[] last;
    private final float[] first;

    JoinBlend(ReconstructionGrid grid, int bands) {
        this.bands = bands;
        this.reach = grid.reach();
        this.last = new float[bands];
        this.first = new float[bands];
        float[] window = grid.hann();
        this.after = new float[2 * reach];
        for (int i = 0; i < after.length; i++) {
            // The join is halfway between the centres of frames -1 and 0.
            int join = window.length / 2 + (reach - i) * grid.hop() - grid.hop() / 2;
            double energy = 0;
            double beyond = 0;
            for (int n = 0; n < window.length; n++) {
                energy += window[n] * window[n];
                beyond += n >= join ? window[n] * window[n] : 0;
            }
            after[i] = (float) (beyond / energy);
        }
    }

    /**
     * Blends, in place.
     *
     * @param mel frame after frame
     * @param join the first frame of what comes
     * @param frames how many there are in all
     */
    void apply(float[] mel, int join, int frames) {
        if (join < 2 || frames < join + 2) {
            return;
        }
        double step = distance(mel, join - 1, join);
        double ordinary = 0.5 * (distance(mel, join - 2, join - 1) + distance(mel, join, join + 1));
        float amount = (float) Math.min(1, Math.max(0, step / Math.max(ordinary, 1e-30) / ORDINARY_STEP - 1));
        if (amount == 0) {
            return;
        }
        System.arraycopy(mel, (join - 1) * bands, last, 0, bands);
        System.arraycopy(mel, join * bands, first, 0, bands);
        for (int i = 0; i < after.length; i++) {
            int frame = join - reach + i;
            if (frame >= 0 && frame < frames) {
                blend(mel, frame, frame < join ? first : last, frame < join ? after[i] : 1 - after[i], amount);
            }
        }
    }

    private void blend(float[] mel, int frame, float[] other, float share, float amount) {
        for (int k = 0; k < bands; k++) {
            float own = mel[frame * bands + k];
            float both = (float) Math.sqrt((1 - share) * own * own + share * other[k] * other[k]);
            mel[frame * bands + k] = own + amount * (both - own);
        }
    }

    private double distance(float[] mel, int a, int b) {
        double sum = 0;
        for (int k = 0; k < bands; k++) {
            double difference = mel[b * bands + k] - mel[a * bands + k];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
