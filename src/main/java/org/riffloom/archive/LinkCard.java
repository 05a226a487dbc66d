package org.riffloom.archive;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * The picture that stands for a link where it is pasted: its music as the landscape of the page, low notes on the left,
 * with the playhead across it. Without words, since a server may have no fonts; those that show it put the title beside
 * it.
 *
 * <p>A field of heights drawn from near to far, where each vertical line of pixels remembers how high it is covered.
 */
final class LinkCard {

    /** What sites that show previews ask for. */
    static final int WIDTH = 1200;

    static final int HEIGHT = 630;

    private static final float QUALITY = 0.9f;

    /** Drawn so many times as large, for smooth edges. */
    private static final int FINENESS = 2;

    private static final int WIDE = WIDTH * FINENESS;
    private static final int HIGH = HEIGHT * FINENESS;

    /** Rows of the landscape, as near to each other on the picture as its lines. */
    private static final int ROWS = 900;

    /** The eye: how far from the picture it is and how high its horizon lies, in lines; how high it is above the ground. */
    private static final double FOCUS = 0.75 * WIDE;

    private static final double HORIZON = -0.05 * HIGH;
    private static final double EYE = 3;

    /** From the eye, in the same unit: where the landscape begins, where the playhead is, and where it ends. */
    private static final double NEAR = 3.9;

    private static final double PLAYHEAD = 7.2;
    private static final double FAR = 24;

    /** How wide it is, and how high the loudest rises. */
    private static final double SPREAD = 10.2;

    private static final double RISE = 1.7;

    private static final Colour SKY_ABOVE = new Colour(0.15, 0.24, 0.48);
    private static final Colour SKY_BELOW = new Colour(0.024, 0.036, 0.1);
    private static final Colour AIR = new Colour(0.12, 0.19, 0.4);
    private static final Colour RED = new Colour(1, 0.23, 0.28);

    /** The page's colours from silence to the loudest: warm where it was heard, cool where it comes next. */
    private static final Colour[] HEARD = {
        new Colour(0.034, 0.052, 0.15),
        new Colour(0.2, 0.09, 0.4),
        new Colour(0.72, 0.18, 0.45),
        new Colour(0.99, 0.52, 0.3),
        new Colour(1, 0.94, 0.74)
    };

    private static final Colour[] UNHEARD = {
        new Colour(0.034, 0.052, 0.15),
        new Colour(0.05, 0.15, 0.36),
        new Colour(0.05, 0.4, 0.58),
        new Colour(0.18, 0.76, 0.76),
        new Colour(0.8, 1, 0.94)
    };

    /** Red, green and blue, from 0; what is above 1 is as bright as can be. */
    private record Colour(double red, double green, double blue) {

        Colour to(Colour other, double share) {
            return new Colour(
                    red + share * (other.red - red),
                    green + share * (other.green - green),
                    blue + share * (other.blue - blue));
        }

        Colour times(double factor) {
            return new Colour(factor * red, factor * green, factor * blue);
        }

        Colour plus(Colour other) {
            return new Colour(red + other.red, green + other.green, blue + other.blue);
        }

        int rgb() {
            return channel(red) << 16 | channel(green) << 8 | channel(blue);
        }

        private static int channel(double value) {
            return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
        }
    }

    private final LoudnessField field;
    private final int[] pixels = new int[WIDE * HIGH];
    /** The highest line that is covered, for each column of pixels. */
    private final int[] covered = new int[WIDE];
    /** The row that covers it, and its colour. */
    private final int[] seen = new int[WIDE];

    private final Colour[] colours = new Colour[WIDE];
    /** The light behind each line of pixels. */
    private final Colour[] sky = new Colour[HIGH];

    private LinkCard(LoudnessField field) {
        this.field = field;
    }

