package org.riffloom.diffusion;

/** What a picture needs beside its denoising steps, in this order; the steps come before the last. */
public enum PictureStage {
    /** The words have become what the network attends to. */
    TEXT,
    /** The latents to begin with are there: the seed image's, or noise. */
    BEGINNING,
    /** The latents have been decoded. */
    PICTURE
}
