package org.riffloom.spectrogram;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Spectrogram images as PNG and JPEG files, with what they mean in EXIF tags, as Riffusion and Pillow keep it. */
public final class SpectrogramImageFile {

    /** Over an hour and a half of columns at 512 bands. */
    private static final long MAX_PIXELS = 1L << 28;

    private static final long MAX_BYTES = 1L << 28;

    /**
     * Deflate makes at most 1032 bytes of one, in each of which PNG has at most eight pixels. The decoders make room for as
     * many pixels as a file says it has, and notice only then that there are fewer.
     */
    private static final long MAX_PIXELS_PER_BYTE = 8 * 1032;

    private static final float JPEG_QUALITY = 0.98f;

    private SpectrogramImageFile() {}

    /**
     * Reads a PNG or JPEG file. What its tags do not say is taken from the default format.
     *
     * @throws UnreadableImageException if it is damaged or not a spectrogram
     * @throws IOException if it cannot be opened or read
     */
    public static SpectrogramImage read(Path file) throws IOException {
        return decode(bytes(file), file.toString());
    }

    /**
     * The tags of a PNG or JPEG file, in ascending order; none if it has no EXIF metadata.
     *
     * @throws UnreadableImageException if it is neither PNG nor JPEG, or its metadata is damaged
     * @throws IOException if it cannot be opened or read
     */
    public static Map<SpectrogramTag, Number> tags(Path file) throws IOException {
        return tags(bytes(file), file.toString());
    }

    /**
     * Whether a file is an image that was written with these parameters, and to its end. The pixels are not looked at.
     *
     * @throws IOException if it cannot be opened or read
     */
    public static boolean isWholeWith(SpectrogramParameters parameters, Path file) throws IOException {
        byte[] bytes = bytes(file);
        try {
            Map<SpectrogramTag, Number> tags = tags(bytes, file.toString());
            return ExifBlock.isWhole(bytes)
                    && tags.size() == SpectrogramTag.values().length
                    && SpectrogramTag.parameters(tags).equals(parameters);
        } catch (UnreadableImageException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Reads the bytes of a PNG or JPEG file, like {@link #read}.
     *
     * @param name what to call it in messages
     * @throws UnreadableImageException if it is damaged or not a spectrogram
     */
    public static SpectrogramImage decode(byte[] file, String name) throws UnreadableImageException {
        Map<SpectrogramTag, Number> tags = tags(file, name);
        BufferedImage image = pixels(file, name);
        try {
            float maximum = tags.getOrDefault(SpectrogramTag.MAX_VALUE, SpectrogramImage.DEFAULT_MAXIMUM)
                    .floatValue();
            return new SpectrogramImage(image, SpectrogramTag.parameters(tags), maximum);
        } catch (IllegalArgumentException e) {
            throw new UnreadableImageException(name, e);
        }
    }

    /** Whether these are the bytes of a PNG file, to judge by how they begin. */
    public static boolean isPng(byte[] file) {
        return ExifBlock.isPng(file);
    }

    /** Whether these are the bytes of a PNG or JPEG file, to judge by how they begin. */
    public static boolean isOne(byte[] file) {
        return ExifBlock.isPng(file) || ExifBlock.isJpeg(file);
    }

    /**
     * The width and height that a PNG or JPEG file says its image has, before a pixel is decoded.
     *
     * @param name what to call it in messages
     * @throws UnreadableImageException if it is damaged, or cut short: then the rest would be decoded as grey
     */
    public static Dimension size(byte[] file, String name) throws UnreadableImageException {
        if (!ExifBlock.isWhole(file)) {
            throw new UnreadableImageException(name, "the image is cut short, or neither PNG nor JPEG.");
        }
        return reading(file, name, reader -> new Dimension(reader.getWidth(0), reader.getHeight(0)));
    }

    /**
     * Writes a file, PNG or JPEG by its name's end, in place of one that may be there. JPEG loses some of the sound.
     *
     * @throws IllegalArgumentException if the name ends in neither
     */
    public static void write(SpectrogramImage image, Path file) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            Files.write(file, encodePng(image));
        } else if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            Files.write(file, encodeJpeg(image));
        } else {
            throw new IllegalArgumentException(
                    "Images are written as .png or .jpg, not as " + file.getFileName() + ".");
        }
    }

    /** The image as a PNG file. */
    public static byte[] encodePng(SpectrogramImage image) {
        return ExifBlock.addToPng(encode(image, "png", 1), exif(image));
    }

    /**
     * The image as a PNG file with texts.
     *
     * @param texts by keyword, of which the PNG specification names some, such as {@code Title} and {@code Description}
     */
    public static byte[] encodePng(SpectrogramImage image, Map<String, String> texts) {
        return PngTexts.add(encodePng(image), texts);
    }

    /** The image as a JPEG file that loses little. */
    public static byte[] encodeJpeg(SpectrogramImage image) {
        return encodeJpeg(image, JPEG_QUALITY);
    }

    /**
     * The image as a JPEG file.
     *
     * @param quality 0 to 1; from 0.5 on a hundredth of the scale of the Independent JPEG Group, which Pillow uses
     */
    public static byte[] encodeJpeg(SpectrogramImage image, float quality) {
        return ExifBlock.addToJpeg(encode(image, "jpeg", quality), exif(image));
    }

    private static byte[] exif(SpectrogramImage image) {
        return ExifDirectory.encode(SpectrogramTag.of(image.parameters(), image.maximum()));
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new UnreadableImageException(file.toString(), "it is larger than " + MAX_BYTES + " bytes.");
        }
        return Files.readAllBytes(file);
    }

    private static Map<SpectrogramTag, Number> tags(byte[] file, String name) throws UnreadableImageException {
        if (!ExifBlock.isPng(file) && !ExifBlock.isJpeg(file)) {
            throw new UnreadableImageException(name, "it is neither a PNG nor a JPEG image.");
        }
        try {
            return ExifBlock.find(file).map(ExifDirectory::decode).orElse(Map.of());
        } catch (IllegalArgumentException e) {
            throw new UnreadableImageException(name, e);
        }
    }

    private static BufferedImage pixels(byte[] file, String name) throws UnreadableImageException {
        return reading(file, name, reader -> {
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MAX_PIXELS) {
                throw new UnreadableImageException(name, "it has " + pixels + " pixels.");
            }
            if (pixels > MAX_PIXELS_PER_BYTE * file.length) {
                throw new UnreadableImageException(
                        name,
                        "the image is damaged (it says it has " + pixels + " pixels, in " + file.length + " bytes).");
            }
            return reader.read(0);
        });
    }

    private interface Reading<T> {

        T of(ImageReader reader) throws IOException;
    }

    private static <T> T reading(byte[] file, String name, Reading<T> reading) throws UnreadableImageException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(ExifBlock.isPng(file) ? "png" : "jpeg")
                .next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return reading.of(reader);
        } catch (UnreadableImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The decoders of the JDK throw all kinds of exceptions at damaged files.
            throw new UnreadableImageException(name, "the image is damaged (" + e.getMessage() + ").");
        } finally {
            reader.dispose();
        }
    }

    private static byte[] encode(SpectrogramImage image, String format, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam options = writer.getDefaultWriteParam();
            if (format.equals("jpeg")) {
                options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                options.setCompressionQuality(quality);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image.image(), null, null), options);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed.", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
