package org.riffloom.diffusion;

import java.util.Set;
import org.riffloom.checkpoint.TensorEntry;

/** How a network convolves. */
enum Convolutions {
    /** As libtorch likes, with weights where they lie. */
    PLAIN("plain_convolutions.py"),

    /**
     * With large weights in a layout of oneDNN, which saves rearranging them in each call: two thirds of the time where
     * pictures are small and channels many.
     */
    PACKED("packed_convolutions.py");

    /** The names that Java has for x86-64, one for each system. Every libtorch for it has oneDNN's operators. */
    private static final Set<String> X86_64 = Set.of("amd64", "x86_64");

    /** From 640 channels to as many. With a few channels libtorch's own way is up to twice as fast. */
    private static final long LARGE = 9 * 640 * 640;

    private final String script;

    Convolutions(String script) {
        this.script = script;
    }

    /** Packed where that is possible: in single precision on a processor that oneDNN knows. */
    static Convolutions packedOn(Placement placement) {
        boolean possible = placement.onCpu() && !placement.half() && X86_64.contains(System.getProperty("os.arch"));
        return possible ? PACKED : PLAIN;
    }

    /** Whether a weight is worth another layout. */
    boolean pack(TensorEntry weight) {
        boolean wide = weight.shape().size() == 4 && weight.shape().get(2) > 1;
        long size = weight.shape().stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
        return this == PACKED && wide && size >= LARGE;
    }

    /** The part of the network's source that does it. */
    String script() {
        return script;
    }
}
