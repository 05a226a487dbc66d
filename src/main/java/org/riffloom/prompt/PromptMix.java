package org.riffloom.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prompts at once, each with a weight. What they mean is mixed, not how they sound. A prompt alone is the mix of one.
 *
 * @param parts at least one, each prompt once, in the order that they were named in; the weights are above 0 and sum to 1.
 *     At most {@value #MAX_PROMPTS} can be asked for; on the way from one mix to another there are more for a while
 */
public record PromptMix(List<Part> parts) {

    public static final int MAX_PROMPTS = 6;

    /** Beyond what sums of a few dozen doubles can be off by. */
    private static final double ROUNDING = 1e-9;

    /** What leaves a mix and has less weight than this leaves at once, so that no mix becomes a crowd. */
    private static final double CROWD = 1.0 / 32;

    /**
     * A prompt and its weight.
     *
     * @param weight 0 to {@value #MAX_WEIGHT}
     */
    public record Part(Prompt prompt, double weight) {

        public static final double MAX_WEIGHT = 1_000;

        /** @throws InvalidRequestException if the weight is out of its range */
        public Part {
            if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
                throw new InvalidRequestException(
                        "weight", "weight is " + weight + "; it must be between 0 and " + MAX_WEIGHT + ".");
            }
        }
    }

    /** @throws InvalidRequestException if there are no parts, a prompt comes twice, or the weights are not as they must be */
    public PromptMix {
        parts = List.copyOf(parts);
        boolean distinct = parts.stream().map(Part::prompt).distinct().count() == parts.size();
        boolean heard = parts.stream().allMatch(part -> part.weight() > 0);
        double sum = parts.stream().mapToDouble(Part::weight).sum();
        if (!(distinct && heard && Math.abs(sum - 1) <= ROUNDING)) {
            throw new InvalidRequestException(
                    "mix",
                    "A mix holds each prompt once, with weights above 0 that sum to 1; this one sums to " + sum + ".");
        }
    }

    /** A prompt alone. */
    public static PromptMix of(Prompt prompt) {
        return new PromptMix(List.of(new Part(prompt, 1)));
    }

    /**
     * What a listener asks for, whatever the weights sum to. A prompt that is named twice counts once, with both weights; one
     * of weight 0 is left out.
     *
     * @throws InvalidRequestException if there are no prompts or too many, or none has a weight above 0
     */
    public static PromptMix of(List<Part> asked) {
        if (asked.isEmpty() || asked.size() > MAX_PROMPTS) {
            throw new InvalidRequestException(
                    "mix", "The mix has " + asked.size() + " prompts; it must have 1 to " + MAX_PROMPTS + ".");
        }
        double sum = asked.stream().mapToDouble(Part::weight).sum();
        if (sum == 0) {
            throw new InvalidRequestException("mix", "All weights of the mix are 0; at least one must be above 0.");
        }
        // Where they are shares already they stay as they are, to the last bit.
        double whole = Math.abs(sum - 1) <= ROUNDING ? 1 : sum;
        Map<Prompt, Double> weights = new LinkedHashMap<>();
        asked.forEach(part -> weights.merge(part.prompt(), part.weight() / whole, Double::sum));
        return of(weights);
    }

    private static PromptMix of(Map<Prompt, Double> weights) {
        return new PromptMix(weights.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new Part(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** Whether it is more than one prompt. */
    public boolean isMixed() {
        return parts.size() > 1;
    }

    /** Such as {@code 60 % jazz piano + 40 % church bells}; of a prompt alone its text. */
    public String text() {
        return isMixed()
                ? parts.stream()
                        .map(part -> percent(part.weight()) + " % " + part.prompt())
                        .collect(Collectors.joining(" + "))
                : parts.get(0).prompt().text();
    }

    private static String percent(double weight) {
        long percent = Math.round(100 * weight);
        return percent == 0 ? "<1" : Long.toString(percent);
    }

    /** How much of the whole weight has to move for this to become the other one, 0 to 1. */
    public double distance(PromptMix other) {
        return surplus(other).values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** For each prompt that has more weight here than in the other mix, how much more. */
    private Map<Prompt, Double> surplus(PromptMix other) {
        Map<Prompt, Double> theirs = other.weights();
        Map<Prompt, Double> surplus = new LinkedHashMap<>();
        for (Part part : parts) {
            double more = part.weight() - theirs.getOrDefault(part.prompt(), 0.0);
            if (more > 0) {
                surplus.put(part.prompt(), more);
            }
        }
        return surplus;
    }

    private Map<Prompt, Double> weights() {
        Map<Prompt, Double> weights = new LinkedHashMap<>();
        parts.forEach(part -> weights.put(part.prompt(), part.weight()));
        return weights;
    }

    /** The place on the straight way to another mix where {@code share} of it, 0 to 1, is behind. */
    public PromptMix between(PromptMix other, double share) {
        Map<Prompt, Double> weights = weights();
        weights.replaceAll((prompt, weight) -> (1 - share) * weight);
        other.parts.forEach(part -> weights.merge(part.prompt(), share * part.weight(), Double::sum));
        return of(weights);
    }

    /**
     * The next place on the way to another mix. The way is straight, but for prompts that leave and have hardly any weight:
     * they go first.
     *
     * @param step how much of the whole weight may move, above 0
     * @return the other mix itself where no more than that has to move
     */
    public PromptMix towards(PromptMix other, double step) {
        Map<Prompt, Double> surplus = surplus(other);
        double distance =
                surplus.values().stream().mapToDouble(Double::doubleValue).sum();
        if (distance <= step) {
            return other;
        }
        Map<Prompt, Double> weights = weights();
        double gone = 0;
        for (Part part : parts) {
            boolean leaves = Double.valueOf(part.weight()).equals(surplus.get(part.prompt()));
            if (leaves && part.weight() < CROWD && gone + part.weight() <= step) {
                gone += part.weight();
                weights.remove(part.prompt());
                surplus.remove(part.prompt());
            }
        }
        double share = (step - gone) / (distance - gone);
        surplus.forEach((prompt, more) -> weights.merge(prompt, -share * more, Double::sum));
        other.surplus(this).forEach((prompt, less) -> weights.merge(prompt, step / distance * less, Double::sum));
        return of(weights);
    }

    @Override
    public String toString() {
        return text();
    }
}
