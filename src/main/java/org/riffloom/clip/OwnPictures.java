package org.riffloom.clip;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.riffloom.audio.FlacWriter;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTags;
import org.riffloom.prompt.InvalidRequestException;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import org.riffloom.spectrogram.SpectrogramParameters;

/**
 * Seed images that listeners have brought: a folder of pictures, and of what they sound like, whose names are worked out from
 * what the pictures show. So the same picture has the same id whoever brings it, a file never changes, and whoever knows an
 * id has been told it, or has the picture.
 *
 * <p>When one was used last is the date of its file.
 *
 * <p>Safe for use by several threads.
 */
public final class OwnPictures {

    /** Width and height of each, in pixels. */
    public static final int SIDE = SpectrogramParameters.DEFAULT.bands();

    /** What their ids begin with. */
    public static final String PREFIX = "own-";

    private static final String TITLE = "Your own";

    /** 132 bits of a SHA-256 in URL-safe base64. */
    private static final Pattern ID = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{22}");

    private static final String PICTURE = ".png";
    private static final String SOUND = ".flac";

    /** A use is written down when the last one was so long ago. */
    private static final Duration MOMENT = Duration.ofMinutes(10);

    private final Path folder;

    private OwnPictures(Path folder) {
        this.folder = folder;
    }

    /** Those that a server with these settings keeps. */
    public static OwnPictures of(ModelProperties settings, OwnPictureProperties properties) {
        return new OwnPictures(properties.path(settings));
    }

    /** The same, where nothing is set of them. */
    static OwnPictures usual(ModelProperties settings) {
        return new OwnPictures(OwnPictureProperties.usualPath(settings));
    }

    /** Whether an id is one of a listener's own picture, which need not be there. */
    public static boolean isOne(String id) {
        return ID.matcher(id).matches();
    }

    /**
     * Keeps a picture. The first time it takes about as long as to turn a clip into sound.
     *
     * @param picture {@value #SIDE} pixels wide and high, of which red is read
     * @throws IOException if it cannot be written
     */
    public synchronized SeedImage keep(BufferedImage picture) throws IOException {
        int[] greys = greys(picture);
        String id = id(greys);
        if (has(id)) {
            used(id, Instant.now());
            return about(id, Files.readAllBytes(file(id, PICTURE)));
        }
        BufferedImage grey = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        grey.setRGB(
                0,
                0,
                SIDE,
                SIDE,
                Arrays.stream(greys).map(value -> value * 0x010101).toArray(),
                0,
                SIDE);
        byte[] png = SpectrogramImageFile.encodePng(SpectrogramImage.of(grey));
        ByteArrayOutputStream flac = new ByteArrayOutputStream();
        FlacWriter.write(SeedPictures.sound(grey), SoundTags.NONE, flac);
        // The picture comes last: where it is, all is.
        WholeFile.write(file(id, SOUND), flac.toByteArray());
        WholeFile.write(file(id, PICTURE), png);
        return about(id, png);
    }

    private static SeedImage about(String id, byte[] png) {
        return new SeedImage(id, TITLE, 0, EncodedMedia.of("image/png", png).fingerprint());
    }

    private static int[] greys(BufferedImage picture) {
        if (picture.getWidth() != SIDE || picture.getHeight() != SIDE) {
            throw new IllegalArgumentException("A seed image is " + SIDE + " × " + SIDE + " pixels large.");
        }
        int[] colours = picture.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
        return Arrays.stream(colours).map(colour -> colour >> 16 & 0xFF).toArray();
    }

