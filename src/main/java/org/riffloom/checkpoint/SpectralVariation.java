package org.riffloom.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How a model's training pictures differ in their spectra: the principal components of their latents' means over time,
 * each as long as the standard deviation along it. {@code spectralVariation} in {@code riffloom.json}.
 *
 * @param components of the same shape: for each latent channel a value at each of some heights, from the top down
 */
public record SpectralVariation(List<float[][]> components) {

    /** Of a model that does not say. */
    public static final SpectralVariation NONE = new SpectralVariation(List.of());

    private static final int MAX_VALUES = 1 << 16;

    public SpectralVariation {
        components = List.copyOf(components);
    }

    /** Channels of each component; 0 if there is none. */
    public int channels() {
        return components.isEmpty() ? 0 : components.get(0).length;
    }

    /** Heights of each component; 0 if there is none. */
    public int rows() {
        return components.isEmpty() ? 0 : components.get(0)[0].length;
    }

    static SpectralVariation read(ConfigFile file) {
        JsonNode node = file.find("spectralVariation");
        if (node == null) {
            return NONE;
        }
        int channels = node.path(0).size();
        int rows = node.path(0).path(0).size();
        if (rows == 0 || (long) node.size() * channels * rows > MAX_VALUES) {
            throw malformed(file.path());
        }
        List<float[][]> components = new ArrayList<>();
        for (JsonNode each : node) {
            float[][] component = new float[channels][rows];
            for (int c = 0; c < channels; c++) {
                for (int r = 0; r < rows; r++) {
                    JsonNode value = each.path(c).path(r);
                    if (each.size() != channels || each.path(c).size() != rows || !value.isNumber()) {
                        throw malformed(file.path());
                    }
                    component[c][r] = value.floatValue();
                }
            }
            components.add(component);
        }
        return new SpectralVariation(components);
    }

    private static CheckpointException malformed(Path path) {
        return new CheckpointException.Malformed(
                path,
                "spectralVariation must be a list of components, each a list of latent channels with equally many"
                        + " numbers, " + MAX_VALUES + " in all at most.");
    }
}