    /**
     * As a JPEG file: some that show previews take no picture of more than 600 kB.
     *
     * @param pictures of the clips in their order; dark is loud
     */
    static byte[] jpeg(List<BufferedImage> pictures) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByMIMEType("image/jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(draw(pictures), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** @param pictures of the clips in their order; dark is loud */
    static BufferedImage draw(List<BufferedImage> pictures) {
        LinkCard card = new LinkCard(LoudnessField.of(pictures));
        card.paint();
        BufferedImage large = new BufferedImage(WIDE, HIGH, BufferedImage.TYPE_INT_RGB);
        large.setRGB(0, 0, WIDE, HIGH, card.pixels, 0, WIDE);
        BufferedImage small = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(large, 0, 0, WIDTH, HEIGHT, null);
        graphics.dispose();
        return small;
    }

    private void paint() {
        for (int y = 0; y < HIGH; y++) {
            sky[y] = SKY_ABOVE.to(SKY_BELOW, Math.min(1, 1.6 * y / HIGH));
            Arrays.fill(pixels, y * WIDE, (y + 1) * WIDE, sky[y].rgb());
        }
        Arrays.fill(covered, HIGH);
        Arrays.fill(seen, -2);
        Arrays.fill(colours, AIR);
        for (int row = 0; row < ROWS; row++) {
            paintRow(row);
        }
        glow();
    }

    private void paintRow(int row) {
        double away = 1 / (1 / NEAR + row / (ROWS - 1.0) * (1 / FAR - 1 / NEAR));
        double time = (away - NEAR) / (FAR - NEAR);
        double ahead = away - PLAYHEAD;
        double fresh = 1 - smooth(-0.05, 0.4, ahead);
        double sounding = Math.exp(-ahead * ahead / 1.6);
        double depth = Math.max(0, ahead / (FAR - PLAYHEAD));
        double fade = 1 - smooth(0.6, 1, depth);
        double old = 1 - 0.5 * smooth(0, 1, -ahead / (PLAYHEAD - NEAR));
        for (int x = 0; x < WIDE; x++) {
            double band = (x - WIDE / 2.0) * away / FOCUS / SPREAD + 0.5;
            if (band < 0 || band > 1) {
                continue;
            }
            double edge = smooth(0, 0.03, band) * smooth(1, 0.95, band);
            double loud = field.loud(time, band);
            double height = RISE * loud * edge * (0.62 + 0.38 * sounding);
            int top = Math.max(0, (int) Math.round(HORIZON + FOCUS * (EYE - height) / away));
            if (top >= covered[x]) {
                continue;
            }
            double light = Math.max(0.55, Math.min(1.8, 1 + field.slope(time, band)));
            Colour colour = ramp(UNHEARD, loud)
                    .to(ramp(HEARD, loud), fresh)
                    .times(light * old)
                    .plus(ramp(HEARD, loud).times(0.5 * Math.exp(-ahead * ahead / 0.2)))
                    .to(AIR, 0.8 * smooth(0.1, 1, depth) * (1 - 0.6 * loud));
            if (Math.abs(ahead) < 0.012) {
                colour = RED;
            }
            // On a slope that is seen whole, one row's colour goes over into the next one's.
            Colour below = seen[x] == row - 1 ? colours[x] : colour;
            for (int y = top; y < covered[x]; y++) {
                double share = (y - top) / (double) (covered[x] - top);
                pixels[y * WIDE + x] =
                        sky[y].to(colour.to(below, share), fade * edge).rgb();
            }
            covered[x] = top;
            colours[x] = colour;
            seen[x] = row;
        }
    }

    /** The light of the playhead, over whatever is before it. */
    private void glow() {
        double middle = HORIZON + FOCUS * EYE / PLAYHEAD;
        double reach = 0.03 * HIGH;
        for (int y = (int) (middle - 3 * reach); y < middle + 3 * reach; y++) {
            double away = Math.abs(y - middle);
            Colour red = RED.times(0.3 * Math.exp(-away / reach) + 0.75 * Math.exp(-away * away / 6));
            for (int x = 0; x < WIDE; x++) {
                double edge = smooth(0, 0.04, (double) x / WIDE) * smooth(1, 0.96, (double) x / WIDE);
                int there = pixels[y * WIDE + x];
                Colour below =
                        new Colour((there >> 16 & 0xff) / 255.0, (there >> 8 & 0xff) / 255.0, (there & 0xff) / 255.0);
                pixels[y * WIDE + x] = below.plus(red.times(edge)).rgb();
            }
        }
    }

    private static Colour ramp(Colour[] colours, double loud) {
        double place = Math.min(1, loud) * (colours.length - 1);
        int below = Math.min(colours.length - 2, (int) place);
        return colours[below].to(colours[below + 1], place - below);
    }

    /** From 0 at {@code from} to 1 at {@code to}, without a corner; as GLSL has it. */
    static double smooth(double from, double to, double x) {
        double t = Math.max(0, Math.min(1, (x - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }
}
