package org.riffloom.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.riffloom.checkpoint.SafetensorsFile;
import org.riffloom.checkpoint.TensorEntry;

/** Figures that the scripts in {@code models/reference} took from the Python libraries. */
final class Reference {

    /** The file's name in a folder of figures. */
    static final String FIGURES = "figures.safetensors";

    private final SafetensorsFile file;

    private Reference(SafetensorsFile file) {
        this.file = file;
    }

    static Reference of(String fixture) {
        return in(folder(fixture));
    }

    /** The figures in a folder anywhere. */
    static Reference in(Path folder) {
        return new Reference(SafetensorsFile.open(folder.resolve(FIGURES)));
    }

    /** A fixture's folder on disk. */
    static Path folder(String fixture) {
        try {
            return Path.of(Reference.class.getResource(fixture).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    long[] shape(String name) {
        return entry(name).shape().stream().mapToLong(Long::longValue).toArray();
    }

    float[] floats(String name) {
        entry(name);
        FloatBuffer buffer = file.map(name).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    int[] integers(String name) {
        entry(name);
        int[] values = new int[file.map(name).asIntBuffer().remaining()];
        file.map(name).asIntBuffer().get(values);
        return values;
    }

    /** One item along the first dimension; negative counts from the end. */
    float[] item(String name, int index) {
        int count = Math.toIntExact(shape(name)[0]);
        float[] all = floats(name);
        int size = all.length / count;
        int at = index < 0 ? count + index : index;
        return Arrays.copyOfRange(all, at * size, (at + 1) * size);
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = file.tensors().get(name);
        assertThat(entry).as("figure " + name).isNotNull();
        return entry;
    }

    /** Asserts ‖actual − expected‖ / ‖expected‖ below a bound, and prints it. */
    static void assertClose(String what, float[] actual, float[] expected, double bound) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double error = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            error += Math.pow((double) actual[i] - expected[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        double relative = Math.sqrt(error / norm);
        System.out.println(String.format(Locale.ROOT, "%-40s %.2e", what, relative));
        assertThat(relative).as(what).isLessThan(bound);
    }

    static List<String> fixtures() {
        return List.of("epsilon", "velocity");
    }
}
