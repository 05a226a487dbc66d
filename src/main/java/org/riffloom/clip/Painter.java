package org.riffloom.clip;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.riffloom.diffusion.DiffusionPipeline;
import org.riffloom.diffusion.PictureRequest;
import org.riffloom.diffusion.PictureStage;
import org.riffloom.diffusion.StepListener;
import org.riffloom.prompt.Interpolation;
import org.riffloom.spectrogram.SpectrogramImage;

/** Paints the pictures of clips, with the seed images and the masks that recipes name. */
record Painter(DiffusionPipeline pipeline, SeedPictures seedPictures, MaskPictures masks) {

    /**
     * Paints a picture.
     *
     * @throws org.riffloom.prompt.InvalidRequestException if the recipe cannot be used
     * @throws java.util.concurrent.CancellationException if {@code progress} threw it
     */
    SpectrogramImage paint(Interpolation recipe, StepProgress progress) {
        BufferedImage seedImage = recipe.seedImage() == null ? null : seedPictures.pixels(recipe.seedImage());
        BufferedImage mask = recipe.maskImage() == null ? null : masks.pixels(recipe.maskImage());
        return SpectrogramImage.of(
                pipeline.generate(new PictureRequest(recipe, seedImage, mask), new Following(progress)));
    }

    /**
     * Paints a picture out of another one, like it in loudness and brightness.
     *
     * @param image what it is made of, whatever the recipe names
     * @param mask white where it is painted anew, black where it is kept; {@code null} to paint all of it
     * @throws org.riffloom.prompt.InvalidRequestException if the recipe cannot be used
     * @throws java.util.concurrent.CancellationException if {@code progress} threw it
     */
    BufferedImage repaint(
            Interpolation recipe, BufferedImage image, @Nullable BufferedImage mask, StepProgress progress) {
        return pipeline.generate(new PictureRequest(recipe, image, mask, true), new Following(progress));
    }

    /** Passes on what the pipeline tells. */
    private record Following(StepProgress progress) implements StepListener {

        @Override
        public void onStep(int step, int steps) {
            progress.onStep(step, steps);
        }

        @Override
        public boolean wantsSketches() {
            return progress.wantsSketches();
        }

        @Override
        public void onSketch(int step, int steps, BufferedImage sketch) {
            progress.onSketch(step, steps, EncodedMedia.png(sketch));
        }

        @Override
        public void onStage(PictureStage done) {
            progress.mayStop();
        }

        @Override
        public void onWait() {
            progress.mayStop();
        }
    }
}
