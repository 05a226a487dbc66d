package org.riffloom.diffusion;

/**
 * Normal noise as PyTorch's generator on a CUDA device draws it, so that a seed means the same picture on every device,
 * and the one it meant in Riffusion.
 *
 * <p>The generator is Philox 4×32-10 (Salmon et al., 2011), keyed by the seed. For tensors of up to some hundred
 * thousand values PyTorch gives each value a thread of its own, and thread i takes the first Box–Muller normal of the
 * counter (draw, 0, i, 0). Devices take a fast approximation of the sine, so their last bits differ from these: by less
 * than 10⁻⁶, far below what a network or an ear can tell.
 */
final class Noise {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int KEY_STEP_0 = 0x9E3779B9;
    private static final int KEY_STEP_1 = 0xBB67AE85;
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final float UNIT = 0x1p-32f;
    private static final float TURN = (float) (2 * Math.PI * 0x1p-32);

    private Noise() {}

    /**
     * Draws from a fresh generator.
     *
     * @param seed of the generator; all 64 bits count
     * @param draw 0 for the first tensor that the generator makes, 1 for the second, and so on
     * @param count of values
     * @return values of mean 0 and variance 1, the same on every platform
     */
    static float[] normal(long seed, int draw, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = value(seed, draw, i);
        }
        return values;
    }

    private static float value(long seed, int draw, int thread) {
        int c0 = draw;
        int c1 = 0;
        int c2 = thread;
        int c3 = 0;
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long low = MULTIPLIER_0 * (c0 & UNSIGNED);
            long high = MULTIPLIER_1 * (c2 & UNSIGNED);
            c0 = (int) (high >>> 32) ^ c1 ^ k0;
            c1 = (int) high;
            c2 = (int) (low >>> 32) ^ c3 ^ k1;
            c3 = (int) low;
            k0 += KEY_STEP_0;
            k1 += KEY_STEP_1;
        }
        float u = (c0 & UNSIGNED) * UNIT + UNIT / 2;
        float angle = (c1 & UNSIGNED) * TURN + TURN / 2;
        float radius = (float) Math.sqrt((float) (-2 * StrictMath.log(u)));
        return radius * (float) StrictMath.sin(angle);
    }
}
