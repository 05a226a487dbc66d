package org.riffloom.checkpoint;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the names and shapes of the tensors that a network is made of, layer by layer. */
final class TensorCatalog {

    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    /** Shapes by name, outermost dimension first. */
    Map<String, List<Long>> shapes() {
        return shapes;
    }

    void tensor(String name, long... shape) {
        shapes.put(name, Arrays.stream(shape).boxed().toList());
    }

    void linear(String name, int in, int out) {
        tensor(name + ".weight", out, in);
        tensor(name + ".bias", out);
    }

    void linearWithoutBias(String name, int in, int out) {
        tensor(name + ".weight", out, in);
    }

    void convolution(String name, int in, int out, int kernel) {
        tensor(name + ".weight", out, in, kernel, kernel);
        tensor(name + ".bias", out);
    }

    void norm(String name, int width) {
        tensor(name + ".weight", width);
        tensor(name + ".bias", width);
    }

    /** Two convolutions around a residual connection, projected by a third where the width changes. */
    void residual(String name, int in, int out) {
        norm(name + ".norm1", in);
        convolution(name + ".conv1", in, out, 3);
        norm(name + ".norm2", out);
        convolution(name + ".conv2", out, out, 3);
        if (in != out) {
            convolution(name + ".conv_shortcut", in, out, 1);
        }
    }
}
