package org.riffloom.spectrogram;

/**
 * Magnitudes of the bins from those of the bands: of all that give the wanted mel values the one with the least sum of
 * squares, {@code Fᵀ (F Fᵀ)⁻¹ mel}, with what comes out negative set to 0.
 *
 * <p>A filter overlaps only its two neighbours, so {@code F Fᵀ} is tridiagonal, and a frame costs a handful of
 * operations for each band where Riffusion runs a stochastic gradient descent. Where bands are narrower than a bin the
 * equations contradict each other; a slight ridge turns the solution into the least-squares fit there.
 *
 * <p>One for each thread: the work space is reused.
 */
public final class InverseMel {

    private static final double RIDGE = 1e-4;

    private final MelFilterBank filters;
    /** Of the factorisation {@code F Fᵀ + ridge = L D Lᵀ}: the inverse of D, and L below its diagonal of ones. */
    private final double[] inverseDiagonal;

    private final double[] lower;
    private final double[] solution;
    private final float[] solved;

    public InverseMel(MelFilterBank filters) {
        this.filters = filters;
        int bands = filters.bands();
        this.inverseDiagonal = new double[bands];
        this.lower = new double[bands];
        this.solution = new double[bands];
        this.solved = new float[bands];
        for (int k = 0; k < bands; k++) {
            double diagonal = gram(k, k) + RIDGE;
            if (k > 0) {
                double off = gram(k - 1, k);
                lower[k] = off * inverseDiagonal[k - 1];
                diagonal -= lower[k] * off;
            }
            inverseDiagonal[k] = 1 / diagonal;
        }
    }

    private double gram(int a, int b) {
        double sum = 0;
        for (int bin = 0; bin < filters.bins(); bin++) {
            sum += (double) filters.weight(a, bin) * filters.weight(b, bin);
        }
        return sum;
    }

    /**
     * Solves one frame.
     *
     * @param mel magnitudes of the bands, from {@code offset} on
     * @param magnitudes receives {@link MelFilterBank#bins()} values, none below 0
     */
    public void solve(float[] mel, int offset, float[] magnitudes) {
        int bands = filters.bands();
        double carried = 0;
        for (int k = 0; k < bands; k++) {
            carried = mel[offset + k] - lower[k] * carried;
            solution[k] = carried;
        }
        carried = 0;
        for (int k = bands - 1; k >= 0; k--) {
            double above = k + 1 < bands ? lower[k + 1] * carried : 0;
            carried = solution[k] * inverseDiagonal[k] - above;
            solved[k] = (float) carried;
        }
        filters.backProject(solved, magnitudes);
        for (int bin = 0; bin < filters.bins(); bin++) {
            magnitudes[bin] = Math.max(0, magnitudes[bin]);
        }
    }
}
