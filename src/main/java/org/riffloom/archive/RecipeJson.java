package org.riffloom.archive;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.riffloom.json.Fields;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.LoraWeights;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.PromptMix;
import org.riffloom.prompt.RiffDirection;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.SchedulerName;
import org.riffloom.prompt.SeedMotion;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recipes as the database keeps them, and as pages show them. Written out field by field, since what was stored years ago
 * must be read whatever has become of the classes.
 *
 * <pre>
 * {"start": {"prompt": "jazz piano", "negativePrompt": "", "seed": 42, "denoising": 0.75, "guidance": 3.0}, "end": {…},
 *  "alpha": 0.25, "seedImage": "pulse-8", "steps": 20, "maskImage": null, "scheduler": null, "loras": {"bells": 0.8}}
 * </pre>
 *
 * A point of several prompts has, in place of {@code prompt},
 * {@code "mix": [{"prompt": "jazz piano", "weight": 0.6}, {"prompt": "church bells", "weight": 0.4}]}.
 */
final class RecipeJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecipeJson() {}

    static String write(Interpolation recipe) {
        return JSON.writeValueAsString(node(recipe));
    }

    /** Such as {@code {"goal": [{"prompt": "church bells", "weight": 1.0}], "alphaVelocity": 0.25, "seedMotion": "walk"}}. */
    static String write(RiffDirection direction) {
        ObjectNode node = JSON.createObjectNode();
        PromptMix goal = direction.goal();
        if (goal != null) {
            node.set("goal", parts(goal));
        }
        node.put("alphaVelocity", direction.alphaVelocity());
        node.put("seedMotion", direction.seedMotion().toString());
        return JSON.writeValueAsString(node);
    }

    /**
     * The same back.
     *
     * @param json may be empty, for a clip of a time when riffs knew but one way
     * @throws org.riffloom.prompt.InvalidRequestException if it is none
     */
    static RiffDirection readDirection(String json) {
        if (json.isEmpty()) {
            return RiffDirection.USUAL;
        }
        Fields fields = Fields.parse(json, "The direction");
        return new RiffDirection(
                fields.has("goal") ? mix(fields, "goal") : null,
                number(fields, "alphaVelocity"),
                SeedMotion.of(fields.requiredString("seedMotion", "\"walk\"")));
    }

    static ObjectNode node(Interpolation recipe) {
        ObjectNode node = JSON.createObjectNode();
        node.set("start", point(recipe.start()));
        node.set("end", point(recipe.end()));
        node.put("alpha", recipe.alpha());
        node.put("seedImage", recipe.seedImage());
        node.put("steps", recipe.steps());
        node.put("maskImage", recipe.maskImage());
        SchedulerName scheduler = recipe.scheduler();
        node.put("scheduler", scheduler == null ? null : scheduler.toString());
        LoraWeights loras = recipe.loras();
        if (loras == null) {
            node.putNull("loras");
        } else {
            ObjectNode weights = node.putObject("loras");
            loras.byId().forEach(weights::put);
        }
        return node;
    }

    private static ObjectNode point(RiffPoint point) {
        ObjectNode node = JSON.createObjectNode();
        if (point.prompt().isMixed()) {
            node.set("mix", parts(point.prompt()));
        } else {
            node.put("prompt", point.prompt().text());
        }
        node.put("negativePrompt", point.negativePrompt());
        node.put("seed", point.seed());
        node.put("denoising", point.denoising());
        node.put("guidance", point.guidance());
        return node;
    }

    private static ArrayNode parts(PromptMix mix) {
        ArrayNode parts = JSON.createArrayNode();
        for (PromptMix.Part part : mix.parts()) {
            parts.addObject().put("prompt", part.prompt().text()).put("weight", part.weight());
        }
        return parts;
    }

    /** @throws org.riffloom.prompt.InvalidRequestException if it is no recipe */
    static Interpolation read(String json) {
        Fields fields = Fields.parse(json, "The recipe");
        String scheduler = fields.isNull("scheduler") ? null : fields.string("scheduler");
        return new Interpolation(
                point(fields.requiredObject("start")),
                point(fields.requiredObject("end")),
                number(fields, "alpha"),
                text(fields, "seedImage"),
                (int) whole(fields, "steps"),
                text(fields, "maskImage"),
                scheduler == null ? null : SchedulerName.of(scheduler),
                loras(fields));
    }

    private static RiffPoint point(Fields fields) {
        return new RiffPoint(
                fields.has("mix") ? mix(fields, "mix") : PromptMix.of(prompt(fields)),
                fields.requiredString("negativePrompt", "\"\""),
                whole(fields, "seed"),
                number(fields, "denoising"),
                number(fields, "guidance"));
    }

    private static Prompt prompt(Fields fields) {
        return new Prompt(fields.requiredString("prompt", "\"jazz piano\""));
    }

    private static PromptMix mix(Fields fields, String name) {
        return new PromptMix(fields.requiredObjects(name, "a list of prompts with weights").stream()
                .map(part -> new PromptMix.Part(prompt(part), number(part, "weight")))
                .toList());
    }

    private static @Nullable LoraWeights loras(Fields fields) {
        if (!fields.has("loras") || fields.isNull("loras")) {
            return null;
        }
        Fields weights = fields.requiredObject("loras");
        Map<String, Double> byId = new TreeMap<>();
        weights.object().propertyNames().forEach(id -> byId.put(id, number(weights, id)));
        return new LoraWeights(byId);
    }

    private static @Nullable String text(Fields fields, String name) {
        return fields.isNull(name) ? null : fields.string(name);
    }

    private static double number(Fields fields, String name) {
        Double number = fields.number(name);
        if (number == null) {
            throw fields.missing(name, "a number");
        }
        return number;
    }

    private static long whole(Fields fields, String name) {
        Long number = fields.wholeLong(name);
        if (number == null) {
            throw fields.missing(name, "a whole number");
        }
        return number;
    }
}
