package org.riffloom.audio;

/** How long a sound's phases are worked on: more iterations bring it closer to its picture, and take longer. */
public enum InversionQuality {
    /** Good enough to tell what a picture is. */
    DRAFT(2, 0),
    /** What listeners get. */
    STANDARD(16, 10),
    /** For what is kept; beyond it, more iterations are hardly to be measured. */
    BEST(48, 24);

    private final int iterations;
    private final int joinIterations;

    InversionQuality(int iterations, int joinIterations) {
        this.iterations = iterations;
        this.joinIterations = joinIterations;
    }

    int iterations() {
        return iterations;
    }

    /** Those that follow for the few frames around a join, where the samples before it are fixed and less can be moved. */
    int joinIterations() {
        return joinIterations;
    }
}
