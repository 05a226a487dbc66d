package org.riffloom.audio;

/** How long a sound's phases are worked on: more iterations bring it closer to its picture, and take longer. */
public enum InversionQuality {
    /** Good enough to tell what a picture is. */
    DRAFT(2),
    /** What listeners get. */
    STANDARD(16),
    /** For what is kept; beyond it, more iterations are hardly to be measured. */
    BEST(48);

    private final int iterations;

    InversionQuality(int iterations) {
        this.iterations = iterations;
    }

    int iterations() {
        return iterations;
    }
}
