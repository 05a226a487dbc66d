package org.riffloom.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.InvalidRequestException;

/**
 * The latents that a walk begins with: noise alone, or a seed image's latents mixed with noise. A riff starts again and
 * again from the same image, so its encodings are kept.
 */
final class SeedLatents implements AutoCloseable {

    /** A quarter of a megabyte each for Stable Diffusion. */
    private static final int IMAGES = 32;

    private final Vae vae;
    private final double scalingFactor;
    private final int sideMultiple;
    private final RecentlyUsed<String, Vae.Posterior> posteriors = new RecentlyUsed<>(IMAGES);
    private volatile @Nullable Sketcher sketcher;

    /** @param sideMultiple pixels; the sides of every seed image must be multiples of this */
    SeedLatents(Vae vae, double scalingFactor, int sideMultiple) {
        this.vae = vae;
        this.scalingFactor = scalingFactor;
        this.sideMultiple = sideMultiple;
    }

    /**
     * Noise between the request's two seeds.
     *
     * @param draw 0 for what the walk begins with, and from 1 what a solver adds after its steps
     * @return float32 of the shape
     */
    NDArray noise(NDManager manager, Interpolation request, int draw, Shape shape) {
        int count = Math.toIntExact(shape.size());
        float[] start = Noise.normal(request.start().seed(), draw, count);
        float[] end = request.end().seed() == request.start().seed()
                ? start
                : Noise.normal(request.end().seed(), draw, count);
        return manager.create(Slerp.between(request.alpha(), start, end), shape);
    }

    /**
     * A seed image's latents and the noise for them. As in Riffusion they are sampled with the start seed's own fresh
     * generator, whose first draw is thus the same as the start's noise.
     */
    ImageLatents ofImage(NDManager manager, Interpolation request, BufferedImage image) {
        requireSides(image);
        Vae.Posterior posterior = posteriors.get(key(image), unseen -> encode(image));
        Shape shape = posterior.mean().getShape();
        NDArray noise = noise(manager, request, 0, shape);
        try (NDArray draw =
                manager.create(Noise.normal(request.start().seed(), 0, Math.toIntExact(shape.size())), shape)) {
            return new ImageLatents(vae.sample(manager, posterior, draw), noise, scalingFactor);
        }
    }

    private Vae.Posterior encode(BufferedImage image) {
        Vae.Posterior posterior = vae.encode(vae.manager(), image);
        try (NDArray scaled = posterior.mean().mul(scalingFactor)) {
            sketcher = Sketcher.of(new Sketcher.Latents(scaled), image);
        }
        return posterior;
    }

    /** Draws latents as the image taught that was encoded last; none if none was. For any thread. */
    @Nullable
    Sketcher sketcher() {
        return sketcher;
    }

    private void requireSides(BufferedImage image) {
        if (image.getWidth() % sideMultiple != 0 || image.getHeight() % sideMultiple != 0) {
            throw new InvalidRequestException(
                    "seedImage",
                    "The seed image is " + image.getWidth() + "×" + image.getHeight()
                            + " pixels; both sides must be multiples of " + sideMultiple + ".");
        }
    }

    /** What the picture shows, not what it is called: an image may be replaced under its name. */
    private static String key(BufferedImage image) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Pixels.bytes(image));
            return image.getWidth() + "×" + image.getHeight() + " "
                    + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        posteriors.close();
    }
}
