/**
 * The network and what drives it: tokenizer, text encoder, UNet, VAE, schedulers, noise, and the pipeline from a request to a picture.
 *
 * <p>It may use prompt and checkpoint, and is the only place that sees DJL.
 *
 * <p>It never knows that its pictures are spectrograms.
 *
 * <pre>
 * threads that ask    Conditioning, SeedLatents → PictureWalk ─┐                     ┌→ Vae → picture
 * denoising thread                                             └→ Denoiser ⇄ UNetPass ┘
 *                                                                 ├ StepOrder   who goes together
 *                                                                 └ BatchLimit  and how many
 * </pre>
 */
@ApplicationModule(allowedDependencies = {"prompt", "checkpoint"})
@NullMarked
package org.riffloom.diffusion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
