package org.riffloom.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How much the updates of a file count. kohya's trainer puts a tensor {@code alpha} beside each; peft describes them all
 * in the metadata of safetensors, under {@code lora_adapter_metadata}; where neither is there, an update counts as it is.
 */
final class LoraScales {

    private static final String PEFT = "lora_adapter_metadata";

    private final TensorFile file;
    private final ConfigFile peft;

    LoraScales(TensorFile file) {
        this.file = file;
        Path path = file.path();
        String json = file instanceof SafetensorsFile
                ? SafetensorsHeader.readMetadata(path).getOrDefault(PEFT, "{}")
                : "{}";
        this.peft = ConfigFile.of(path, Json.parse(path, json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The scale of a module's update.
     *
     * @param alpha tensor of one number, or {@code null} if there is none for the module
     */
    double of(LoraKey module, @Nullable TensorEntry alpha, long rank) {
        if (alpha != null) {
            return number(alpha) / (double) rank;
        }
        String prefix = module.network().prefix() + ".";
        double common = peft.number(prefix + "lora_alpha", Double.NaN);
        if (Double.isNaN(common)) {
            return 1;
        }
        // "Rank-stabilised": Kalajdzievski, arXiv 2312.03732.
        double divisor = peft.flag(prefix + "use_rslora", false) ? Math.sqrt((double) rank) : (double) rank;
        return finite(prefix + "lora_alpha", alphaOf(module.module(), prefix, common)) / divisor;
    }

    /** peft's patterns are ends of a module's name. */
    private double alphaOf(String module, String prefix, double common) {
        String field = prefix + "alpha_pattern";
        JsonNode patterns = peft.find(field);
        if (patterns == null) {
            return common;
        }
        for (Map.Entry<String, JsonNode> pattern : patterns.properties()) {
            if (("." + module).endsWith("." + pattern.getKey())) {
                if (!pattern.getValue().isNumber()) {
                    throw peft.wrong(field, patterns, "numbers by module");
                }
                return pattern.getValue().doubleValue();
            }
        }
        return common;
    }

    private double number(TensorEntry alpha) {
        if (alpha.shape().stream().anyMatch(side -> side != 1)) {
            throw new CheckpointException.TensorMismatch(
                    file.path(),
                    "tensor " + alpha.name() + " has shape " + alpha.shape() + "; an alpha is one number.");
        }
        ByteBuffer bytes = file.map(alpha.name());
        return finite(
                alpha.name(),
                switch (alpha.type()) {
                    case F16 -> half(bytes.getShort());
                    case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
                    case F32 -> bytes.getFloat();
                    case F64 -> bytes.getDouble();
                    case I32 -> bytes.getInt();
                    case I64 -> bytes.getLong();
                    default ->
                        throw new CheckpointException.Unsupported(
                                file.path(),
                                "tensor " + alpha.name() + " has dtype " + alpha.type()
                                        + "; an alpha is F16, BF16, F32, F64, I32 or I64.");
                });
    }

    private double finite(String name, double alpha) {
        if (!Double.isFinite(alpha)) {
            throw new CheckpointException.Malformed(
                    file.path(), name + " is " + alpha + "; an alpha is a finite number.");
        }
        return alpha;
    }

    /** A float16: a sign, five bits of exponent, ten of fraction. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (fraction + 0x400), exponent - 25);
        };
        return bits < 0 ? -magnitude : magnitude;
    }
}
