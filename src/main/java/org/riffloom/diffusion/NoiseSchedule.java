package org.riffloom.diffusion;

import org.riffloom.checkpoint.SchedulerConfig;

/**
 * How much of an image is left at each noise level: ᾱ, the running product of 1 − β. In single precision like the
 * networks' training, since ᾱ's rounding near 1 shows in √(1 − ᾱ).
 */
final class NoiseSchedule {

    private final float[] alphasCumulative;

    NoiseSchedule(SchedulerConfig config) {
        float[] betas = betas(config);
        if (config.zeroTerminalSnr()) {
            betas = withZeroTerminalSnr(betas);
        }
        this.alphasCumulative = cumulate(betas);
        if (config.zeroTerminalSnr() && config.solver().countsInSigmas()) {
            // These solvers divide by ᾱ; diffusers gives them the smallest number of half precision instead of zero.
            alphasCumulative[alphasCumulative.length - 1] = 0x1p-24f;
        }
    }

    /** Number of noise levels. */
    int levels() {
        return alphasCumulative.length;
    }

    /** ᾱ of a level, 0 to {@link #levels()} − 1. */
    double alpha(int level) {
        return alphasCumulative[level];
    }

    /** A level, or where it would be below 0 the end of a walk: no noise at all, or level 0. */
    NoiseLevel levelBelow(int level, boolean noneAtEnd) {
        return NoiseLevel.ofAlpha(level >= 0 ? alpha(level) : noneAtEnd ? 1 : alpha(0));
    }

    /** √((1−ᾱ)/ᾱ) of a level, the ratio of noise to image. */
    float sigma(int level) {
        double alpha = alpha(level);
        return (float) Math.sqrt((1 - alpha) / alpha);
    }

    /** The same between levels, on a straight line. */
    float sigmaBetween(double level) {
        int below = Math.min((int) level, levels() - 1);
        int above = Math.min(below + 1, levels() - 1);
        return (float) (sigma(below) + (level - below) * ((double) sigma(above) - sigma(below)));
    }

    /** The level, perhaps between two, at which noise and image have this ratio: on a straight line of logarithms. */
    double levelOf(double sigma) {
        double wanted = Math.log(sigma);
        int below = 0;
        while (below < levels() - 2 && Math.log(sigma(below + 1)) <= wanted) {
            below++;
        }
        double low = Math.log(sigma(below));
        double high = Math.log(sigma(below + 1));
        return below + Math.max(0, Math.min(1, (low - wanted) / (low - high)));
    }

    private static float[] betas(SchedulerConfig config) {
        boolean scaled = config.betaSchedule().equals("scaled_linear");
        int count = config.trainTimesteps();
        float start = (float) (scaled ? Math.sqrt(config.betaStart()) : config.betaStart());
        float end = (float) (scaled ? Math.sqrt(config.betaEnd()) : config.betaEnd());
        float step = count > 1 ? (end - start) / (count - 1) : 0;
        float[] betas = new float[count];
        for (int i = 0; i < count; i++) {
            // From the nearer end, as PyTorch's linspace does it.
            float value = i < count / 2 ? start + step * i : end - step * (count - 1 - i);
            betas[i] = scaled ? value * value : value;
        }
        return betas;
    }

    private static float[] cumulate(float[] betas) {
        float[] alphas = new float[betas.length];
        double product = 1;
        for (int i = 0; i < betas.length; i++) {
            product *= 1 - betas[i];
            alphas[i] = (float) product;
        }
        return alphas;
    }

    /** Algorithm 1 of arXiv 2305.08891: shifts and scales √ᾱ so that it ends at 0 and begins where it did. */
    private static float[] withZeroTerminalSnr(float[] betas) {
        float[] alphas = cumulate(betas);
        int last = alphas.length - 1;
        float[] roots = new float[alphas.length];
        for (int i = 0; i <= last; i++) {
            roots[i] = (float) Math.sqrt(alphas[i]);
        }
        float first = roots[0];
        float terminal = roots[last];
        float scale = first / (first - terminal);
        float[] rescaled = new float[betas.length];
        float before = 1;
        for (int i = 0; i <= last; i++) {
            float root = (roots[i] - terminal) * scale;
            float alpha = root * root;
            rescaled[i] = 1 - alpha / before;
            before = alpha;
        }
        return rescaled;
    }
}
