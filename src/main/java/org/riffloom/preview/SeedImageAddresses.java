package org.riffloom.preview;

import org.riffloom.clip.SeedImage;

/** Where the files of a seed image are found, relative to the address of the page. */
public final class SeedImageAddresses {

    private static final String FOLDER = "seed-images/";
    static final String PICTURE = "/" + FOLDER + "{id}.png";
    static final String SOUND = "/" + FOLDER + "{id}.wav";

    private SeedImageAddresses() {}

    /** The picture, a PNG file; another picture has another address. */
    public static String picture(SeedImage image) {
        return FOLDER + image.id() + ".png?v=" + image.version();
    }

    /** Its sound, a WAV file as long as a clip. */
    public static String sound(SeedImage image) {
        return FOLDER + image.id() + ".wav";
    }
}
