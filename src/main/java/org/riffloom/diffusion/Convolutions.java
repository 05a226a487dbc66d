package org.riffloom.diffusion;

import java.util.Set;

/** How a network convolves. */
enum Convolutions {
    /** As libtorch likes, with weights where they lie. */
    PLAIN("plain_convolutions.py"),

    /**
     * With weights in a layout of oneDNN, which takes their size in memory and saves rearranging them in each call: most
     * of the work where pictures are small and channels many.
     */
    PACKED("packed_convolutions.py");

    /** The names that Java has for x86-64, one for each system. Every libtorch for it has oneDNN's operators. */
    private static final Set<String> X86_64 = Set.of("amd64", "x86_64");

    private final String script;

    Convolutions(String script) {
        this.script = script;
    }

    /** Packed where that is possible: in single precision on a processor that oneDNN knows. */
    static Convolutions packedOn(Placement placement) {
        boolean possible = placement.onCpu() && !placement.half() && X86_64.contains(System.getProperty("os.arch"));
        return possible ? PACKED : PLAIN;
    }

    /** The part of the network's source that does it. */
    String script() {
        return script;
    }
}
