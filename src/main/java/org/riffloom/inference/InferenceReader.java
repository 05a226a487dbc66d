package org.riffloom.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.riffloom.clip.LoadedModel;
import org.riffloom.json.Fields;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;

/** Reads Riffusion's requests. */
final class InferenceReader {

    /** The seed image of a Riffusion request that names none. */
    private static final String USUAL_SEED_IMAGE = "og_beat";

    private final LoadedModel model;

    InferenceReader(LoadedModel model) {
        this.model = model;
    }

    /** @throws InvalidRequestException that says what is wrong and what would be right */
    Interpolation read(String body) {
        Fields fields = Fields.parse(body, "The body");
        Double alpha = fields.number("alpha");
        if (alpha == null) {
            throw fields.missing("alpha", "a number between 0 (start) and 1 (end)");
        }
        RiffPoint start = point(fields.requiredObject("start"));
        RiffPoint end = point(fields.requiredObject("end"));
        String seedImage = seedImage(fields);
        return new Interpolation(start, end, alpha, seedImage, steps(fields), maskImage(fields, seedImage), null, null);
    }

    private RiffPoint point(Fields fields) {
        String prompt = fields.requiredString("prompt", "\"jazz piano\"");
        Long seed = fields.wholeLong("seed");
        if (seed == null) {
            throw fields.missing("seed", "a whole number, such as 42");
        }
        RiffSettings usual = model.info().defaults();
        String negativePrompt = fields.isNull("negative_prompt") ? null : fields.string("negative_prompt");
        if (negativePrompt != null && negativePrompt.length() > Prompt.MAX_LENGTH) {
            throw fields.wrong("negative_prompt", "at most " + Prompt.MAX_LENGTH + " characters long");
        }
        return new RiffPoint(
                prompt(fields, prompt),
                negativePrompt == null ? usual.negativePrompt() : negativePrompt.strip(),
                seed,
                denoising(fields, usual.denoising()),
                guidance(fields, usual.guidance()));
    }

    private static Prompt prompt(Fields fields, String text) {
        try {
            return new Prompt(text);
        } catch (InvalidRequestException e) {
            throw fields.wrong("prompt", "1 to " + Prompt.MAX_LENGTH + " characters that are not all white space");
        }
    }

    private static double denoising(Fields fields, double usual) {
        Double denoising = fields.number("denoising");
        if (denoising != null && !(denoising > 0 && denoising <= 1)) {
            throw fields.wrong("denoising", "above 0 and at most 1");
        }
        return denoising == null ? usual : denoising;
    }

    /** Here 0 to 1 is no guidance, as in Riffusion. */
    private static double guidance(Fields fields, double usual) {
        Double guidance = fields.number("guidance");
        if (guidance != null && !(guidance >= 0 && guidance <= RiffSettings.MAX_GUIDANCE)) {
            throw fields.wrong("guidance", "between 0 and " + RiffSettings.MAX_GUIDANCE);
        }
        return guidance == null ? usual : guidance;
    }

    private int steps(Fields fields) {
        Integer steps = fields.wholeInt("num_inference_steps");
        if (steps != null && (steps < 1 || steps > RiffSettings.MAX_STEPS)) {
            throw fields.wrong("num_inference_steps", "between 1 and " + RiffSettings.MAX_STEPS);
        }
        return steps == null ? model.info().defaults().steps() : steps;
    }

    private @Nullable String seedImage(Fields fields) {
        String id = fields.string("seed_image_id");
        String wanted = id == null ? USUAL_SEED_IMAGE : id;
        if (model.seedImages().has(wanted)) {
            return wanted;
        }
        if (wanted.equals(USUAL_SEED_IMAGE)) {
            return model.info().defaults().seedImage();
        }
        throw unknown("seed image", "seed_image_id", fields, model.seedImages().ids());
    }

    private @Nullable String maskImage(Fields fields, @Nullable String seedImage) {
        String id = fields.isNull("mask_image_id") ? null : fields.string("mask_image_id");
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (seedImage == null) {
            throw new InvalidRequestException(
                    "mask_image_id",
                    "A mask says what of a seed image is kept, and this model has no usual one; give a seed_image_id"
                            + " too, or no mask_image_id.");
        }
        if (!model.maskImages().has(id)) {
            throw unknown(
                    "mask image", "mask_image_id", fields, model.maskImages().ids());
        }
        return id;
    }

    private static InvalidRequestException unknown(String what, String name, Fields fields, List<String> ids) {
        return fields.wrong(name, "the id of a " + what + " of this server: " + String.join(", ", ids));
    }
}