    private static String id(int[] greys) {
        byte[] bytes = new byte[greys.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) greys[i];
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return PREFIX + Base64.getUrlEncoder().encodeToString(digest).substring(0, 22);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** @param id that was looked at: nothing that leads out of the folder */
    private Path file(String id, String ending) {
        return folder.resolve(id + ending);
    }

    /** Whether there is one of this id. */
    public boolean has(String id) {
        return isOne(id) && Files.isRegularFile(file(id, PICTURE));
    }

    /**
     * The pixels to generate from, which counts as a use; nothing if there is none of this id.
     *
     * @throws InvalidRequestException if the file has been damaged
     */
    Optional<BufferedImage> pixels(String id) {
        Optional<EncodedMedia> picture = picture(id);
        if (picture.isEmpty()) {
            return Optional.empty();
        }
        try {
            used(id, Instant.now());
            return Optional.of(SpectrogramImageFile.decode(picture.get().toArray(), "That seed image")
                    .image());
        } catch (IOException e) {
            throw new InvalidRequestException("seedImage", e.getMessage() + " Bring it again.");
        }
    }

    private void used(String id, Instant now) throws IOException {
        Path file = file(id, PICTURE);
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(MOMENT))) {
                Files.setLastModifiedTime(file, FileTime.from(now));
            }
        } catch (NoSuchFileException e) {
            // It is forgotten at this very moment; who has read it can still use it.
            return;
        }
    }

    /** The picture as a PNG file. */
    Optional<EncodedMedia> picture(String id) {
        return read(id, PICTURE).map(bytes -> EncodedMedia.of("image/png", bytes));
    }

    /** What it sounds like, as a WAV file. */
    Optional<EncodedMedia> sound(String id) {
        if (!has(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(EncodedMedia.wav(SoundReader.read(file(id, SOUND))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<byte[]> read(String id, String ending) {
        if (!has(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file(id, ending)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One that is kept.
     *
     * @param id its name
     * @param bytes of its files
     * @param usedAt when it was brought or used last, to some minutes
     */
    public record Kept(String id, long bytes, Instant usedAt) {}

    /**
     * All that are kept, in no order.
     *
     * @throws IOException if the folder cannot be read
     */
    public List<Kept> all() throws IOException {
        List<Kept> all = new ArrayList<>();
        for (Path file : files("*" + PICTURE)) {
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - PICTURE.length());
            if (isOne(id)) {
                kept(id, file).ifPresent(all::add);
            }
        }
        return all;
    }

    private Optional<Kept> kept(String id, Path file) throws IOException {
        try {
            BasicFileAttributes picture = Files.readAttributes(file, BasicFileAttributes.class);
            Path sound = file(id, SOUND);
            long bytes = picture.size() + (Files.exists(sound) ? Files.size(sound) : 0);
            return Optional.of(new Kept(id, bytes, picture.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            // Forgotten meanwhile.
            return Optional.empty();
        }
    }

    /**
     * Forgets one, unless it has been used since.
     *
     * @return whether it is forgotten
     * @throws IOException if it cannot be deleted
     */
    public synchronized boolean forget(Kept kept) throws IOException {
        Path picture = file(kept.id(), PICTURE);
        if (!Files.exists(picture)
                || Files.getLastModifiedTime(picture).toInstant().isAfter(kept.usedAt())) {
            return false;
        }
        Files.deleteIfExists(picture);
        Files.deleteIfExists(file(kept.id(), SOUND));
        return true;
    }

    /**
     * Makes a file for what is not yet known to be a picture; whoever asks for it deletes it.
     *
     * @throws IOException if it cannot be made
     */
    public Path unfinished() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "upload", WholeFile.UNFINISHED);
    }

    /**
     * Deletes what processes have left behind that were killed.
     *
     * @param before last changed before this moment
     * @return how many files
     * @throws IOException if one cannot be deleted
     */
    public synchronized int clean(Instant before) throws IOException {
        int deleted = 0;
        for (Path file : files("*{" + WholeFile.UNFINISHED + "," + SOUND + "}")) {
            String name = file.getFileName().toString();
            boolean alone =
                    name.endsWith(WholeFile.UNFINISHED) || !has(name.substring(0, name.length() - SOUND.length()));
            if (alone && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                deleted += Files.deleteIfExists(file) ? 1 : 0;
            }
        }
        return deleted;
    }

    private List<Path> files(String names) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
                files.forEach(found::add);
            }
        }
        return found;
    }
}
