package org.riffloom.archive;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * The picture that stands for a link where it is pasted: its spectrogram in the colours of the page, low notes at the
 * bottom. Without words, since a server may have no fonts; those that show it put the title beside it.
 */
final class LinkCard {

    /** What sites that show previews ask for. */
    static final int WIDTH = 1200;

    static final int HEIGHT = 630;

    /** The page's colours, from silence to the loudest. */
    private static final Color[] COLOURS = {
        new Color(0x060919),
        new Color(0x16215c),
        new Color(0x6b2bb0),
        new Color(0xe8368f),
        new Color(0xff9e5a),
        new Color(0xfff3c4)
    };

    private static final Color PLAYHEAD = new Color(0xff3b47);
    private static final int GLOW = 18;

    private LinkCard() {}

    /** @param pictures of the clips in their order; dark is loud */
    static BufferedImage draw(List<BufferedImage> pictures) {
        BufferedImage card = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = card.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        int count = pictures.size();
        for (int i = 0; i < count; i++) {
            int left = WIDTH * i / count;
            int right = WIDTH * (i + 1) / count;
            graphics.drawImage(coloured(pictures.get(i)), left, 0, right - left, HEIGHT, null);
        }
        line(graphics, WIDTH / 3);
        graphics.dispose();
        return card;
    }

    private static void line(Graphics2D graphics, int x) {
        Color clear = new Color(PLAYHEAD.getRed(), PLAYHEAD.getGreen(), PLAYHEAD.getBlue(), 0);
        Color glow = new Color(PLAYHEAD.getRed(), PLAYHEAD.getGreen(), PLAYHEAD.getBlue(), 110);
        graphics.setPaint(new GradientPaint(x - GLOW, 0, clear, x, 0, glow));
        graphics.fillRect(x - GLOW, 0, GLOW, HEIGHT);
        graphics.setPaint(new GradientPaint(x, 0, glow, x + GLOW, 0, clear));
        graphics.fillRect(x, 0, GLOW, HEIGHT);
        graphics.setPaint(PLAYHEAD);
        graphics.fillRect(x - 1, 0, 3, HEIGHT);
    }

    private static BufferedImage coloured(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage coloured = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int green = picture.getRGB(x, y) >> 8 & 0xff;
                coloured.setRGB(x, y, colour((255 - green) / 255f));
            }
        }
        return coloured;
    }

    /** @param level 0 to 1 */
    private static int colour(float level) {
        float place = level * (COLOURS.length - 1);
        int below = Math.min(COLOURS.length - 2, (int) place);
        float share = place - below;
        Color a = COLOURS[below];
        Color b = COLOURS[below + 1];
        return mix(a.getRed(), b.getRed(), share) << 16
                | mix(a.getGreen(), b.getGreen(), share) << 8
                | mix(a.getBlue(), b.getBlue(), share);
    }

    private static int mix(int from, int to, float share) {
        return Math.round(from + share * (to - from));
    }
}
