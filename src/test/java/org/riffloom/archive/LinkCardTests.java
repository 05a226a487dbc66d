package org.riffloom.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class LinkCardTests {

    /** Left of the middle, in front of the playhead and behind it; and behind it on the right. */
    private static final int[] BEFORE = {250, 480};

    private static final int[] BEYOND = {420, 120};
    private static final int[] HIGH_NOTES = {860, 190};

    /** @param loud lines at the bottom that are as loud as can be; all others are silent */
    private static BufferedImage picture(int columns, int loud) {
        BufferedImage picture = new BufferedImage(columns, 512, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, columns, 512 - loud);
        graphics.dispose();
        return picture;
    }

    private static Color at(BufferedImage card, int[] place) {
        return new Color(card.getRGB(place[0], place[1]));
    }

    private static double brightness(Color colour) {
        return colour.getRed() + colour.getGreen() + colour.getBlue();
    }

    @Test
    void loudNotesStandOutWarmBeforeThePlayheadAndCoolBehindIt() {
        BufferedImage silent = LinkCard.draw(List.of(picture(512, 0)));
        // Up to 1 kHz, which is nearer to the right than to the left where octaves are alike.
        BufferedImage loud = LinkCard.draw(List.of(picture(512, 170)));
        for (int[] place : List.of(BEFORE, BEYOND)) {
            assertThat(brightness(at(loud, place))).isGreaterThan(brightness(at(silent, place)) + 200);
        }
        assertThat(at(loud, BEFORE).getRed()).isGreaterThan(at(loud, BEFORE).getBlue());
        assertThat(at(loud, BEYOND).getBlue()).isGreaterThan(at(loud, BEYOND).getRed());
        assertThat(brightness(at(loud, HIGH_NOTES))).isLessThan(brightness(at(silent, HIGH_NOTES)) + 30);
    }

    @Test
    void thePlayheadGoesAllTheWayAcross() {
        BufferedImage card = LinkCard.draw(List.of(picture(50, 0), picture(1, 256)));
        int line = 0;
        for (int y = 1; y < LinkCard.HEIGHT; y++) {
            line = new Color(card.getRGB(600, y)).getRed() > new Color(card.getRGB(600, line)).getRed() ? y : line;
        }
        for (int x = 100; x < 1100; x += 100) {
            Color colour = new Color(card.getRGB(x, line));
            assertThat(colour.getRed()).isGreaterThan(180).isGreaterThan(2 * colour.getGreen());
        }
    }

    @Test
    void isSmallEnoughForThoseThatShowPreviews() throws IOException {
        byte[] jpeg = LinkCard.jpeg(List.of(picture(512, 100), picture(512, 300)));
        assertThat(jpeg).hasSizeLessThan(600_000);
        BufferedImage card = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(List.of(card.getWidth(), card.getHeight())).containsExactly(1200, 630);
    }
}
