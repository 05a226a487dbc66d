package org.riffloom.diffusion;

/** Spherical interpolation between two noises, which unlike a linear one keeps their variance. */
final class Slerp {

    /** As Riffusion has it: above this cosine the arc is so short that a straight line is as good and safer. */
    private static final double NEARLY_PARALLEL = 0.9995;

    private Slerp() {}

    /**
     * Walks from one vector towards another on the arc between them.
     *
     * @param alpha 0 for {@code a}, 1 for {@code b}, exactly
     */
    static float[] between(double alpha, float[] a, float[] b) {
        double dot = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squareA += (double) a[i] * a[i];
            squareB += (double) b[i] * b[i];
        }
        double cosine = dot / Math.sqrt(squareA * squareB);
        double ofA = 1 - alpha;
        double ofB = alpha;
        // Written so that a zero vector, whose cosine is no number, takes the straight line too.
        if (Math.abs(cosine) <= NEARLY_PARALLEL) {
            double angle = Math.acos(cosine);
            ofA = Math.sin(angle - angle * alpha) / Math.sin(angle);
            ofB = Math.sin(angle * alpha) / Math.sin(angle);
        }
        float[] between = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            between[i] = (float) (ofA * a[i] + ofB * b[i]);
        }
        return between;
    }
}
