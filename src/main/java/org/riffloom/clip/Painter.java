package org.riffloom.clip;

import java.awt.image.BufferedImage;
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

    /** Passes on what the pipeline tells. */
    private record Following(StepProgress progress) implements StepListener {

        @Override
        public void onStep(int step, int steps) {
            progress.onStep(step, steps);
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
